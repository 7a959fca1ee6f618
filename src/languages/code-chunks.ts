import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { functionKinds, type SymbolKind, symbolKinds, typeKinds } from '#model/vocabulary.ts';
import { type Chunk, CHUNK_LINES, type ChunkInput } from './chunk.ts';
import { LineClass } from './line-classes.ts';

/** A symbol of fewer lines shares a chunk with its neighbours. */
const OWN_CHUNK_LINES = 3;
/** A type of at most so many lines is one chunk; a larger one is cut along its members. */
const WHOLE_TYPE_LINES = 40;

const numbers = (...kinds: readonly SymbolKind[]): ReadonlySet<number> =>
  new Set(kinds.map((kind) => symbolKinds.indexOf(kind)));
const containers = numbers('namespace', ...typeKinds);
const kindsWithChunk = numbers('namespace', ...typeKinds, 'type', ...functionKinds, 'property', 'macro');

interface Node {
  readonly row: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly isContainer: boolean;
  readonly title: string;
  readonly children: Node[];
}

/** Functions and types with the comments above them; what lies between them; large ones cut where the syntax allows it. */
export function codeChunks(input: ChunkInput): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const lines = input.classes.length;
  if (lines === 0) return chunks;
  const root = symbolTree(input, lines);
  coverNode(input, root, 1, lines, chunks);
  return chunks;
}

/** Symbols that may have a chunk, nested by their lines; symbols that share lines with an earlier one are left to it. */
function symbolTree({ symbols, strings }: ChunkInput, lines: number): Node {
  const root: Node = { row: 0, startLine: 1, endLine: lines, isContainer: true, title: '', children: [] };
  const nodes: Node[] = [];
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    const at = row * SYMBOL_STRIDE;
    const kind = symbols[at + SymbolColumn.kind]!;
    const startLine = symbols[at + SymbolColumn.startLine]!;
    const endLine = Math.min(symbols[at + SymbolColumn.endLine]!, lines);
    if (!kindsWithChunk.has(kind) || startLine < 1 || endLine - startLine + 1 < OWN_CHUNK_LINES) continue;
    nodes.push({
      row,
      startLine,
      endLine,
      isContainer: containers.has(kind),
      title: qualifiedName(symbols, strings, row),
      children: [],
    });
  }
  nodes.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine || a.row - b.row);
  const open: Node[] = [root];
  for (const node of nodes) {
    while (open.length > 1 && open.at(-1)!.endLine < node.startLine) open.pop();
    const above = open.at(-1)!;
    if (node.endLine > above.endLine || node.startLine <= (above.children.at(-1)?.endLine ?? 0)) continue;
    above.children.push(node);
    open.push(node);
  }
  return root;
}

function qualifiedName(symbols: Int32Array, strings: readonly string[], row: number): string {
  const parts: string[] = [];
  for (
    let at = row, steps = 0;
    at > 0 && steps < 32;
    at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!, steps++
  ) {
    for (const column of [SymbolColumn.name, SymbolColumn.owner]) {
      const name = strings[symbols[at * SYMBOL_STRIDE + column]!];
      if (name) parts.unshift(name);
    }
  }
  return parts.join('.');
}

/** Chunks for lines `from` to `to`, which belong to the node: itself where it is small, else its children and what is between. */
function coverNode(input: ChunkInput, root: Node, from: number, to: number, chunks: Chunk[]): void {
  const work: { node: Node; from: number; to: number }[] = [{ node: root, from, to }];
  for (let item = work.pop(); item; item = work.pop()) {
    const { node } = item;
    const size = item.to - item.from + 1;
    const whole = size <= (node.isContainer ? WHOLE_TYPE_LINES : CHUNK_LINES);
    if (node.children.length === 0 || (whole && node.row > 0)) {
      cutLines(input, node, item.from, item.to, chunks);
      continue;
    }
    let next = item.from;
    for (const child of node.children) {
      const start = withComments(input.classes, child.startLine, next);
      if (start > next) cutLines(input, node, next, start - 1, chunks);
      work.push({ node: child, from: start, to: child.endLine });
      next = child.endLine + 1;
    }
    if (next <= item.to) cutLines(input, node, next, item.to, chunks);
  }
  chunks.sort((a, b) => a.startLine - b.startLine);
}

/** The first of the comment lines right above a declaration. */
function withComments(classes: Uint8Array, startLine: number, limit: number): number {
  let line = startLine;
  while (line > limit && classes[line - 2] === LineClass.comment) line--;
  return line;
}

/** Lines as chunks of a fair size, cut at blank lines and low indentation; blank ends are dropped. */
function cutLines({ classes, text, index }: ChunkInput, node: Node, from: number, to: number, chunks: Chunk[]): void {
  let start = from;
  let end = to;
  for (;;) {
    while (start <= end && classes[start - 1] === LineClass.blank) start++;
    while (end >= start && classes[end - 1] === LineClass.blank) end--;
    if (start > end) return;
    let stop = end;
    if (end - start + 1 > CHUNK_LINES) {
      let best = Infinity;
      for (let line = start + (CHUNK_LINES >> 1); line < start + CHUNK_LINES; line++) {
        // A cut before `line + 1`: after a blank line if possible, at the lowest indentation, rather late than early.
        const cost =
          indentation(text, index.lineStarts[line]!) * 2 +
          (classes[line - 1] === LineClass.blank ? 0 : 12) +
          (classes[line] === LineClass.blank ? 40 : 0);
        if (cost <= best) {
          best = cost;
          stop = line;
        }
      }
    }
    let last = stop;
    while (last > start && classes[last - 1] === LineClass.blank) last--;
    chunks.push({ kind: 'code', symbol: node.row, startLine: start, endLine: last, title: node.title });
    start = stop + 1;
  }
}

function indentation(text: string, at: number): number {
  let width = 0;
  for (; width < 40; width++) {
    const code = text.charCodeAt(at + width);
    if (code === 9) width += 3;
    else if (code !== 32) break;
  }
  return width;
}
