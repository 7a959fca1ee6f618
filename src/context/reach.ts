/** What symbols depend on, best first. */
import type { Snapshot, SymbolId } from '#model/snapshot.ts';
import { type EdgeKind, edgeKinds, provenances, SymbolFlag, symbolKinds } from '#model/vocabulary.ts';

/** How much one use says that the used one must be seen to understand its user. */
const kindWeights: Readonly<Partial<Record<EdgeKind, number>>> = {
  calls: 1,
  instantiates: 1,
  inherits: 0.9,
  implements: 0.8,
  overrides: 0.7,
  types: 0.6,
  decorates: 0.6,
  reads: 0.5,
  writes: 0.5,
};
const weightOfKind = edgeKinds.map((kind) => kindWeights[kind] ?? 0);
const weightOfProvenance = provenances.map((provenance) =>
  provenance === 'exact' ? 1 : provenance === 'inferred' ? 0.8 : 0,
);
const hidden = new Set(['module', 'section'].map((kind) => symbolKinds.indexOf(kind as (typeof symbolKinds)[number])));

export interface Reached {
  readonly symbol: SymbolId;
  readonly score: number;
}

export interface ReachOptions {
  /** Of symbols to a task, 0 to 1; 0 for those that it does not name. */
  readonly relevance?: ReadonlyMap<SymbolId, number> | undefined;
}

/**
 * What the sources and their members use, outside of themselves. What is used often by them, is relevant to the task and is not
 * used by everyone comes first; equals stand in the order of the index, which is that of paths and lines.
 */
export function dependenciesOf(
  snapshot: Snapshot,
  sources: ReadonlyMap<SymbolId, number>,
  { relevance }: ReachOptions = {},
): Reached[] {
  const rows = snapshot.outgoing();
  const incoming = snapshot.incoming().offsets;
  const table = snapshot.symbolTable();
  const files = snapshot.files();
  const best = new Map<SymbolId, { weight: number; uses: number }>();
  for (const [source, weight] of sources) {
    for (const member of withMembers(snapshot, source)) {
      for (let arc = rows.offsets[member]!; arc < rows.offsets[member + 1]!; arc++) {
        const target = rows.targets[arc]!;
        const label = rows.labels[arc]!;
        const strength = weight * weightOfKind[label & 0xff]! * weightOfProvenance[label >> 8]!;
        if (strength === 0 || hidden.has(table.kind[target]!) || (table.flags[target]! & SymbolFlag.anonymous) !== 0)
          continue;
        const entry = best.get(target);
        if (!entry) best.set(target, { weight: strength, uses: 1 });
        else {
          entry.weight = Math.max(entry.weight, strength);
          entry.uses++;
        }
      }
    }
  }
  const reached: Reached[] = [];
  for (const [symbol, { weight, uses }] of best) {
    if (isInsideAny(table.parent, symbol, sources)) continue;
    const users = incoming[symbol + 1]! - incoming[symbol]!;
    const common = 1 / (1 + Math.log10(1 + users) / 2);
    const { roles } = files[table.file[symbol]!]!;
    const aside = roles.some((role) => role === 'vendored' || role === 'generated' || role === 'minified') ? 0.3 : 1;
    const score = weight * (1 + 0.15 * Math.log(uses)) * common * aside * (1 + (relevance?.get(symbol) ?? 0));
    reached.push({ symbol, score });
  }
  return reached.sort((a, b) => b.score - a.score || a.symbol - b.symbol);
}

/** The symbol and all that lies in it. Parents come before their children. */
function withMembers(snapshot: Snapshot, symbol: SymbolId): SymbolId[] {
  const { parent, file } = snapshot.symbolTable();
  const { firstSymbol, symbolCount } = snapshot.files()[file[symbol]!]!;
  const members = [symbol];
  const inside = new Set(members);
  for (let other = symbol + 1; other < firstSymbol + symbolCount; other++) {
    if (!inside.has(parent[other]!)) continue;
    inside.add(other);
    members.push(other);
  }
  return members;
}

/** Whether it is one of them or lies in one. */
export function isInsideAny(parents: Int32Array, symbol: SymbolId, outer: { has(symbol: SymbolId): boolean }): boolean {
  for (let at = symbol; at >= 0; at = parents[at]!) if (outer.has(at)) return true;
  return false;
}
