/** The data folder as a whole: which trees have an index, what each costs, and what can go. */
import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readIndexedFiles } from '#index/indexed-file.ts';
import { SearchRows } from '#index/search-rows.ts';
import { factsKey, hasFactsStore, openFactsStore } from '#stores/facts-store.ts';
import { folderBytes, forgetIndexFolder, indexFolderOf, listIndexFolders } from '#stores/index-folders.ts';
import { openIndexForReading, removeIndex } from '#stores/index-store.ts';
import { hasVectorStore, openVectorStore } from '#stores/vector-store.ts';
import { acquireWriterLock } from '#stores/writer-lock.ts';
import { outsideEncoderOf } from './search-model-id.ts';

export interface IndexEntry {
  readonly root: string;
  readonly folder: string;
  /** Of the index and the decisions about the tree. */
  readonly bytes: number;
  /** When it was last written, in milliseconds since the epoch; undefined where only decisions are left. */
  readonly written: number | undefined;
  /** False: the tree is gone. */
  readonly treeExists: boolean;
}

export interface IndexInventory {
  readonly indexes: readonly IndexEntry[];
  /** Facts that all indexes share. */
  readonly factsBytes: number;
  /** Vectors that other encoders made, shared as well. */
  readonly vectorsBytes: number;
  readonly clonesBytes: number;
}

export function listIndexes(dataFolder: string): IndexInventory {
  const indexes = listIndexFolders(dataFolder).map(({ folder, root }) => ({
    root,
    folder,
    bytes: folderBytes(folder),
    written: statSync(path.join(folder, 'index.db'), { throwIfNoEntry: false })?.mtimeMs,
    treeExists: existsSync(root),
  }));
  return {
    indexes,
    factsBytes: storeBytes(dataFolder, 'facts.db'),
    vectorsBytes: storeBytes(dataFolder, 'vectors.db'),
    clonesBytes: treeBytes(path.join(dataFolder, 'clones')),
  };
}

function storeBytes(dataFolder: string, name: string): number {
  return ['', '-wal', '-shm'].reduce(
    (sum, suffix) => sum + (statSync(path.join(dataFolder, name + suffix), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

function treeBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return sum + treeBytes(full);
    return sum + (statSync(full, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

export interface PruneReport {
  /** Trees that are gone: their indexes were removed. Decisions about them stay. */
  readonly removed: readonly string[];
  readonly factsRemoved: number;
  /** Of encoders that no index uses. */
  readonly vectorsRemoved: number;
  readonly bytesFreed: number;
  /** Trees whose index another process is writing: nothing of theirs was touched, and no facts or vectors were removed. */
  readonly busy: readonly string[];
}

/** Removes indexes of trees that are gone, and facts and vectors that no index needs. */
export async function pruneIndexes(dataFolder: string): Promise<PruneReport> {
  const before = totalBytes(dataFolder);
  const removed: string[] = [];
  const busy: string[] = [];
  const needed = { facts: new Set<string>(), encoders: new Set<string>() };
  const held: { release(): void }[] = [];
  try {
    for (const { folder, root } of listIndexFolders(dataFolder)) {
      const lock = await acquireWriterLock(folder, { patience: 0 });
      if (!lock) {
        busy.push(root);
        continue;
      }
      held.push(lock);
      if (existsSync(root)) addNeeds(folder, needed);
      else if (existsSync(path.join(folder, 'index.db'))) {
        removeIndex(folder);
        removed.push(root);
      }
    }
    const factsRemoved =
      busy.length === 0 && hasFactsStore(dataFolder) ? pruneStore(openFactsStore(dataFolder), needed.facts) : 0;
    const vectorsRemoved =
      busy.length === 0 && hasVectorStore(dataFolder) ? pruneStore(openVectorStore(dataFolder), needed.encoders) : 0;
    return { removed, busy, factsRemoved, vectorsRemoved, bytesFreed: Math.max(0, before - totalBytes(dataFolder)) };
  } finally {
    for (const lock of held) lock.release();
    for (const { folder, root } of listIndexFolders(dataFolder)) if (!existsSync(root)) removeIfEmpty(folder);
  }
}

function pruneStore(
  store: { prune(needed: ReadonlySet<string>): number; close(): void },
  needed: ReadonlySet<string>,
): number {
  try {
    return store.prune(needed);
  } finally {
    store.close();
  }
}

interface Needs {
  readonly facts: Set<string>;
  /** Ids of the encoders that made vectors of an index. */
  readonly encoders: Set<string>;
}

function addNeeds(folder: string, needs: Needs): void {
  const connection = openIndexForReading(folder);
  if (!connection) return;
  try {
    for (const file of readIndexedFiles(connection)) needs.facts.add(factsKey(file));
    const encoder = outsideEncoderOf(new SearchRows(connection).modelId ?? '');
    if (encoder !== undefined) needs.encoders.add(encoder);
  } finally {
    connection.close();
  }
}

function totalBytes(dataFolder: string): number {
  const { indexes, factsBytes, vectorsBytes } = listIndexes(dataFolder);
  return indexes.reduce((sum, { bytes }) => sum + bytes, factsBytes + vectorsBytes);
}

/** A folder that holds nothing but its own notes goes; one with decisions stays. */
function removeIfEmpty(folder: string): void {
  if (existsSync(path.join(folder, 'state.db'))) return;
  for (const name of ['tree.json', 'writer.lock', 'writer.json']) rmSync(path.join(folder, name), { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // Something else lies in it: it is not ours to remove.
  }
}

/** Deletes a tree's index and what was decided about it. */
export async function forgetIndex(dataFolder: string, root: string): Promise<'forgotten' | 'busy' | 'unknown'> {
  const folder = indexFolderOf(dataFolder, root);
  if (!existsSync(folder)) return 'unknown';
  const lock = await acquireWriterLock(folder, { patience: 0 });
  if (!lock) return 'busy';
  lock.release();
  forgetIndexFolder(folder);
  return 'forgotten';
}
