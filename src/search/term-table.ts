/** Sorted words, front-coded in blocks: found by halving, listed by prefix, none of them a string until it is asked for. */
import { ByteSink } from './byte-sink.ts';

const BLOCK = 16;
/** Words whose places are remembered. */
const MOST_FOUND = 20_000;

export interface EncodedTerms {
  readonly count: number;
  /** Byte at which each block of 16 words begins. */
  readonly blocks: Int32Array;
  /** A word: bytes shared with the one before in its block, bytes that follow (varints), these bytes in UTF-8. */
  readonly bytes: Uint8Array;
}

/** Words must be distinct and ascending by UTF-16 units. */
export function encodeTerms(terms: readonly string[]): EncodedTerms {
  const blocks = new Int32Array(Math.ceil(terms.length / BLOCK));
  const sink = new ByteSink(terms.length * 8);
  const encoder = new TextEncoder();
  let previous: Uint8Array = new Uint8Array();
  terms.forEach((term, index) => {
    const bytes = encoder.encode(term);
    let shared = 0;
    if (index % BLOCK === 0) blocks[index / BLOCK] = sink.length;
    else while (shared < bytes.length && bytes[shared] === previous[shared]) shared++;
    sink.varint(shared);
    sink.varint(bytes.length - shared);
    sink.append(bytes, shared, bytes.length);
    previous = bytes;
  });
  return { count: terms.length, blocks, bytes: sink.finish() };
}

export class TermTable {
  readonly size: number;
  readonly #blocks: Int32Array;
  readonly #bytes: Buffer;
  readonly #found = new Map<string, number>();
  readonly #scratch = Buffer.alloc(1 << 12);
  #kept: { readonly block: number; readonly words: readonly string[] } | undefined;

  constructor({ count, blocks, bytes }: EncodedTerms) {
    this.size = count;
    this.#blocks = blocks;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** −1 for a word that is not in the table. */
  find(term: string): number {
    let found = this.#found.get(term);
    if (found === undefined) {
      const at = this.lowerBound(term);
      found = at < this.size && this.at(at) === term ? at : -1;
      if (this.#found.size === MOST_FOUND) this.#found.clear();
      this.#found.set(term, found);
    }
    return found;
  }

  /** Index of the first word that is not before `term`; `size` when all are. */
  lowerBound(term: string): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#head(middle) < term) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    const words = this.#block(low - 1);
    let index = 0;
    while (index < words.length && words[index]! < term) index++;
    return (low - 1) * BLOCK + index;
  }

  at(index: number): string {
    return this.#block(Math.floor(index / BLOCK))[index % BLOCK]!;
  }

  *words(from = 0, to = this.size): Generator<string> {
    for (let index = from; index < to;) {
      const block = Math.floor(index / BLOCK);
      for (const word of this.#block(block).slice(index % BLOCK, Math.min(BLOCK, to - block * BLOCK))) yield word;
      index = (block + 1) * BLOCK;
    }
  }

  #head(block: number): string {
    // A block's first word shares nothing: one zero byte, then its length.
    let at = this.#blocks[block]! + 1;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[at++]!;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    return this.#bytes.toString('utf8', at, at + length);
  }

  #block(block: number): readonly string[] {
    if (this.#kept?.block === block) return this.#kept.words;
    const words: string[] = [];
    const bytes = this.#bytes;
    let at = this.#blocks[block]!;
    const end = this.#blocks[block + 1] ?? bytes.length;
    const varint = (): number => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]!;
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    };
    while (at < end) {
      const shared = varint();
      const rest = varint();
      bytes.copy(this.#scratch, shared, at, at + rest);
      at += rest;
      words.push(this.#scratch.toString('utf8', 0, shared + rest));
    }
    this.#kept = { block, words };
    return words;
  }
}
