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
  for (let source = 0; source < snapshot.symbolCount; source++) {
    for (let arc = offsets[source]!; arc < offsets[source + 1]!; arc++) {
      const target = targets[arc]!;
      const kind = edgeKinds[labels[arc]! & 0xff]!;
      if (target < 0 || target === source || !dependence.has(kind)) continue;
      from.push(source);
      to.push(target);
      if (kind !== 'calls' && kind !== 'instantiates') continue;
      const known = callers.get(target);
      if (known) known.add(source);
      else callers.set(target, new Set([source]));
    }
  }
  const ranks = pageRank(sparseGraph(snapshot.symbolCount, from, to));
  const ids = productSymbols(snapshot, isProduct)
    .sort((a, b) => ranks[b]! - ranks[a]! || a - b)
    .slice(0, 40);
  return ids
    .filter((id) => callers.has(id))
    .map((id) => surveySymbol(snapshot, id, ranks[id]!, callers.get(id)?.size ?? 0));
}

/** Functions of the product that are hardest to follow, by cognitive complexity. */
export function complexSymbols(snapshot: Snapshot, isProduct: (file: FileRecord) => boolean): SurveySymbol[] {
  const { cognitive, kind } = snapshot.symbolTable();
  const functions = productSymbols(snapshot, isProduct).filter((id) => {
    const name = symbolKinds[kind[id]!]!;
    return (name === 'function' || name === 'method' || name === 'constructor') && cognitive[id]! >= 15;
  });
  functions.sort((a, b) => cognitive[b]! - cognitive[a]! || a - b);
  return functions.slice(0, 40).map((id) => surveySymbol(snapshot, id, 0, snapshot.edgesTo(id, ['calls']).length));
}

function productSymbols(snapshot: Snapshot, isProduct: (file: FileRecord) => boolean): SymbolId[] {
  const { kind, flags } = snapshot.symbolTable();
  const ids: SymbolId[] = [];
  for (const file of snapshot.files()) {
    if (!isProduct(file)) continue;
    for (let id = file.firstSymbol; id < file.firstSymbol + file.symbolCount; id++) {
      if (named.has(symbolKinds[kind[id]!]!) && (flags[id]! & SymbolFlag.anonymous) === 0) ids.push(id);
    }
  }
  return ids;
}

function surveySymbol(snapshot: Snapshot, id: SymbolId, rank: number, callers: number): SurveySymbol {
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
