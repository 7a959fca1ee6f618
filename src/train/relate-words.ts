/** Which words a model holds alike: neighbours by cosine among its most frequent ones. */
import type { TableModel } from '#embedders/table/table-model.ts';
import { RowMemory } from '#vectors/row-memory.ts';

export interface Neighbour {
  /** Number of the word; words go by frequency. */
  readonly word: number;
  /** Cosine. */
  readonly nearness: number;
}

/** Nearest first, `most` of them at most, none below `nearest`, for each of the words `[from, to)` among the first `count`. */
export function relateWords(
  { values, dimensions }: Pick<TableModel, 'values' | 'dimensions'>,
  { count, most, nearest, from = 0, to = count }: RelateSettings,
): readonly (readonly Neighbour[])[] {
  const memory = new RowMemory(dimensions);
  memory.reserve(count);
  const lengths = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    memory.put(row, values, row * dimensions);
    lengths[row] = Math.hypot(...memory.row(row)) || 1;
  }
  return Array.from({ length: to - from }, (_, at) => {
    const word = from + at;
    const product = memory.productsWith(Float32Array.from(memory.row(word)));
    const found: Neighbour[] = [];
    for (let other = 0; other < count; other++) {
      const nearness = product(other) / (lengths[word]! * lengths[other]!);
      if (nearness >= nearest && other !== word) found.push({ word: other, nearness });
    }
    return found.sort((a, b) => b.nearness - a.nearness || a.word - b.word).slice(0, most);
  });
}

export interface RelateSettings {
  readonly count: number;
  readonly most: number;
  readonly nearest: number;
  readonly from?: number;
  readonly to?: number;
}
