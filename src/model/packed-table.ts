/** Memory of released tables, for new ones: growing a table for each file anew costs more than filling it. */
const spares: Int32Array[] = [];
const MOST_SPARES = 16;
/** Of a spare, in integers: one huge file must not hold its memory for the others. */
const LONGEST_SPARE = 1 << 18;

/** A growing table of 32-bit integers with rows of a fixed length. */
export class PackedTable {
  readonly stride: number;
  #data: Int32Array;
  #length = 0;

  constructor(stride: number, rows = 64) {
    this.stride = stride;
    this.#data = spares.pop() ?? new Int32Array(stride * rows);
  }

  /** Number of rows. */
  get rows(): number {
    return this.#length / this.stride;
  }

  /** Appends one row (missing columns are 0) and returns its number. */
  add(...values: readonly number[]): number {
    this.#reserve(this.stride);
    const at = this.#length;
    const data = this.#data;
    for (let i = 0; i < values.length; i++) data[at + i] = values[i]!;
    for (let i = values.length; i < this.stride; i++) data[at + i] = 0;
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

  /** Gives the table's memory to tables to come; this one is empty then. */
  release(): void {
    if (spares.length < MOST_SPARES && this.#data.length <= LONGEST_SPARE) spares.push(this.#data);
    this.#data = new Int32Array(0);
    this.#length = 0;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#data.length) return;
    const grown = new Int32Array(Math.max(this.#data.length * 2, this.#length + more, this.stride));
    grown.set(this.#data.subarray(0, this.#length));
    this.#data = grown;
  }
}
