import { pageRank } from '#graph/page-rank.ts';
import { sparseGraph } from '#graph/sparse-graph.ts';
import type { FileRecord, Snapshot, SymbolId } from '#model/snapshot.ts';
import type { SurveySymbol } from '#model/survey.ts';
import { type EdgeKind, edgeKinds, SymbolFlag, symbolKinds } from '#model/vocabulary.ts';

const dependence = new Set<EdgeKind>([
  'calls',
  'instantiates',
  'inherits',
  'implements',
  'types',
  'reads',
  'writes',
  'decorates',
]);
const named = new Set([
  'class',
  'interface',
  'trait',
  'struct',
  'enum',
  'type',
  'function',
  'method',
  'constructor',
  'macro',
]);

/** Symbols of the product by PageRank over what depends on what: those that the rest stands on. */
export function centralSymbols(snapshot: Snapshot, isProduct: (file: FileRecord) => boolean): SurveySymbol[] {
  const { offsets, targets, labels } = snapshot.outgoing();
  const from: SymbolId[] = [];
  const to: SymbolId[] = [];
  const callers = new Map<SymbolId, Set<SymbolId>>();
  const users = new Map<SymbolId, Set<SymbolId>>();
  for (let source = 0; source < snapshot.symbolCount; source++) {
    for (let arc = offsets[source]!; arc < offsets[source + 1]!; arc++) {
      const target = targets[arc]!;
      const kind = edgeKinds[labels[arc]! & 0xff]!;
      if (target < 0 || target === source || !dependence.has(kind)) continue;
      from.push(source);
      to.push(target);
      note(users, target, source);
      if (kind === 'calls' || kind === 'instantiates') note(callers, target, source);
    }
  }
  const ranks = pageRank(sparseGraph(snapshot.symbolCount, from, to));
  const ids = productSymbols(snapshot, isProduct)
    .filter((id) => (users.get(id)?.size ?? 0) >= FEWEST_USERS)
    .sort((a, b) => ranks[b]! - ranks[a]! || a - b)
    .slice(0, 60)
    .map((id) => ({
      ...surveySymbol(snapshot, id, ranks[id]!, callers.get(id)?.size ?? 0),
      users: users.get(id)!.size,
    }));
  return ids.filter((symbol, index) => !ids.slice(0, index).some((other) => saysTheSame(other, symbol))).slice(0, 40);
}

/** What one thing uses, the rest does not stand on. */
const FEWEST_USERS = 2;

function note(sets: Map<SymbolId, Set<SymbolId>>, target: SymbolId, source: SymbolId): void {
  const known = sets.get(target);
  if (known) known.add(source);
  else sets.set(target, new Set([source]));
}

/** The constructor of a class that is listed, or one more variant of a macro or an overloaded method. */
function saysTheSame(listed: SurveySymbol, symbol: SurveySymbol): boolean {
  return (
    (listed.path === symbol.path && listed.name === symbol.name) ||
    (symbol.kind === 'constructor' && symbol.path === listed.path && symbol.name.startsWith(`${listed.name}.`))
  );
}

/** Functions of the product that are hardest to follow, by cognitive complexity. */
export function complexSymbols(snapshot: Snapshot, isProduct: (file: FileRecord) => boolean): SurveySymbol[] {
  const { cognitive, kind } = snapshot.symbolTable();
  const functions = productSymbols(snapshot, isProduct).filter((id) => {
    const name = symbolKinds[kind[id]!]!;
    return (name === 'function' || name === 'method' || name === 'constructor') && cognitive[id]! >= 15;
  });
  functions.sort((a, b) => cognitive[b]! - cognitive[a]! || a - b);
  return functions.slice(0, 40).map((id) => {
    const callers = snapshot.edgesTo(id, ['calls']).length;
    return { ...surveySymbol(snapshot, id, 0, callers), users: callers };
  });
}

function productSymbols(snapshot: Snapshot, isProduct: (file: FileRecord) => boolean): SymbolId[] {
  const { kind, flags, parent } = snapshot.symbolTable();
  const isTest = (id: SymbolId): boolean =>
    (flags[id]! & SymbolFlag.test) !== 0 || (parent[id]! >= 0 && isTest(parent[id]!));
  const ids: SymbolId[] = [];
  for (const file of snapshot.files()) {
    if (!isProduct(file)) continue;
    for (let id = file.firstSymbol; id < file.firstSymbol + file.symbolCount; id++) {
      if (named.has(symbolKinds[kind[id]!]!) && (flags[id]! & SymbolFlag.anonymous) === 0 && !isTest(id)) ids.push(id);
    }
  }
  return ids;
}

function surveySymbol(snapshot: Snapshot, id: SymbolId, rank: number, callers: number): Omit<SurveySymbol, 'users'> {
  const symbol = snapshot.symbol(id);
  return {
    key: symbol.key,
    name: symbol.qualifiedName,
    kind: symbol.kind,
    path: symbol.path,
    line: symbol.startLine,
    callers,
    rank,
    cyclomatic: symbol.metrics?.cyclomatic,
    cognitive: symbol.metrics?.cognitive,
    codeLines: symbol.metrics?.codeLines,
  };
}
