/** A growing run of word numbers; reused between texts. */
export class WordStream {
  /** Only the first `length` numbers count. */
  numbers = new Int32Array(1024);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Room for `more` numbers; `numbers` may be another array afterwards. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.numbers.length) return;
    const grown = new Int32Array(Math.max(needed, this.numbers.length * 2));
    grown.set(this.numbers.subarray(0, this.length));
    this.numbers = grown;
  }

  push(number: number): void {
    this.reserve(1);
    this.numbers[this.length++] = number;
  }

  /** The numbers so far, without a copy: valid until the next push or clear. */
  view(): Int32Array {
    return this.numbers.subarray(0, this.length);
  }
}
