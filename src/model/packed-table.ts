/** A growing table of 32-bit integers with rows of a fixed length. */
export class PackedTable {
  readonly stride: number;
  #data: Int32Array;
  #length = 0;

  constructor(stride: number, rows = 64) {
    this.stride = stride;
    this.#data = new Int32Array(stride * rows);
  }

  /** Number of rows. */
  get rows(): number {
    return this.#length / this.stride;
  }

  /** Appends one row (missing columns are 0) and returns its number. */
  add(...values: readonly number[]): number {
    this.#reserve(this.stride);
    const at = this.#length;
    for (let i = 0; i < values.length; i++) this.#data[at + i] = values[i]!;
    this.#length += this.stride;
    return at / this.stride;
  }

  get(row: number, column: number): number {
    return this.#data[row * this.stride + column]!;
  }

  set(row: number, column: number, value: number): void {
    this.#data[row * this.stride + column] = value;
  }

  /** Appends a run of single values; for tables of stride 1. Returns where it starts. */
  list(values: readonly number[]): number {
    this.#reserve(values.length);
    const at = this.#length;
    this.#data.set(values, at);
    this.#length += values.length;
    return at;
  }

  /** The rows so far, copied to size. */
  finish(): Int32Array {
    return this.#data.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#data.length) return;
    const grown = new Int32Array(Math.max(this.#data.length * 2, this.#length + more));
    grown.set(this.#data.subarray(0, this.#length));
    this.#data = grown;
  }
}
