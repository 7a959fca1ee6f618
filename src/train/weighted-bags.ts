/** Many bags of weighted rows in compressed form: bag i is [offsets[i], offsets[i + 1]). Reused between batches. */
export class WeightedBags {
  rows = new Int32Array(1 << 12);
  weights = new Float32Array(1 << 12);
  offsets = new Int32Array(1 << 8);
  count = 0;
  #length = 0;

  clear(): void {
    this.count = 0;
    this.#length = 0;
  }

  push(row: number, weight: number): void {
    if (this.#length === this.rows.length) {
      const rows = new Int32Array(this.#length * 2);
      rows.set(this.rows);
      this.rows = rows;
      const weights = new Float32Array(this.#length * 2);
      weights.set(this.weights);
      this.weights = weights;
    }
    this.rows[this.#length] = row;
    this.weights[this.#length++] = weight;
  }

  /** Ends the bag. */
  close(): void {
    if (this.count + 2 > this.offsets.length) {
      const offsets = new Int32Array(this.offsets.length * 2);
      offsets.set(this.offsets);
      this.offsets = offsets;
    }
    this.offsets[++this.count] = this.#length;
  }
}
