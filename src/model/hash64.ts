/** A 64-bit non-cryptographic hash: two independent FNV-1a lanes. For change detection, never for trust. */
export class Hash64 {
  #low = 0x811c9dc5 | 0;
  #high = 0xcbf29ce4 | 0;

  number(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.#byte((value >>> shift) & 0xff);
  }

  text(value: string): void {
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      this.#byte(unit & 0xff);
      this.#byte(unit >>> 8);
    }
    this.#byte(0xff);
    this.#byte(0xfe);
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    return (this.#high >>> 0).toString(16).padStart(8, '0') + (this.#low >>> 0).toString(16).padStart(8, '0');
  }

  #byte(byte: number): void {
    this.#low = Math.imul(this.#low ^ byte, 0x01000193);
    this.#high = Math.imul(this.#high ^ (byte + 0x5b), 0x01000193);
  }
}
