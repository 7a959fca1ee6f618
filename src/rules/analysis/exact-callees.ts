/** Who a call surely reaches, from the index: by the place of the callee's name. */
import type { FoundProblem } from '#model/finding.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { type Provenance, SymbolFlag } from '#model/vocabulary.ts';

export interface CalleePlace {
  /** 1-based. */
  readonly startLine: number;
  /** 0-based. */
  readonly startColumn: number;
}

/** All callees of the call whose name stands there; empty where one of them is outside, a candidate, or not known. */
export function exactCallees(
  snapshot: Snapshot,
  path: string,
  allowed: readonly Provenance[] = ['exact', 'inferred'],
): (place: CalleePlace) => readonly SymbolRecord[] {
  const byPlace = new Map<string, number[] | undefined>();
  const file = snapshot.fileByPath(path);
  if (file)
    for (let id = file.firstSymbol; id < file.firstSymbol + file.symbolCount; id++)
      for (const { line, column, target, provenance } of snapshot.edgesFrom(id, ['calls', 'instantiates'])) {
        const key = `${line}:${column}`;
        const isSure = target >= 0 && allowed.includes(provenance);
        if (!isSure) byPlace.set(key, undefined);
        else if (!byPlace.has(key)) byPlace.set(key, [target]);
        else byPlace.get(key)?.push(target);
      }
  return ({ startLine, startColumn }) =>
    (byPlace.get(`${startLine}:${startColumn + 1}`) ?? []).map((id) => snapshot.symbol(id));
}

/** Names of functions that are asynchronous: most calls need no look into the graph. */
export function asyncNames(snapshot: Snapshot): ReadonlySet<string> {
  const { flags } = snapshot.symbolTable();
  const names = new Set<string>();
  for (let id = 0; id < flags.length; id++)
    if ((flags[id]! & SymbolFlag.async) !== 0) names.add(snapshot.symbol(id).name);
  return names;
}

/** A declaration, as a place that a finding points at. */
export function declaredAt(symbol: SymbolRecord, message: string): NonNullable<FoundProblem['related']>[number] {
  const { path, nameLine, nameColumn, name } = symbol;
  const startColumn = Math.max(0, nameColumn - 1);
  return { path, startLine: nameLine, startColumn, endLine: nameLine, endColumn: startColumn + name.length, message };
}
