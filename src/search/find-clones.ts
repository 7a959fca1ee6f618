/** Clones among functions: exact, renamed, near misses by their tokens; of like meaning by their vectors, across languages. */
import { throwIfAborted } from '#base/abort.ts';
import { scanLexically } from '#languages/line-classes.ts';
import type { CloneKind, ClonePair, CloneSide, SearchFilters } from '#model/search.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { type CloneTokens, cloneTokens, jaccard } from './clone-tokens.ts';
import { acceptor } from './document-kinds.ts';
import type { QueryEncoder } from './encode-query.ts';
import type { SearchIndex } from './search-index.ts';
import { vectorsOf } from './vector-layer.ts';

export interface CloneRequest {
  readonly snapshot: Snapshot;
  readonly index: SearchIndex;
  readonly filters: SearchFilters;
  readonly minimumTokens: number;
  /** Share of token runs in common from which two functions are near misses, 0 to 1. */
  readonly minimumSimilarity: number;
  /** Cosine from which two functions mean the same; undefined: not looked for. */
  readonly meaning: number | undefined;
  readonly encoder: QueryEncoder | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Piece {
  readonly document: number;
  readonly symbol: SymbolRecord;
  readonly language: string;
  readonly isTest: boolean;
  readonly tokens: CloneTokens;
}

/** Runs of tokens that so many functions have in common say nothing. */
const COMMON_GRAM = 60;
const NEAREST = 6;
const functionKinds = new Set(['function', 'method', 'constructor']);

/** Pairs within tests last, else best first; a pair is listed once, under its strictest kind. */
export function findClones(request: CloneRequest): ClonePair[] {
  const pieces = readPieces(request);
  const pairs = new Map<string, ClonePair>();
  const add = (a: Piece, b: Piece, kind: CloneKind, similarity: number): void => {
    if (encloses(a.symbol, b.symbol)) return;
    const key = a.document < b.document ? `${a.document} ${b.document}` : `${b.document} ${a.document}`;
    if (!pairs.has(key)) pairs.set(key, { kind, similarity, left: sideOf(a), right: sideOf(b) });
  };
  for (const group of groupsBy(pieces, ({ tokens }) => tokens.exact)) eachPair(group, (a, b) => add(a, b, 'exact', 1));
  for (const group of groupsBy(pieces, ({ tokens }) => tokens.renamed))
    eachPair(group, (a, b) => add(a, b, 'renamed', jaccard(a.tokens.grams, b.tokens.grams)));
  nearMisses(pieces, request, add);
  if (request.meaning !== undefined) likeMeanings(pieces, request, request.meaning, add);
  const order: readonly CloneKind[] = ['exact', 'renamed', 'near-miss', 'semantic'];
  return [...pairs.values()].sort(
    (a, b) =>
      Number(inTests(a)) - Number(inTests(b)) ||
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      b.similarity - a.similarity ||
      b.left.tokens - a.left.tokens ||
      compare(a.left.key, b.left.key) ||
      compare(a.right.key, b.right.key),
  );
}

function readPieces({ snapshot, index, filters, minimumTokens, signal }: CloneRequest): Piece[] {
  const pieces: Piece[] = [];
  const accepts = acceptor(index, filters);
  const byFile = new Map<number, number[]>();
  for (let document = 0; document < index.documentCount; document++) {
    const file = index.file[document]!;
    if (file < 0 || index.isPiece(document) || !accepts(document)) continue;
    const list = byFile.get(file);
    if (list) list.push(document);
    else byFile.set(file, [document]);
  }
  for (const [file, documents] of byFile) {
    throwIfAborted(signal);
    const text = snapshot.text(file);
    if (text === undefined) continue;
    const record = snapshot.files()[file]!;
    const functions = documents
      .map((document) => ({ document, symbol: snapshot.symbol(record.firstSymbol + index.symbolRow(document)) }))
      .filter(({ symbol }) => functionKinds.has(symbol.kind) && symbol.endLine > symbol.startLine);
    if (functions.length === 0) continue;
    const starts = lineStarts(text);
    const { spans } = scanLexically(text, record.language);
    for (const { document, symbol } of functions) {
      const from = starts[symbol.startLine - 1] ?? 0;
      const to = starts[symbol.endLine] ?? text.length;
      const tokens = cloneTokens(text.slice(from, to), commentsIn(spans, from, to));
      if (tokens.count >= minimumTokens)
        pieces.push({
          document,
          symbol,
          language: record.language,
          isTest: record.roles.includes('test') || (symbol.flags & SymbolFlag.test) !== 0,
          tokens,
        });
    }
  }
  return pieces;
}

function commentsIn(spans: Int32Array, from: number, to: number): [number, number][] {
  const comments: [number, number][] = [];
  for (let at = 0; at < spans.length; at += 3)
    if (spans[at + 2] === 1 && spans[at]! >= from && spans[at + 1]! <= to)
      comments.push([spans[at]! - from, spans[at + 1]! - from]);
  return comments;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

function nearMisses(
  pieces: readonly Piece[],
  { minimumSimilarity, signal }: CloneRequest,
  add: (a: Piece, b: Piece, kind: CloneKind, similarity: number) => void,
): void {
  const holders = new Map<number, number[]>();
  pieces.forEach(({ tokens }, at) => {
    for (const gram of tokens.grams) {
      const list = holders.get(gram);
      if (list) list.push(at);
      else holders.set(gram, [at]);
    }
  });
  pieces.forEach((piece, at) => {
    throwIfAborted(signal);
    const common = new Map<number, number>();
    let rare = 0;
    for (const gram of piece.tokens.grams) {
      const list = holders.get(gram)!;
      if (list.length > COMMON_GRAM) continue;
      rare++;
      for (const other of list) if (other > at) common.set(other, (common.get(other) ?? 0) + 1);
    }
    for (const [other, count] of common) {
      if (count < rare * minimumSimilarity * 0.5) continue;
      const similarity = jaccard(piece.tokens.grams, pieces[other]!.tokens.grams);
      if (similarity >= minimumSimilarity) add(piece, pieces[other]!, 'near-miss', similarity);
    }
  });
}

function likeMeanings(
  pieces: readonly Piece[],
  { snapshot, index, encoder, signal }: CloneRequest,
  meaning: number,
  add: (a: Piece, b: Piece, kind: CloneKind, similarity: number) => void,
): void {
  const layer = encoder && vectorsOf(snapshot, index, encoder);
  if (!layer) return;
  const byDocument = new Map(pieces.map((piece) => [piece.document, piece]));
  for (const piece of pieces) {
    throwIfAborted(signal);
    const row = index.vector(piece.document);
    if (!row) continue;
    const accepts = (other: number): boolean => other !== piece.document && byDocument.has(other);
    for (const { document, score } of layer.nearest(Float32Array.from(row), NEAREST, accepts))
      if (score >= meaning) add(piece, byDocument.get(document)!, 'semantic', score);
  }
}

function encloses(a: SymbolRecord, b: SymbolRecord): boolean {
  return a.file === b.file && a.startLine <= b.endLine && b.startLine <= a.endLine;
}

function groupsBy(pieces: readonly Piece[], key: (piece: Piece) => number): Piece[][] {
  return [...Map.groupBy(pieces, key).values()].filter((group) => group.length > 1);
}

/** All pairs of a small group; of a large one each with the first. */
function eachPair(group: readonly Piece[], take: (a: Piece, b: Piece) => void): void {
  const last = group.length > COMMON_GRAM ? 1 : group.length;
  for (let i = 0; i < last; i++) for (let j = i + 1; j < group.length; j++) take(group[i]!, group[j]!);
}

function sideOf({ symbol, language, isTest, tokens }: Piece): CloneSide {
  const { key, qualifiedName, path, startLine, endLine } = symbol;
  return { key, name: qualifiedName, path, language, line: startLine, endLine, tokens: tokens.count, isTest };
}

function inTests({ left, right }: ClonePair): boolean {
  return left.isTest && right.isTest;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
