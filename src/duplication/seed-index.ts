/**
 * Which files have which windows of statements: a hash table over the rows of all files, kept up to date file by file. Rows are
 * numbered in the order in which files came; a file that goes leaves its rows empty until half of them are.
 */
import type { FileStatements } from './statements.ts';

/** Statements in a seed. Windows of fewer tokens say little. */
export const WINDOW = 3;
const WINDOW_TOKENS = 10;

export interface IndexedStatements {
  readonly statements: FileStatements;
  /** Of its first row. */
  readonly base: number;
  readonly number: number;
}

/** Hash of the window that begins at a row; 0 where none does. */
export function windowHash({ shape, tokens, count }: FileStatements, row: number): number {
  if (row + WINDOW > count) return 0;
  let hash = 0;
  let size = 0;
  for (let i = 0; i < WINDOW; i++) {
    hash = Math.imul(hash ^ shape[row + i]!, 0x9e3779b1) ^ (hash >>> 15);
    size += tokens[row + i]!;
  }
  return size < WINDOW_TOKENS ? 0 : hash | 0;
}

export class SeedIndex {
  /** By slot: the window's hash, how many rows have it, the latest of them. */
  #hash = new Int32Array(1024);
  #size = new Int32Array(1024);
  #head = new Int32Array(1024).fill(-1);
  #slots = 0;
  /** By row: the row before it in its slot, and its file. */
  #next = new Int32Array(1024);
  #file = new Int32Array(1024);
  #rows = 0;
  readonly #files: (IndexedStatements | undefined)[] = [];

  add(statements: FileStatements): IndexedStatements {
    const number = this.#files.length;
    const indexed = { statements, base: this.#rows, number };
    this.#files.push(indexed);
    while (this.#rows + statements.count > this.#next.length) {
      this.#next = doubled(this.#next);
      this.#file = doubled(this.#file);
    }
    for (let row = 0; row < statements.count; row++) {
      const at = this.#rows++;
      this.#file[at] = number;
      const hash = windowHash(statements, row);
      if (hash === 0) continue;
      const slot = this.#slotFor(hash);
      this.#next[at] = this.#head[slot]!;
      this.#head[slot] = at;
      this.#size[slot]!++;
    }
    return indexed;
  }

  remove(indexed: IndexedStatements): void {
    const { statements, base, number } = indexed;
    for (let row = 0; row < statements.count; row++) {
      const slot = this.#find(windowHash(statements, row));
      if (slot < 0) continue;
      const at = base + row;
      this.#size[slot]!--;
      if (this.#head[slot] === at) {
        this.#head[slot] = this.#next[at]!;
        continue;
      }
      let before = this.#head[slot]!;
      while (this.#next[before] !== at) before = this.#next[before]!;
      this.#next[before] = this.#next[at]!;
    }
    this.#files[number] = undefined;
  }

  /** Share of the rows that belong to no file any more. */
  get waste(): number {
    let live = 0;
    for (const file of this.#files) live += file?.statements.count ?? 0;
    return this.#rows === 0 ? 0 : 1 - live / this.#rows;
  }

  /** How many rows begin with the window. */
  count(hash: number): number {
    const slot = this.#find(hash);
    return slot < 0 ? 0 : this.#size[slot]!;
  }

  /** Every row that begins with the window, in no order. */
  each(hash: number, take: (file: IndexedStatements, row: number) => void): void {
    const slot = this.#find(hash);
    if (slot < 0) return;
    for (let at = this.#head[slot]!; at >= 0; at = this.#next[at]!) {
      const file = this.#files[this.#file[at]!]!;
      take(file, at - file.base);
    }
  }

  #find(hash: number): number {
    if (hash === 0) return -1;
    const mask = this.#hash.length - 1;
    for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
      if (this.#hash[slot] === hash) return slot;
      if (this.#hash[slot] === 0) return -1;
    }
  }

  #slotFor(hash: number): number {
    if (this.#slots * 2 >= this.#hash.length) this.#grow();
    const mask = this.#hash.length - 1;
    let slot = (hash ^ (hash >>> 13)) & mask;
    while (this.#hash[slot] !== hash && this.#hash[slot] !== 0) slot = (slot + 1) & mask;
    if (this.#hash[slot] === 0) {
      this.#hash[slot] = hash;
      this.#slots++;
    }
    return slot;
  }

  #grow(): void {
    const [hash, size, head] = [this.#hash, this.#size, this.#head];
    this.#hash = new Int32Array(hash.length * 4);
    this.#size = new Int32Array(hash.length * 4);
    this.#head = new Int32Array(hash.length * 4).fill(-1);
    this.#slots = 0;
    for (let old = 0; old < hash.length; old++) {
      if (hash[old] === 0 || size[old] === 0) continue;
      const slot = this.#slotFor(hash[old]!);
      this.#size[slot] = size[old]!;
      this.#head[slot] = head[old]!;
    }
  }
}

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(column.length * 2);
  grown.set(column);
  return grown;
}
