/**
 * Reads the words of many texts as numbers of one `WordTable`, fast: an identifier is cut and stemmed when it is first met,
 * and is one hash look-up from then on. Yields what `wordsOf` yields.
 */
import { LONGEST_RUN, wordsOfRun } from './words.ts';
import type { WordStream } from './word-stream.ts';
import type { WordTable } from './word-table.ts';

/** 1 for bytes of a run: letters, digits, underscore, and everything beyond ASCII. */
const inRun = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 128 || /[A-Za-z0-9_]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Columns of a known run: hash, where its bytes lie and how many, where its words lie and how many. */
const STRIDE = 5;

export class WordReader {
  readonly #table: WordTable;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #slots = new Int32Array(1 << 12).fill(-1);
  #runs = new Int32Array(STRIDE << 11);
  #runCount = 0;
  #bytes = new Uint8Array(1 << 15);
  #byteCount = 0;
  #words = new Int32Array(1 << 13);
  #wordCount = 0;

  constructor(table: WordTable) {
    this.#table = table;
  }

  /** Appends the words of `text[start, end)` (UTF-8 bytes; any bytes are safe) to `into`. */
  read(text: Uint8Array, start: number, end: number, into: WordStream): void {
    let at = start;
    while (at < end) {
      while (at < end && inRun[text[at]!] === 0) at++;
      if (at >= end) return;
      const first = at;
      let hash = 0x811c9dc5 | 0;
      let byte: number;
      while (at < end && inRun[(byte = text[at]!)] === 1) {
        hash = Math.imul(hash ^ byte, 0x01000193);
        at++;
      }
      let length = at - first;
      if (length > LONGEST_RUN) {
        length = LONGEST_RUN;
        hash = hashOf(text, first, length);
      }
      const run = this.#run(text, first, length, hash) * STRIDE;
      const count = this.#runs[run + 4]!;
      if (count === 0) continue;
      const from = this.#runs[run + 3]!;
      into.reserve(count);
      const { numbers } = into;
      let { length: to } = into;
      for (let i = 0; i < count; i++) numbers[to++] = this.#words[from + i]!;
      into.length = to;
    }
  }

  #run(text: Uint8Array, first: number, length: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const run = this.#slots[slot]!;
      if (run < 0) return this.#learn(text, first, length, hash, slot);
      const row = run * STRIDE;
      if (
        this.#runs[row] === hash &&
        this.#runs[row + 2] === length &&
        this.#sameBytes(text, first, this.#runs[row + 1]!, length)
      )
        return run;
      slot = (slot + 1) & mask;
    }
  }

  #sameBytes(text: Uint8Array, first: number, known: number, length: number): boolean {
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) if (bytes[known + i] !== text[first + i]) return false;
    return true;
  }

  #learn(text: Uint8Array, first: number, length: number, hash: number, slot: number): number {
    const words = wordsOfRun(this.#decoder.decode(text.subarray(first, first + length)));
    this.#words = roomFor(this.#words, this.#wordCount + words.length);
    this.#bytes = roomFor(this.#bytes, this.#byteCount + length);
    this.#runs = roomFor(this.#runs, (this.#runCount + 1) * STRIDE);
    const run = this.#runCount++;
    this.#runs.set([hash, this.#byteCount, length, this.#wordCount, words.length], run * STRIDE);
    this.#bytes.set(text.subarray(first, first + length), this.#byteCount);
    this.#byteCount += length;
    for (const word of words) this.#words[this.#wordCount++] = this.#table.add(word);
    this.#slots[slot] = run;
    if (this.#runCount * 2 > this.#slots.length) this.#rehash();
    return run;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let run = 0; run < this.#runCount; run++) {
      const hash = this.#runs[run * STRIDE]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = run;
    }
    this.#slots = slots;
  }
}

function hashOf(text: Uint8Array, first: number, length: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ text[first + i]!, 0x01000193);
  return hash;
}

function roomFor<A extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(array: A, length: number): A {
  if (length <= array.length) return array;
  const grown = (
    array instanceof Int32Array
      ? new Int32Array(Math.max(length, array.length * 2))
      : new Uint8Array(Math.max(length, array.length * 2))
  ) as A;
  grown.set(array);
  return grown;
}
