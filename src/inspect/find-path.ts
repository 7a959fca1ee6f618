import type { PathStep } from '#model/inspection.ts';
import { shortestPath } from '#graph/reachability.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { type EdgeKind, edgeKinds, provenances } from '#model/vocabulary.ts';
import { choiceOf } from './choose-symbol.ts';

/**
 * A shortest way along uses of these kinds from any of the starts to any of the goals. A class stands for its members as well:
 * what a member does, the class does.
 */
export function findPath(
  snapshot: Snapshot,
  from: SymbolRecord,
  to: SymbolRecord,
  kinds: readonly EdgeKind[],
): PathStep[] | undefined {
  const rows = snapshot.outgoing();
  const allowed = new Set(kinds.map((kind) => edgeKinds.indexOf(kind)));
  const offsets = new Int32Array(rows.offsets.length);
  const arcs: number[] = [];
  for (let node = 0; node < snapshot.symbolCount; node++) {
    for (let arc = rows.offsets[node]!; arc < rows.offsets[node + 1]!; arc++)
      if (rows.targets[arc]! >= 0 && allowed.has(rows.labels[arc]! & 0xff)) arcs.push(arc);
    offsets[node + 1] = arcs.length;
  }
  const graph = { offsets, targets: Int32Array.from(arcs, (arc) => rows.targets[arc]!) };
  const found = shortestPath(graph, withMembers(snapshot, from), new Set(withMembers(snapshot, to)));
  return found?.nodes.map((node, index) => {
    const arc = found.arcs[index];
    const label = arc === undefined ? undefined : rows.labels[arcs[arc]!]!;
    return {
      symbol: choiceOf(snapshot.symbol(node)),
      relation: label === undefined ? undefined : edgeKinds[label & 0xff]!,
      provenance: label === undefined ? undefined : provenances[(label >> 8) & 0xf]!,
      line: arc === undefined ? undefined : rows.lines[arcs[arc]!]!,
    };
  });
}

function withMembers(snapshot: Snapshot, symbol: SymbolRecord): number[] {
  const inside = new Set([symbol.id]);
  for (const other of snapshot.symbolsOf(symbol.file))
    if (other.parent !== undefined && inside.has(other.parent)) inside.add(other.id);
  return [...inside];
}
