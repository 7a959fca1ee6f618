/** Cuts a file's bytes into pieces that belong to one document and one field each. */
import { searchFields } from '#model/search-segment.ts';
import type { FileDocument } from './file-documents.ts';

/** Bytes, end exclusive. */
export type TakePiece = (start: number, end: number, document: number, field: number) => void;

const SPAN = 3;
const DOCUMENTATION = searchFields.indexOf('documentation');
const BODY = searchFields.indexOf('body');
const STRING = searchFields.indexOf('string');
const PROSE = searchFields.indexOf('prose');

interface Range {
  readonly document: number;
  start: number;
  readonly end: number;
}

/**
 * A byte belongs to the innermost document around it. Comments right above a declaration are its own. `spans` are in UTF-16
 * units of the text, documents in bytes.
 */
export function ownedPieces(
  text: string,
  bytes: Buffer,
  documents: readonly FileDocument[],
  unitSpans: Int32Array | undefined,
  take: TakePiece,
): void {
  const size = bytes.length;
  const spans = inBytes(text, size, unitSpans ?? new Int32Array());
  const ranges = documents
    .map(({ startByte, endByte }, document): Range => ({ document, start: startByte, end: Math.min(endByte, size) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end || a.document - b.document);
  attachComments(bytes, ranges, documents, spans);
  const splitter = new SpanSplitter(spans, documents, take);
  const open: Range[] = [];
  let at = 0;
  const closeUntil = (limit: number): void => {
    for (let top = open.at(-1); top && top.end <= limit; top = open.at(-1)) {
      splitter.piece(at, top.end, top.document);
      at = Math.max(at, top.end);
      open.pop();
    }
  };
  for (const range of ranges) {
    closeUntil(range.start);
    const top = open.at(-1);
    // What crosses the end of what it stands in (a broken parse) ends there.
    if (top && range.end > top.end) continue;
    if (top) splitter.piece(at, range.start, top.document);
    at = Math.max(at, range.start);
    open.push(range);
  }
  closeUntil(size);
}

/** Splits pieces, which come in order, at comments and literals. */
class SpanSplitter {
  readonly #spans: Int32Array;
  readonly #documents: readonly FileDocument[];
  readonly #take: TakePiece;
  #next = 0;

  constructor(spans: Int32Array, documents: readonly FileDocument[], take: TakePiece) {
    this.#spans = spans;
    this.#documents = documents;
    this.#take = take;
  }

  piece(start: number, end: number, document: number): void {
    if (end <= start) return;
    if (this.#documents[document]!.isProse) return this.#take(start, end, document, PROSE);
    const spans = this.#spans;
    let at = start;
    while (this.#next < spans.length && spans[this.#next + 1]! <= start) this.#next += SPAN;
    for (let span = this.#next; span < spans.length && spans[span]! < end; span += SPAN) {
      const from = Math.max(spans[span]!, at);
      const to = Math.min(spans[span + 1]!, end);
      if (from > at) this.#take(at, from, document, BODY);
      if (to > from) this.#take(from, to, document, spans[span + 2] === 1 ? DOCUMENTATION : STRING);
      at = Math.max(at, to);
    }
    if (end > at) this.#take(at, end, document, BODY);
  }
}

/** Moves a range's start up over the comments that stand right above it, one line break away at most. */
function attachComments(
  bytes: Buffer,
  ranges: readonly Range[],
  documents: readonly FileDocument[],
  spans: Int32Array,
): void {
  let span = 0;
  for (const range of ranges) {
    if (range.document === 0 || documents[range.document]!.symbol === 0) continue;
    while (span < spans.length && spans[span + 1]! <= range.start) span += SPAN;
    const lineStart = startOfLine(bytes, range.start);
    // `export`, modifiers: what stands before the declaration on its line.
    let start = Math.min(range.start, Math.max(lineStart, span >= SPAN ? spans[span - SPAN + 1]! : 0));
    for (let above = span - SPAN; above >= 0 && spans[above + 2] === 1; above -= SPAN) {
      const end = spans[above + 1]!;
      if (end > start || breaks(bytes, end, start) > 1) break;
      // A comment behind code on its line speaks of that code.
      if (breaks(bytes, startOfLine(bytes, spans[above]!), spans[above]!) > 0) break;
      start = spans[above]!;
      range.start = start;
    }
  }
}

/** Line breaks between two places with nothing but white space between them; more than any where there is something. */
function breaks(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const unit = bytes[at]!;
    if (unit === 10) count++;
    else if (unit !== 32 && unit !== 9 && unit !== 13) return Infinity;
  }
  return count;
}

function startOfLine(bytes: Buffer, at: number): number {
  return at === 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1;
}

function inBytes(text: string, size: number, spans: Int32Array): Int32Array {
  if (text.length === size) return spans;
  const moved = spans.slice();
  let unit = 0;
  let byte = 0;
  for (let at = 0; at < moved.length; at += SPAN) {
    for (const end of [0, 1]) {
      const target = moved[at + end]!;
      byte += Buffer.byteLength(text.slice(unit, target));
      unit = target;
      moved[at + end] = byte;
    }
  }
  return moved;
}
