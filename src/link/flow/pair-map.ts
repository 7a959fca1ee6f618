/** [a, b, value + 1]; 0 in the last marks an empty place. */
const STRIDE = 3;
const SMALLEST = 16;

/** A hash map from two integers to a non-negative one: open addressing over one typed array, no allocation per entry. */
export class PairMap {
  #mask: number;
  #table: Int32Array;
  #size = 0;

  /** `capacity`: a power of two. */
  constructor(capacity = SMALLEST) {
    this.#mask = capacity - 1;
    this.#table = capacity === SMALLEST ? EMPTY : new Int32Array(capacity * STRIDE);
  }

  get size(): number {
    return this.#size;
  }

  /** −1 when absent. */
  get(a: number, b: number): number {
    const table = this.#table;
    const mask = this.#mask;
    let place = hash(a, b) & mask;
    for (;;) {
      const at = place * STRIDE;
      const value = table[at + 2]!;
      if (value === 0) return -1;
      if (table[at] === a && table[at + 1] === b) return value - 1;
      place = (place + 1) & mask;
    }
  }

  set(a: number, b: number, value: number): void {
    const table = this.#table;
    const mask = this.#mask;
    let place = hash(a, b) & mask;
    let at = place * STRIDE;
    while (table[at + 2] !== 0) {
      if (table[at] === a && table[at + 1] === b) {
        table[at + 2] = value + 1;
        return;
      }
      place = (place + 1) & mask;
      at = place * STRIDE;
    }
    this.#insert(at, a, b, value + 1);
  }

  /** As a set of pairs: false when the pair is there already. */
  add(a: number, b: number): boolean {
    const table = this.#table;
    const mask = this.#mask;
    let place = hash(a, b) & mask;
    let at = place * STRIDE;
    while (table[at + 2] !== 0) {
      if (table[at] === a && table[at + 1] === b) return false;
      place = (place + 1) & mask;
      at = place * STRIDE;
    }
    this.#insert(at, a, b, 1);
    return true;
  }

  clear(): void {
    if (this.#size === 0) return;
    this.#table.fill(0);
    this.#size = 0;
  }

  #insert(at: number, a: number, b: number, value: number): void {
    if (this.#table === EMPTY) this.#table = new Int32Array(EMPTY.length);
    const table = this.#table;
    table[at] = a;
    table[at + 1] = b;
    table[at + 2] = value;
    if (++this.#size * 3 > (this.#mask + 1) * 2) this.#grow();
  }

  #grow(): void {
    const old = this.#table;
    const capacity = (this.#mask + 1) * (this.#size < 1 << 16 ? 4 : 2);
    const mask = capacity - 1;
    const table = new Int32Array(capacity * STRIDE);
    for (let from = 0; from < old.length; from += STRIDE) {
      if (old[from + 2] === 0) continue;
      let place = hash(old[from]!, old[from + 1]!) & mask;
      while (table[place * STRIDE + 2] !== 0) place = (place + 1) & mask;
      const at = place * STRIDE;
      table[at] = old[from]!;
      table[at + 1] = old[from + 1]!;
      table[at + 2] = old[from + 2]!;
    }
    this.#mask = mask;
    this.#table = table;
  }
}

/** What every map begins with: most stay small, many empty. */
const EMPTY = new Int32Array(SMALLEST * STRIDE);

function hash(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
