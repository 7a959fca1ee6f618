/** Which parts of a file are documents of their own, and which bytes belong to which. */
import { languageKind } from '#languages/catalogue.ts';
import type { FileFacts } from '#model/facts.ts';
import { CHUNK_STRIDE, ChunkColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { CHUNK_KIND, DocumentFlag } from '#model/search-segment.ts';
import { chunkKinds, SymbolFlag, type SymbolKind, symbolKinds } from '#model/vocabulary.ts';

export interface FileDocument {
  readonly symbol: number;
  /** As DocumentColumn.kind. */
  readonly kind: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly flags: number;
  readonly name: string;
  /** Names of what it stands in: types, namespaces, outer headings. */
  readonly container: string;
  readonly signature: string;
  /** Bytes of its own text; empty where the text belongs to what it stands in. */
  readonly startByte: number;
  readonly endByte: number;
  readonly isProse: boolean;
}

const kindsOf = (...kinds: readonly SymbolKind[]): ReadonlySet<number> =>
  new Set(kinds.map((kind) => symbolKinds.indexOf(kind)));
const functionLike = kindsOf('function', 'method', 'constructor');
/** Their text is told with what they stand in, unless it is long. */
const leaves = kindsOf('field', 'enum-member', 'constant', 'variable', 'property');
const OWN_LINES = 3;

/** Whether a symbol's text is told by itself, and not with what it stands in. */
export function ownsText(kind: number, startLine: number, endLine: number): boolean {
  return !leaves.has(kind) || endLine - startLine + 1 >= OWN_LINES;
}
const PROSE = chunkKinds.indexOf('prose');
const MODULE = symbolKinds.indexOf('module');
const SECTION = symbolKinds.indexOf('section');

/** By symbols where the file has some, else by its pieces. The file itself comes first. */
export function fileDocuments(facts: FileFacts, size: number): readonly FileDocument[] {
  const bySymbol = facts.symbols.length > SYMBOL_STRIDE && facts.level !== 'text';
  const chunked = !bySymbol || facts.language === 'jupyter';
  const file: FileDocument = {
    symbol: 0,
    kind: MODULE,
    startLine: 1,
    endLine: Math.max(1, facts.lines.total),
    flags: facts.symbols[SymbolColumn.flags] ?? 0,
    name: '',
    container: '',
    signature: '',
    startByte: 0,
    endByte: chunked ? 0 : size,
    isProse: languageKind(facts.language) === 'prose',
  };
  return [file, ...(bySymbol ? symbolDocuments(facts, chunked) : []), ...(chunked ? chunkDocuments(facts) : [])];
}

function symbolDocuments(facts: FileFacts, nameOnly: boolean): FileDocument[] {
  const { symbols, strings } = facts;
  const documents: FileDocument[] = [];
  const get = (row: number, column: number): number => symbols[row * SYMBOL_STRIDE + column]!;
  const text = (row: number, column: number): string => strings[get(row, column)] ?? '';
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    const kind = get(row, SymbolColumn.kind);
    const flags = get(row, SymbolColumn.flags);
    const parent = get(row, SymbolColumn.parent);
    const isLeaf = leaves.has(kind);
    if (
      (flags & SymbolFlag.anonymous) !== 0 ||
      (isLeaf && parent >= 0 && functionLike.has(get(parent, SymbolColumn.kind)))
    )
      continue;
    const container = containerOf(facts, row);
    const place =
      (isNested(facts, row) ? DocumentFlag.nested : 0) |
      (/(?:^| )tests?(?: |$)/.test(container) ? DocumentFlag.inTests : 0);
    const startLine = get(row, SymbolColumn.startLine);
    const endLine = Math.max(startLine, get(row, SymbolColumn.endLine));
    const owns = !nameOnly && ownsText(kind, startLine, endLine);
    documents.push({
      symbol: row,
      kind,
      startLine,
      endLine,
      flags: flags | place,
      name: text(row, SymbolColumn.name),
      container,
      signature: [SymbolColumn.signature, SymbolColumn.decorators, SymbolColumn.declaredType]
        .map((column) => text(row, column))
        .join(' '),
      startByte: owns ? get(row, SymbolColumn.startByte) : 0,
      endByte: owns ? get(row, SymbolColumn.endByte) : 0,
      isProse: kind === SECTION,
    });
  }
  return documents;
}

function isNested({ symbols }: FileFacts, row: number): boolean {
  for (let at = symbols[row * SYMBOL_STRIDE + SymbolColumn.parent]!, steps = 0; at > 0 && steps < 16; steps++) {
    if (functionLike.has(symbols[at * SYMBOL_STRIDE + SymbolColumn.kind]!)) return true;
    at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!;
  }
  return false;
}

function containerOf({ symbols, strings }: FileFacts, row: number): string {
  const names: string[] = [];
  for (let at = row, steps = 0; at > 0 && steps < 16; steps++) {
    const owner = strings[symbols[at * SYMBOL_STRIDE + SymbolColumn.owner]!];
    if (owner) names.unshift(owner);
    at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!;
    const name = at > 0 ? strings[symbols[at * SYMBOL_STRIDE + SymbolColumn.name]!] : undefined;
    if (name) names.unshift(name);
  }
  return names.join(' ');
}

function chunkDocuments({ chunks, strings, symbols }: FileFacts): FileDocument[] {
  const documents: FileDocument[] = [];
  for (let at = 0; at < chunks.length; at += CHUNK_STRIDE) {
    const kind = chunks[at + ChunkColumn.kind]!;
    const title = strings[chunks[at + ChunkColumn.title]!] ?? '';
    const cut = title.lastIndexOf(' › ');
    documents.push({
      symbol: symbols.length > 0 ? Math.max(0, chunks[at + ChunkColumn.symbol]!) : 0,
      kind: CHUNK_KIND + kind,
      startLine: chunks[at + ChunkColumn.startLine]!,
      endLine: chunks[at + ChunkColumn.endLine]!,
      flags: 0,
      name: cut < 0 ? title : title.slice(cut + 3),
      container: cut < 0 ? '' : title.slice(0, cut),
      signature: '',
      startByte: chunks[at + ChunkColumn.startByte]!,
      endByte: chunks[at + ChunkColumn.endByte]!,
      isProse: kind === PROSE,
    });
  }
  return documents;
}
