/** Bytes that grow. */
export class ByteSink {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(Math.max(16, capacity));
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** 7 bits a byte, low ones first. Non-negative, below 2³¹. */
  varint(value: number): void {
    let left = value;
    while (left >= 128) {
      this.byte((left & 127) | 128);
      left >>>= 7;
    }
    this.byte(left);
  }

  append(bytes: Uint8Array, start: number, end: number): void {
    const more = end - start;
    if (this.length + more > this.#bytes.length) this.#grow(more);
    if (more < 32) for (let i = start; i < end; i++) this.#bytes[this.length++] = bytes[i]!;
    else {
      this.#bytes.set(bytes.subarray(start, end), this.length);
      this.length += more;
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length);
  }

  #grow(more: number): void {
    const grown = new Uint8Array(Math.max(this.length + more, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
