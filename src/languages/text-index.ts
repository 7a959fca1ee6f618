/** Places in a text: UTF-16 offsets (what parsers count) to lines, columns and UTF-8 bytes. */
export class TextIndex {
  readonly text: string;
  /** UTF-16 offset at which each line starts. LF, CRLF and lone CR end a line, as editors count. */
  readonly lineStarts: Int32Array;
  /** Byte offset of each line's start; undefined while the text is ASCII and both offsets agree. */
  readonly #lineBytes: Int32Array | undefined;

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    let ascii = true;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
      else if (unit > 127) ascii = false;
    }
    this.lineStarts = Int32Array.from(starts);
    if (!ascii) {
      this.#lineBytes = new Int32Array(starts.length);
      let bytes = 0;
      for (let line = 0; line < starts.length; line++) {
        this.#lineBytes[line] = bytes;
        bytes += Buffer.byteLength(text.slice(starts[line], starts[line + 1]));
      }
    }
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }

  /** 1-based line of an offset. */
  line(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** 1-based column in UTF-16 units; pass the line if it is known. */
  column(offset: number, line: number = this.line(offset)): number {
    return offset - this.lineStarts[line - 1]! + 1;
  }

  /** UTF-8 byte offset. */
  byte(offset: number, line: number = this.line(offset)): number {
    if (!this.#lineBytes) return offset;
    const start = this.lineStarts[line - 1]!;
    return this.#lineBytes[line - 1]! + Buffer.byteLength(this.text.slice(start, offset));
  }
}
