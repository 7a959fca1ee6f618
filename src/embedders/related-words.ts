/**
 * Words that mean nearly the same in code, as the shipped model learnt them: `delete` is near `remove`, `unlink` and `rmdir`. A
 * table beside the model, made from it once: a line of JSON, the words, then for each word the numbers of its neighbours
 * (16 bits, 0xffff for none) and how near each is (8 bits, 255 for the same).
 */
import { TrowelError } from '#base/errors.ts';
import { TEXT_VERSION } from '#text/text-version.ts';
import type { TableModel } from './table/table-model.ts';

export interface RelatedWord {
  readonly word: string;
  /** Cosine of the two words' rows, above 0. */
  readonly nearness: number;
}

export interface RelatedWords {
  /** The model they were read from. */
  readonly modelId: string;
  /** Nearest first; none of a word that is rare or unknown. */
  of(word: string): readonly RelatedWord[];
}

interface Header {
  readonly model: string;
  readonly textVersion: number;
  readonly words: number;
  readonly most: number;
  /** Of the words, in bytes. */
  readonly bytes: number;
}

const NONE = 0xffff;

/** The file's bytes. `near` lists the numbers of each word's neighbours, the nearest first, `most` of them at most. */
export function encodeRelatedWords(
  model: Pick<TableModel, 'id' | 'textVersion'>,
  words: readonly string[],
  most: number,
  near: readonly (readonly { readonly word: number; readonly nearness: number }[])[],
): Uint8Array {
  const numbers = new Uint16Array(words.length * most).fill(NONE);
  const nearness = new Uint8Array(words.length * most);
  near.forEach((own, word) =>
    own.forEach((other, at) => {
      numbers[word * most + at] = other.word;
      nearness[word * most + at] = Math.round(Math.min(1, other.nearness) * 255);
    }),
  );
  const text = Buffer.from(words.join('\n'));
  const { id, textVersion } = model;
  const header: Header = { model: id, textVersion, words: words.length, most, bytes: text.length };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    text,
    Buffer.from(numbers.buffer),
    Buffer.from(nearness.buffer),
  ]);
}

/** Throws `model-damaged`. `source` names the file in messages. */
export function decodeRelatedWords(file: Uint8Array, source: string): RelatedWords {
  const damaged = (why: string): TrowelError =>
    new TrowelError('model-damaged', `${source} is no usable table of related words: ${why}.`, {
      hint: 'Install Trowel again.',
    });
  const end = file.indexOf(10);
  let header: Header | null;
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(0, end))) as Header | null;
  } catch {
    throw damaged('its first line is no JSON');
  }
  if (header === null) throw damaged('its first line says nothing');
  const { model, words: count, most, bytes, textVersion } = header;
  const start = end + 1 + bytes;
  if (textVersion !== TEXT_VERSION) throw damaged(`its words are of version ${textVersion}, not ${TEXT_VERSION}`);
  if (file.length !== start + count * most * 3) throw damaged('its length is wrong');
  const words = new TextDecoder().decode(file.subarray(end + 1, start)).split('\n');
  if (words.length !== count) throw damaged('its words are not as many as it says');
  const numbers = new Map(words.map((word, number) => [word, number]));
  const view = new DataView(file.buffer, file.byteOffset + start);
  return {
    modelId: model,
    of(word) {
      const number = numbers.get(word);
      const related: RelatedWord[] = [];
      if (number === undefined) return related;
      for (let at = number * most; at < (number + 1) * most; at++) {
        const other = words[view.getUint16(at * 2, true)];
        if (other === undefined) break;
        related.push({ word: other, nearness: view.getUint8(count * most * 2 + at) / 255 });
      }
      return related;
    },
  };
}
