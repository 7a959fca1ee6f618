/** Memory for the UTF-16 units of one text at a time. */
export class TextUnits {
  #units = new Uint16Array(0);

  /** The text's units: valid until the next call. */
  of(text: string): Uint16Array {
    if (this.#units.length < text.length)
      this.#units = new Uint16Array(Math.max(1 << 16, Math.ceil(text.length * 1.5)));
    const { buffer, byteOffset, byteLength } = this.#units;
    Buffer.from(buffer, byteOffset, byteLength).write(text, 'utf16le');
    return this.#units.subarray(0, text.length);
  }
}
