/** The most important definitions of a repository within a budget, file by file. */
import type { Snapshot, SymbolId } from '#model/snapshot.ts';
import { SymbolFlag, type SymbolKind, symbolKinds } from '#model/vocabulary.ts';
import { Budget } from './budget.ts';
import { signatureOf } from './signature-line.ts';
import type { TokenCounter } from './tokens/token-counter.ts';

export interface MapRequest {
  readonly snapshot: Snapshot;
  readonly counter: TokenCounter;
  /** Tokens. */
  readonly budget: number;
  /** Of each symbol: how much leads to it, from everywhere or from what a task is about. */
  readonly ranks: Float64Array;
  /** Files that may be shown. */
  accepts(file: number): boolean;
}

export interface MappedFile {
  readonly path: string;
  /** In the order of the text. */
  readonly definitions: readonly { readonly line: number; readonly signature: string }[];
}

export interface RepositoryMap {
  /** The most important first. */
  readonly files: readonly MappedFile[];
  readonly text: string;
  /** Of the text. */
  readonly tokens: number;
}

/** What is told of a file: types and functions, not what they are made of. */
const shown: ReadonlySet<SymbolKind> = new Set([
  'class',
  'interface',
  'trait',
  'enum',
  'struct',
  'union',
  'type',
  'function',
  'method',
  'macro',
]);

/** So many that do not fit in a row, and the map is full. */
const MISSES = 24;

export function repositoryMap({ snapshot, counter, budget, ranks, accepts }: MapRequest): RepositoryMap {
  const files = new Map<number, { header: string; lines: Map<SymbolId, { line: number; signature: string }> }>();
  const left = new Budget(counter, budget);
  left.startLevel(budget);
  let misses = 0;
  for (const { symbol: id } of ranked(snapshot, ranks, accepts)) {
    if (misses >= MISSES) break;
    const symbol = snapshot.symbol(id);
    const entry = { line: symbol.startLine, signature: signatureOf(symbol) };
    const known = files.get(symbol.file);
    const header = known ? '' : headerOf(symbol.path);
    if (!left.spend(header + lineOf(entry))) {
      misses++;
      continue;
    }
    misses = 0;
    if (known) known.lines.set(id, entry);
    else files.set(symbol.file, { header, lines: new Map([[id, entry]]) });
  }
  const mapped = Array.from(files.values(), ({ header, lines }) => ({
    header,
    definitions: [...lines].sort(([a], [b]) => a - b).map(([, entry]) => entry),
  }));
  const text = mapped.map(({ header, definitions }) => header + definitions.map(lineOf).join('')).join('');
  return {
    files: mapped.map(({ header, definitions }) => ({ path: header.slice(0, -2), definitions })),
    text,
    tokens: counter.count(text),
  };
}

/** A symbol's rank holds that of its members: who calls a method leans on its type. */
function ranked(
  snapshot: Snapshot,
  ranks: Float64Array,
  accepts: (file: number) => boolean,
): readonly { readonly symbol: SymbolId; readonly rank: number }[] {
  const table = snapshot.symbolTable();
  const total = ranks.slice();
  // Parents come before their children.
  for (let symbol = total.length - 1; symbol >= 0; symbol--) {
    const parent = table.parent[symbol]!;
    if (parent >= 0) total[parent]! += total[symbol]!;
  }
  const list: { symbol: SymbolId; rank: number }[] = [];
  for (let symbol = 0; symbol < total.length; symbol++) {
    if ((table.flags[symbol]! & SymbolFlag.anonymous) !== 0 || !accepts(table.file[symbol]!)) continue;
    if (shown.has(symbolKinds[table.kind[symbol]!]!)) list.push({ symbol, rank: total[symbol]! });
  }
  return list.sort((a, b) => b.rank - a.rank || a.symbol - b.symbol);
}

function headerOf(path: string): string {
  return `${path.replace(/\p{Cc}+/gu, ' ')}:\n`;
}

function lineOf({ line, signature }: { readonly line: number; readonly signature: string }): string {
  return `${line} ${signature.replace(/\p{Cc}+/gu, ' ')}\n`;
}
