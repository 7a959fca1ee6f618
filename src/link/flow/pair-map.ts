/** A hash map from two integers to a non-negative one: open addressing over typed arrays, no allocation per entry. */
export class PairMap {
  #mask: number;
  #a: Int32Array;
  #b: Int32Array;
  /** Value + 1; 0 marks an empty place. */
  #values: Int32Array;
  #size = 0;

  constructor(capacity = 1024) {
    this.#mask = capacity - 1;
    this.#a = new Int32Array(capacity);
    this.#b = new Int32Array(capacity);
    this.#values = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** −1 when absent. */
  get(a: number, b: number): number {
    let at = hash(a, b) & this.#mask;
    for (;;) {
      const value = this.#values[at]!;
      if (value === 0) return -1;
      if (this.#a[at] === a && this.#b[at] === b) return value - 1;
      at = (at + 1) & this.#mask;
    }
  }

  set(a: number, b: number, value: number): void {
    let at = hash(a, b) & this.#mask;
    while (this.#values[at] !== 0) {
      if (this.#a[at] === a && this.#b[at] === b) {
        this.#values[at] = value + 1;
        return;
      }
      at = (at + 1) & this.#mask;
    }
    this.#a[at] = a;
    this.#b[at] = b;
    this.#values[at] = value + 1;
    if (++this.#size * 2 > this.#mask) this.#grow();
  }

  /** As a set of pairs: false when the pair is there already. */
  add(a: number, b: number): boolean {
    let at = hash(a, b) & this.#mask;
    while (this.#values[at] !== 0) {
      if (this.#a[at] === a && this.#b[at] === b) return false;
      at = (at + 1) & this.#mask;
    }
    this.#a[at] = a;
    this.#b[at] = b;
    this.#values[at] = 1;
    if (++this.#size * 2 > this.#mask) this.#grow();
    return true;
  }

  clear(): void {
    if (this.#size === 0) return;
    this.#values.fill(0);
    this.#size = 0;
  }

  #grow(): void {
    const [a, b, values] = [this.#a, this.#b, this.#values];
    const capacity = (this.#mask + 1) * 2;
    this.#mask = capacity - 1;
    this.#a = new Int32Array(capacity);
    this.#b = new Int32Array(capacity);
    this.#values = new Int32Array(capacity);
    for (let i = 0; i < values.length; i++) {
      if (values[i] === 0) continue;
      let at = hash(a[i]!, b[i]!) & this.#mask;
      while (this.#values[at] !== 0) at = (at + 1) & this.#mask;
      this.#a[at] = a[i]!;
      this.#b[at] = b[i]!;
      this.#values[at] = values[i]!;
    }
  }
}

function hash(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
