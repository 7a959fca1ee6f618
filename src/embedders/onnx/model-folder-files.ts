/** What a folder with an encoder in ONNX form holds. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';

export interface ModelFolderFiles {
  readonly model: Uint8Array;
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly lowerCase: boolean;
}

/** Throws `model-unknown` for what is missing, `model-damaged` for what cannot be read. */
export function readModelFolder(folder: string): ModelFolderFiles {
  const model = ['model.onnx', 'onnx/model.onnx']
    .map((name) => path.join(folder, name))
    .find((file) => existsSync(file));
  if (model === undefined)
    throw new TrowelError('model-unknown', `There is no model.onnx in ${folder}.`, {
      hint: 'Name the folder that holds it.',
    });
  const tokenizer = path.join(folder, 'tokenizer.json');
  const list = path.join(folder, 'vocab.txt');
  if (existsSync(tokenizer)) {
    try {
      const { model: pieces, normalizer } = JSON.parse(readFileSync(tokenizer, 'utf8')) as {
        readonly model?: { readonly type?: string; readonly vocab?: Readonly<Record<string, number>> };
        readonly normalizer?: { readonly lowercase?: boolean };
      };
      const vocabulary = new Map(pieces?.type === 'WordPiece' ? Object.entries(pieces.vocab ?? {}) : []);
      return { model: readFileSync(model), vocabulary, lowerCase: normalizer?.lowercase ?? true };
    } catch (cause) {
      throw new TrowelError('model-damaged', `${tokenizer} is no JSON.`, { cause });
    }
  }
  if (!existsSync(list))
    throw new TrowelError('model-unknown', `There is neither tokenizer.json nor vocab.txt in ${folder}.`, {
      hint: 'A model is of no use without its tokenizer: copy it there, too.',
    });
  const words = readFileSync(list, 'utf8').split(/\r?\n/);
  return { model: readFileSync(model), vocabulary: new Map(words.map((word, id) => [word, id])), lowerCase: true };
}
