/** Rows of integers in one typed array that grows; rows that were given back are taken again. */
export class IntTable {
  data: Int32Array<ArrayBuffer>;
  /** Rows up to here were taken once. */
  rows = 0;
  readonly #stride: number;
  /** First free row + 1; the first integer of a free row leads to the next. */
  #free = 0;

  constructor(stride: number, capacity = 64) {
    this.#stride = stride;
    this.data = new Int32Array(stride * capacity);
  }

  /** The number of a row whose content is not defined. `data` may be another array afterwards. */
  take(): number {
    if (this.#free > 0) {
      const row = this.#free - 1;
      this.#free = this.data[row * this.#stride]!;
      return row;
    }
    const row = this.rows++;
    if (this.rows * this.#stride > this.data.length) this.#grow(this.data.length * 2);
    return row;
  }

  /** Makes room for so many rows in all. */
  reserve(rows: number): void {
    if (rows * this.#stride > this.data.length) this.#grow(rows * this.#stride);
  }

  #grow(length: number): void {
    const grown = new Int32Array(length);
    grown.set(this.data);
    this.data = grown;
  }

  giveBack(row: number): void {
    this.data[row * this.#stride] = this.#free;
    this.#free = row + 1;
  }
}
