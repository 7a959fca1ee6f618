/**
 * Word bags to vectors by a table model: the fast path for a dig, which has counted its words anyway. Sums run in a fixed order
 * over 64-bit floats, so that the same model yields the same bits on any machine.
 */
import type { WordBag } from '#text/word-bag.ts';
import type { WordTable } from '#text/word-table.ts';
import type { TableModel } from './table-model.ts';
import { findToken } from './token-hash.ts';

/** Word numbers of the encoder's table. */
export interface CodeWords {
  /** Of the function's or class's name: the joined identifier and its parts. */
  readonly name: ArrayLike<number>;
  /** All of its text with counts, the name and comments included. */
  readonly body: WordBag;
  /** Only what stands outside the body. */
  readonly documentation?: WordBag;
}

const UNKNOWN = -1;
const UNASKED = -2;

export class TableEncoder {
  readonly model: TableModel;
  readonly #table: WordTable;
  /** Row by word number. */
  #rows = new Int32Array(4096).fill(UNASKED);
  readonly #sum: Float64Array;
  #list = new Int32Array(256);
  #weights = new Float64Array(256);
  #tally: Float64Array;

  constructor(model: TableModel, table: WordTable) {
    this.model = model;
    this.#table = table;
    this.#sum = new Float64Array(model.dimensions);
    this.#tally = new Float64Array(model.rows);
  }

  /** Writes the unit vector of a piece of code to `into[at …]`; false, and zeros, where no word is known. */
  code({ name, body, documentation }: CodeWords, into: Float32Array, at: number): boolean {
    const { weighting } = this.model;
    const tally = this.#tally;
    let count = this.#add(body, 1, 0);
    if (documentation) count = this.#add(documentation, weighting.documentation, count);
    const list = this.#list;
    for (let i = 0; i < count; i++) {
      this.#weights[i] = 1 + Math.log(tally[list[i]!]!);
      tally[list[i]!] = 0;
    }
    for (let i = 0; i < name.length; i++) {
      const row = this.#row(name[i]!);
      if (row >= 0) count = this.#push(row, weighting.name, count);
    }
    return this.#finish(count, into, at);
  }

  /** Writes the unit vector of a question's words, repetitions counted, to `into[at …]`; false, and zeros, where none is known. */
  query(words: ArrayLike<number>, into: Float32Array, at: number): boolean {
    let count = 0;
    for (let i = 0; i < words.length; i++) {
      const row = this.#row(words[i]!);
      if (row >= 0) count = this.#push(row, 1, count);
    }
    return this.#finish(count, into, at);
  }

  #row(word: number): number {
    if (word >= this.#rows.length) {
      const grown = new Int32Array(Math.max(word + 1, this.#rows.length * 2)).fill(UNASKED);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    let row = this.#rows[word]!;
    if (row === UNASKED) {
      row = findToken(this.model.vocabulary, this.#table.word(word));
      this.#rows[word] = row < 0 ? UNKNOWN : row;
    }
    return row;
  }

  /** Tallies a bag; rows seen first are listed from `count` on. */
  #add({ words, counts }: WordBag, weight: number, from: number): number {
    const tally = this.#tally;
    let count = from;
    for (let i = 0; i < words.length; i++) {
      const row = this.#row(words[i]!);
      if (row < 0) continue;
      if (tally[row] === 0) count = this.#push(row, 0, count);
      tally[row]! += counts[i]! * weight;
    }
    return count;
  }

  #push(row: number, weight: number, count: number): number {
    if (count === this.#list.length) {
      const list = new Int32Array(count * 2);
      list.set(this.#list);
      this.#list = list;
      const weights = new Float64Array(count * 2);
      weights.set(this.#weights);
      this.#weights = weights;
    }
    this.#list[count] = row;
    this.#weights[count] = weight;
    return count + 1;
  }

  #finish(count: number, into: Float32Array, at: number): boolean {
    const { dimensions, values, scales } = this.model;
    const list = this.#list;
    const weights = this.#weights;
    const sum = this.#sum.fill(0);
    let i = 0;
    // Four rows at a time: a quarter of the loads and stores of the sum.
    for (; i + 4 <= count; i += 4) {
      const [a, b, c, d] = [list[i]!, list[i + 1]!, list[i + 2]!, list[i + 3]!];
      const wa = weights[i]! * scales[a]!;
      const wb = weights[i + 1]! * scales[b]!;
      const wc = weights[i + 2]! * scales[c]!;
      const wd = weights[i + 3]! * scales[d]!;
      const pa = a * dimensions;
      const pb = b * dimensions;
      const pc = c * dimensions;
      const pd = d * dimensions;
      for (let k = 0; k < dimensions; k++)
        sum[k]! += wa * values[pa + k]! + wb * values[pb + k]! + wc * values[pc + k]! + wd * values[pd + k]!;
    }
    for (; i < count; i++) {
      const row = list[i]!;
      const weight = weights[i]! * scales[row]!;
      const from = row * dimensions;
      for (let k = 0; k < dimensions; k++) sum[k]! += weight * values[from + k]!;
    }
    let square = 0;
    for (let k = 0; k < dimensions; k++) square += sum[k]! * sum[k]!;
    const inverse = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < dimensions; k++) into[at + k] = sum[k]! * inverse;
    return square > 0;
  }
}
