import type { Chunk, ChunkInput } from './chunk.ts';
import { type ProseHeading, type ProseOutline, proseOutline } from './prose-outline.ts';

/** Longer sections are cut between paragraphs. */
const PROSE_LINES = 40;
/** A code example of so many lines is a chunk of its own. */
const EXAMPLE_LINES = 6;

/** Sections with the path of their headings as title; long ones cut between paragraphs; long code examples on their own. */
export function proseChunks(input: ChunkInput): readonly Chunk[] {
  const lines = linesOf(input);
  const { headings, examples } = proseOutline(input.language, lines);
  const chunks: Chunk[] = [];
  const path: ProseHeading[] = [];
  const cuts = [...headings, { line: lines.length + 1, level: 0, title: '' }];
  let from = 1;
  for (const heading of cuts) {
    if (heading.line > from)
      addSection(lines, from, heading.line - 1, path.map(({ title }) => title).join(' › '), examples, chunks);
    while (path.length > 0 && path.at(-1)!.level >= heading.level) path.pop();
    path.push(heading);
    from = heading.line;
  }
  return chunks;
}

/** The first `limit` lines, without their ends. */
export function linesOf({ text, index, classes }: ChunkInput, limit = Infinity): readonly string[] {
  const lines: string[] = [];
  for (let line = 0; line < Math.min(classes.length, limit); line++) {
    const start = index.lineStarts[line]!;
    let end = index.lineStarts[line + 1] ?? text.length;
    while (end > start && isLineEnd(text.charCodeAt(end - 1))) end--;
    lines.push(text.slice(start, end));
  }
  return lines;
}

function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13;
}

function addSection(
  lines: readonly string[],
  from: number,
  to: number,
  title: string,
  examples: ProseOutline['examples'],
  chunks: Chunk[],
): void {
  let next = from;
  for (const example of examples) {
    if (example.from < from || example.to > to || example.to - example.from + 1 < EXAMPLE_LINES) continue;
    addParagraphs(lines, next, example.from - 1, title, chunks);
    chunks.push({ kind: 'code', symbol: 0, startLine: example.from, endLine: example.to, title });
    next = example.to + 1;
  }
  addParagraphs(lines, next, to, title, chunks);
}

function addParagraphs(lines: readonly string[], from: number, to: number, title: string, chunks: Chunk[]): void {
  const blank = (line: number): boolean => lines[line - 1]!.trim() === '';
  let start = from;
  let end = to;
  for (;;) {
    while (start <= end && blank(start)) start++;
    while (end >= start && blank(end)) end--;
    if (start > end) return;
    let stop = end;
    if (end - start + 1 > PROSE_LINES) {
      stop = start + PROSE_LINES - 1;
      for (let line = stop; line > start + (PROSE_LINES >> 2); line--) {
        if (blank(line)) {
          stop = line;
          break;
        }
      }
    }
    let last = stop;
    while (last > start && blank(last)) last--;
    chunks.push({ kind: 'prose', symbol: 0, startLine: start, endLine: last, title });
    start = stop + 1;
  }
}
