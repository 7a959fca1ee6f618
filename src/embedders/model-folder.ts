/** Table models on disk: the shipped one beside the program, the user's own in the data folder. */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { ensureFolder } from '#base/folders.ts';
import { writeTextFile } from '#base/write-file.ts';
import { decodeHead, type StoredHead } from './projection-head.ts';
import { decodeRelatedWords, type RelatedWords } from './related-words.ts';
import { decodeTableModel } from './table/model-file.ts';
import type { TableModel } from './table/table-model.ts';

const EXTENSION = '.model';
const SHIPPED_FILE = `trowel-code${EXTENSION}`;

const RELATED_FILE = 'trowel-code.related';

let shipped: TableModel | undefined;
let related: RelatedWords | undefined;

/** Read once a process (some 10 ms). Throws `model-damaged`. */
export function readShippedModel(): TableModel {
  if (shipped) return shipped;
  const file = shippedFile(SHIPPED_FILE);
  shipped = decodeTableModel(readShared(file), file);
  return shipped;
}

/** Words that the shipped model holds alike; read once a process (some 5 ms). Throws `model-damaged`, `model-unknown`. */
export function readRelatedWords(): RelatedWords {
  if (related) return related;
  const file = shippedFile(RELATED_FILE);
  related = decodeRelatedWords(readFileSync(file), file);
  return related;
}

/** Beside the bundle, or at the root of a checkout. */
function shippedFile(name: string): string {
  const candidates = ['models', '../../models'].map((folder) => path.join(import.meta.dirname, folder, name));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new TrowelError('model-unknown', 'The model that belongs to Trowel is not there.', {
      hint: `Install Trowel again: ${candidates.join(' or ')} is missing.`,
    });
  return file;
}

/** In memory that worker threads can share: a model that is sent to them is neither copied nor read and checked again. */
function readShared(file: string): Uint8Array {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(descriptor).size));
    let read = 0;
    for (let count = -1; count !== 0 && read < bytes.length; read += count)
      count = readSync(descriptor, bytes, read, bytes.length - read, read);
    return bytes.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}

const folderOf = (dataFolder: string): string => path.join(dataFolder, 'models');
const isModelId = (id: string): boolean => /^[a-z0-9][a-z0-9-]{0,80}$/.test(id);

/** Ids of the user's own models, sorted. */
export function storedModelIds(dataFolder: string): readonly string[] {
  const folder = folderOf(dataFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .filter(isModelId)
    .toSorted();
}

/** By id, the shipped model's included. Throws `model-unknown`, `model-damaged`, `model-outdated`. */
export function readStoredModel(dataFolder: string, id: string): TableModel {
  const file = path.join(folderOf(dataFolder), id + EXTENSION);
  if (!isModelId(id) || !existsSync(file)) {
    const own = readShippedModel();
    if (own.id === id) return own;
    throw new TrowelError('model-unknown', `There is no model ${id}.`, {
      hint: '`trowel models` lists those that there are.',
    });
  }
  const model = decodeTableModel(readShared(file), file);
  if (model.id !== id)
    throw new TrowelError('model-damaged', `${file} holds the model ${model.id}.`, {
      hint: `Remove it with \`trowel models remove ${id}\`.`,
    });
  return model;
}

/** Writes a model's file under its id; one that is there already is the same. */
export function storeModel(dataFolder: string, file: Uint8Array): TableModel {
  const model = decodeTableModel(file, 'the new model');
  const folder = folderOf(dataFolder);
  ensureFolder(folder);
  writeTextFile(path.join(folder, model.id + EXTENSION), file);
  return model;
}

/** False where there was none. */
export function removeStoredModel(dataFolder: string, id: string): boolean {
  const file = path.join(folderOf(dataFolder), id + EXTENSION);
  if (!isModelId(id) || !existsSync(file)) return false;
  rmSync(file);
  return true;
}

const headFile = (dataFolder: string, id: string): string => path.join(folderOf(dataFolder), `${id}.head`);

/** Writes a projection head under its id. */
export function storeHead(dataFolder: string, id: string, file: Uint8Array): void {
  ensureFolder(folderOf(dataFolder));
  writeTextFile(headFile(dataFolder, id), file);
}

/** Throws `model-unknown`, `model-damaged`. */
export function readHead(dataFolder: string, id: string): StoredHead {
  const file = headFile(dataFolder, id);
  if (!isModelId(id) || !existsSync(file))
    throw new TrowelError('model-unknown', `There is no projection head ${id}.`, {
      hint: '`trowel train --head` makes one.',
    });
  return decodeHead(readFileSync(file), file);
}
