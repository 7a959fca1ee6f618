/** What retrieval and clone detection are judged by. Ranks count from 1. */

/** Place of the relevant item among the candidates by score; ties count half, so that equal scores win nothing. */
export function rankOf(scores: ArrayLike<number>, relevant: number): number {
  const own = scores[relevant]!;
  let higher = 0;
  let equal = 0;
  for (let i = 0; i < scores.length; i++) {
    if (i === relevant) continue;
    if (scores[i]! > own) higher++;
    else if (scores[i] === own) equal++;
  }
  return 1 + higher + equal / 2;
}

/** Mean of 1/rank (Voorhees 1999); 0 for no ranks. */
export function meanReciprocalRank(ranks: readonly number[]): number {
  return mean(ranks.map((rank) => 1 / rank));
}

/** nDCG at `depth` for one question with graded gains in ranked order (Järvelin & Kekäläinen 2002), against the best order of `allGains`. */
export function normalisedDiscountedGain(ranked: readonly number[], allGains: readonly number[], depth = 10): number {
  const gain = (gains: readonly number[]): number =>
    gains.slice(0, depth).reduce((sum, value, i) => sum + (2 ** value - 1) / Math.log2(i + 2), 0);
  const ideal = gain(allGains.toSorted((a, b) => b - a));
  return ideal === 0 ? 0 : gain(ranked) / ideal;
}

/** nDCG at `depth` where exactly one item is relevant. */
export const singleGain = (rank: number, depth = 10): number => (rank <= depth ? 1 / Math.log2(1 + rank) : 0);

export interface Detection {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Of found pairs against true ones; `0` where nothing was found or nothing is true. Pairs are unordered. */
export function detectionQuality(
  found: Iterable<readonly [number, number]>,
  truth: Iterable<readonly [number, number]>,
): Detection {
  const key = ([a, b]: readonly [number, number]): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
  const trueKeys = new Set(Array.from(truth, key));
  const foundKeys = new Set(Array.from(found, key));
  let hits = 0;
  for (const one of foundKeys) if (trueKeys.has(one)) hits++;
  const precision = foundKeys.size === 0 ? 0 : hits / foundKeys.size;
  const recall = trueKeys.size === 0 ? 0 : hits / trueKeys.size;
  return { precision, recall, f1: hits === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/**
 * Share of pieces whose nearest neighbour in another language is their own counterpart. `left` and `right` are count × dimensions
 * unit vectors; row i of one corresponds to row i of the other.
 */
export function crossLanguageAccuracy(left: Float32Array, right: Float32Array, dimensions: number): number {
  const count = left.length / dimensions;
  const hits = Array.from({ length: count }, (_, i) => {
    const scores = Float64Array.from({ length: count }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < dimensions; k++) sum += left[i * dimensions + k]! * right[j * dimensions + k]!;
      return sum;
    });
    return rankOf(scores, i) < 1.5 ? 1 : 0;
  });
  return mean(hits);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
