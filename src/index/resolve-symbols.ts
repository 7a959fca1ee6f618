/** From what a person types to symbols. */
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import type { SymbolKind } from '#model/vocabulary.ts';
import { moduleName } from './stored-symbol.ts';

export interface ResolveSource {
  /** Of the snapshot's files, by number. */
  readonly paths: readonly string[];
  readonly snapshot: Pick<Snapshot, 'symbol' | 'symbolByKey' | 'symbolsOf' | 'files'>;
  /** Symbols of that name, whatever its case. */
  named(name: string): readonly SymbolRecord[];
  /** Files that are called so as modules, by the last segment in lower case: see `modulesByName`. */
  modules(): ReadonlyMap<string, readonly number[]>;
}

/** What people mean first when they type a name. */
const kindRank: Readonly<Partial<Record<SymbolKind, number>>> = {
  class: 0,
  interface: 0,
  trait: 0,
  struct: 0,
  enum: 0,
  function: 0,
  method: 1,
  constructor: 2,
  type: 1,
  union: 1,
  macro: 1,
  module: 1,
  namespace: 1,
  property: 3,
  constant: 3,
  field: 4,
  'enum-member': 4,
  variable: 5,
  section: 6,
};

export function resolveSymbols(query: string, source: ResolveSource): readonly SymbolRecord[] {
  const text = query.trim();
  if (text === '') return [];
  const byKey = text.includes('#') ? source.snapshot.symbolByKey(text) : undefined;
  if (byKey) return [byKey];
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(text);
  if (place) {
    const files = filesMatching(place[1]!, source.paths);
    const found = files.map((file) => innermost(source.snapshot.symbolsOf(file), Number(place[2])));
    if (files.length > 0) return found.filter((symbol) => symbol !== undefined);
  }
  const modules = text.includes('/') || /\.\w+$/.test(text) ? filesMatching(text, source.paths) : [];
  if (modules.length > 0) return modules.map((file) => source.snapshot.symbolsOf(file)[0]!);
  return byName(
    text.split(/::|[.#/\\]|->/).filter((part) => part !== ''),
    source,
  );
}

function byName(segments: readonly string[], source: ResolveSource): readonly SymbolRecord[] {
  const last = segments.at(-1);
  if (last === undefined) return [];
  const symbols = [...source.named(last)];
  for (const file of source.modules().get(last.toLowerCase()) ?? []) {
    symbols.push(source.snapshot.symbol(source.snapshot.files()[file]!.firstSymbol));
  }
  const matched = symbols
    .map((symbol) => ({
      symbol,
      full: [...moduleSegments(symbol.path), ...symbol.qualifiedName.split('.').filter((part) => part !== '')],
    }))
    .filter(({ full }) => endsWith(full, segments, (a, b) => a.toLowerCase() === b.toLowerCase()));
  const sameCase = matched.filter(({ full }) => endsWith(full, segments, (a, b) => a === b));
  const roles = source.snapshot.files();
  const aside = (symbol: SymbolRecord): number =>
    roles[symbol.file]!.roles.some(
      (role) => role === 'test' || role === 'vendored' || role === 'generated' || role === 'minified',
    )
      ? 1
      : 0;
  return (sameCase.length > 0 ? sameCase : matched)
    .map(({ symbol, full }) => ({
      symbol,
      rank: [
        aside(symbol),
        kindRank[symbol.kind] ?? 5,
        symbol.qualifiedName === segments.join('.') ? 0 : 1,
        full.length,
      ],
    }))
    .sort(
      (a, b) =>
        compareRanks(a.rank, b.rank) ||
        (a.symbol.path < b.symbol.path ? -1 : a.symbol.path > b.symbol.path ? 1 : a.symbol.id - b.symbol.id),
    )
    .map(({ symbol }) => symbol);
}

/** `src/models/base.py` is `src.models.base`; a folder's index file is the folder. */
function moduleSegments(path: string): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  const name = moduleName(path);
  return folders.length > 0 && (name === '__init__' || name === 'index' || name === 'mod')
    ? folders
    : [...folders, name];
}

export function modulesByName(paths: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const modules = new Map<string, number[]>();
  paths.forEach((path, file) => {
    const name = moduleSegments(path).at(-1)!.toLowerCase();
    const files = modules.get(name);
    if (files) files.push(file);
    else modules.set(name, [file]);
  });
  return modules;
}

function endsWith(full: readonly string[], tail: readonly string[], same: (a: string, b: string) => boolean): boolean {
  const offset = full.length - tail.length;
  return offset >= 0 && tail.every((part, index) => same(full[offset + index]!, part));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** The file of that path, or those whose path ends with it. */
function filesMatching(path: string, paths: readonly string[]): readonly number[] {
  const wanted = path.replaceAll('\\', '/').replace(/^\.\//, '');
  const exact = paths.indexOf(wanted);
  if (exact >= 0) return [exact];
  return paths.flatMap((candidate, file) => (candidate.endsWith(`/${wanted}`) ? [file] : []));
}

function innermost(symbols: readonly SymbolRecord[], line: number): SymbolRecord | undefined {
  let best: SymbolRecord | undefined;
  for (const symbol of symbols) {
    const holds = (symbol.startLine <= line && line <= symbol.endLine) || symbol.parent === undefined;
    if (
      holds &&
      (!best || best.parent === undefined || symbol.endLine - symbol.startLine <= best.endLine - best.startLine)
    )
      best = symbol;
  }
  return best;
}
