/** Every vector compared in full precision: for small collections, and the truth that other indexes are measured against. */
import { throwIfAborted } from '#base/abort.ts';
import type { VectorIndex, VectorMatch, VectorSearch } from '#model/vector-index.ts';
import { BestMatches } from './best-matches.ts';
import { checkRows, checkSearch } from './check-vectors.ts';

export function exactVectorIndex(dimensions: number): VectorIndex {
  const rows = new Map<number, Float32Array>();
  const searchOne = (search: VectorSearch): readonly VectorMatch[] => {
    checkSearch(search, dimensions);
    const { vector, limit, accept } = search;
    const best = new BestMatches(limit);
    const length = Math.hypot(...vector) || 1;
    for (const [id, row] of rows) {
      if (accept && !accept(id)) continue;
      let sum = 0;
      for (let i = 0; i < dimensions; i++) sum += vector[i]! * row[i]!;
      best.offer(id, sum / length);
    }
    return best.take();
  };
  return {
    dimensions,
    get size() {
      return rows.size;
    },
    async add(ids, vectors) {
      checkRows(ids, vectors.length, dimensions);
      for (let i = 0; i < ids.length; i++) rows.set(ids[i]!, vectors.slice(i * dimensions, (i + 1) * dimensions));
    },
    async remove(ids) {
      for (let i = 0; i < ids.length; i++) rows.delete(ids[i]!);
    },
    async search(searches, signal) {
      return searches.map((search) => {
        throwIfAborted(signal);
        return searchOne(search);
      });
    },
  };
}
