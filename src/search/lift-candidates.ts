/** What hits say of each other: in one class, in one file, bound in the graph, copies of one another. */
import { FIELD_COUNT } from '#model/search-segment.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { symbolKinds } from '#model/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import type { SearchIndex } from './search-index.ts';

const containerKinds = new Set(
  ['class', 'struct', 'trait', 'interface', 'enum', 'namespace', 'module'].map((kind) =>
    symbolKinds.indexOf(kind as (typeof symbolKinds)[number]),
  ),
);

/** What holds several hits is lifted by the best three of them: each by its place in the answer so far. */
export function liftContainers(candidates: readonly Candidate[], index: SearchIndex, weight: number): void {
  const byFile = Map.groupBy(candidates, ({ file }) => file.id);
  for (const container of candidates) {
    if (!containerKinds.has(index.kind(container.document))) continue;
    const [start, end] = [index.startLine(container.document), index.endLine(container.document)];
    const members = byFile
      .get(container.file.id)!
      .filter(
        ({ document }) =>
          document !== container.document && index.startLine(document) >= start && index.endLine(document) <= end,
      )
      .map(({ total }) => total)
      .sort((a, b) => b - a)
      .slice(0, 3);
    const sum = members.reduce((all, value) => all + value, 0);
    if (sum > 0) container.add('members', weight * sum, () => `${members.length} of its members match`);
  }
}

/** A file with many hits lifts them: each by the others' sum, relative to the file that has most. */
export function cohere(candidates: readonly Candidate[], weight: number): void {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { file, total } of candidates) {
    const entry = sums.get(file.id) ?? { sum: 0, count: 0 };
    entry.sum += total;
    entry.count++;
    sums.set(file.id, entry);
  }
  const most = [...sums.values()].reduce((top, { sum }) => Math.max(top, sum), 1e-9);
  for (const candidate of candidates) {
    const { sum, count } = sums.get(candidate.file.id)!;
    if (count > 1)
      candidate.add(
        'file',
        (weight * sum) / most,
        () => `${count - 1} more ${count === 2 ? 'hit' : 'hits'} in this file`,
      );
  }
}

/** What the best hits call, use or are used by. */
export function liftNeighbours(
  candidates: readonly Candidate[],
  snapshot: Snapshot,
  index: SearchIndex,
  weight: number,
): void {
  const bySymbol = new Map<number, Candidate>();
  for (const candidate of candidates)
    if (!index.isPiece(candidate.document)) bySymbol.set(candidate.file.firstSymbol + candidate.row, candidate);
  const lifted = new Map<Candidate, number>();
  for (const [symbol, from] of [...bySymbol].slice(0, 10)) {
    for (const { target, provenance, kind } of snapshot.edgesFrom(symbol, neighbourKinds)) {
      const to = provenance === 'candidate' || kind === 'contains' ? undefined : bySymbol.get(target);
      if (to && to !== from) {
        lifted.set(to, (lifted.get(to) ?? 0) + 1);
        lifted.set(from, (lifted.get(from) ?? 0) + 1);
      }
    }
  }
  for (const [candidate, links] of lifted)
    candidate.add(
      'neighbours',
      weight * Math.log2(1 + links),
      () => `bound to ${links} other ${links === 1 ? 'hit' : 'hits'}`,
    );
}
const neighbourKinds = ['calls', 'instantiates', 'inherits', 'implements', 'overrides', 'types'] as const;

/** The same name and the same lengths in every field, in another file: a copy. The better-ranked one stays. */
export function demoteDuplicates(candidates: readonly Candidate[], index: SearchIndex, factor: number): void {
  const seen = new Map<string, number>();
  for (const candidate of candidates) {
    const { document } = candidate;
    let sum = 0;
    let print = '';
    for (let at = document * FIELD_COUNT; at < (document + 1) * FIELD_COUNT; at++) {
      sum += index.lengths[at]!;
      print += String.fromCharCode(index.lengths[at]!);
    }
    if (sum < 12) continue;
    print += index.name(document);
    const first = seen.get(print);
    if (first === undefined) seen.set(print, candidate.file.id);
    else if (first !== candidate.file.id) candidate.multiply('duplicate', factor, 'like a better hit elsewhere');
  }
}
