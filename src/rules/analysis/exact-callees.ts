/** Who a call surely reaches, from the index: by the place of the callee's name. */
import type { FoundProblem } from '#model/finding.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import type { Provenance } from '#model/vocabulary.ts';

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
  for (const { kind, line, column, target, provenance } of file ? snapshot.edgesOf(file.id) : []) {
    if (kind !== 'calls' && kind !== 'instantiates') continue;
    const key = `${line}:${column}`;
    const isSure = target >= 0 && allowed.includes(provenance);
    if (!isSure) byPlace.set(key, undefined);
    else if (!byPlace.has(key)) byPlace.set(key, [target]);
    else byPlace.get(key)?.push(target);
  }
  return ({ startLine, startColumn }) =>
    (byPlace.get(`${startLine}:${startColumn + 1}`) ?? []).map((id) => snapshot.symbol(id));
}

/** A declaration, as a place that a finding points at. */
export function declaredAt(symbol: SymbolRecord, message: string): NonNullable<FoundProblem['related']>[number] {
  const { path, nameLine, nameColumn, name } = symbol;
  const startColumn = Math.max(0, nameColumn - 1);
  return { path, startLine: nameLine, startColumn, endLine: nameLine, endColumn: startColumn + name.length, message };
}
