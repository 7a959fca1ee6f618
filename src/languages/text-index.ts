import { TextUnits } from './text-units.ts';

const scratch = new TextUnits();
/** Line starts of the text at hand; the first is always 0. */
let starts = new Int32Array(0);

/** Places in a text: UTF-16 offsets (what parsers count) to lines, columns and UTF-8 bytes. */
export class TextIndex {
  readonly text: string;
  /** UTF-16 offset at which each line starts. LF, CRLF and lone CR end a line, as editors count. */
  readonly lineStarts: Int32Array;
  /** Byte offset of each line's start; undefined while the text is ASCII and both offsets agree. */
  readonly #lineBytes: Int32Array | undefined;

  constructor(text: string) {
    this.text = text;
    const units = scratch.of(text);
    if (starts.length <= units.length) starts = new Int32Array(units.length * 2 + 1024);
    let lines = 1;
    let wide = false;
    for (let i = 0; i < units.length; i++) {
      const unit = units[i]!;
      if (unit === 10 || (unit === 13 && units[i + 1] !== 10)) starts[lines++] = i + 1;
      else if (unit > 127) wide = true;
    }
    this.lineStarts = starts.slice(0, lines);
    if (wide) this.#lineBytes = bytesOfLines(units, this.lineStarts);
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

/** UTF-8 offset of each line's start. */
function bytesOfLines(units: Uint16Array, lineStarts: Int32Array): Int32Array {
  const bytes = new Int32Array(lineStarts.length);
  let line = 1;
  /** Bytes before the unit at hand that are more than one a unit. */
  let more = 0;
  for (let i = 0; i < units.length; i++) {
    if (i === lineStarts[line]) bytes[line++] = i + more;
    const unit = units[i]!;
    if (unit < 0x80) continue;
    // Each half of a pair has two of its four bytes; a lone half becomes a three-byte U+FFFD.
    const isPaired =
      (unit & 0xfc00) === 0xd800
        ? (units[i + 1]! & 0xfc00) === 0xdc00
        : (unit & 0xfc00) === 0xdc00 && (units[i - 1]! & 0xfc00) === 0xd800;
    more += unit < 0x800 || isPaired ? 1 : 2;
  }
  if (line < lineStarts.length) bytes[line] = units.length + more;
  return bytes;
}
