import type { Connection } from '#stores/sqlite.ts';
import { type EdgeKind, edgeKinds, type Provenance, provenances } from '#model/vocabulary.ts';

/** Edges by kind and provenance; `contains` are no rows. */
export function countEdges(
  connection: Connection,
  contains: number,
): Readonly<Record<EdgeKind, Readonly<Record<Provenance, number>>>> {
  const counts = Object.fromEntries(
    edgeKinds.map((kind) => [kind, Object.fromEntries(provenances.map((name) => [name, 0]))]),
  ) as Record<EdgeKind, Record<Provenance, number>>;
  for (const [label, count] of connection.rows<[number, number]>('SELECT label, count(*) FROM edges GROUP BY label')) {
    counts[edgeKinds[label & 15]!][provenances[label >> 4]!] += count;
  }
  counts.contains.exact = contains;
  return counts;
}
