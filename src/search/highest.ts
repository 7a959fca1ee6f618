/** The best of many scores without sorting them all. */

export interface HighestScores {
  /** Best first; equal ones by number. */
  readonly best: readonly number[];
  /** How many are accepted. */
  readonly total: number;
}

/**
 * Of the given places those with the `limit` highest scores that are accepted; all are, without `accepts`. Scores equal to the
 * last are all kept: which of them is first is not for the layout to say.
 */
export function highest(
  scores: Float64Array,
  places: Int32Array,
  limit: number,
  accepts: ((place: number) => boolean) | undefined,
): HighestScores {
  const heap = new LeastOfBest(limit);
  let total = 0;
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!;
    if (accepts && !accepts(place)) continue;
    total++;
    heap.offer(scores[place]!);
  }
  const floor = total > limit ? heap.least : 0;
  const best: number[] = [];
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!;
    if (scores[place]! >= floor && (!accepts || accepts(place))) best.push(place);
  }
  best.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return { best, total };
}

/** A binary heap of the `limit` highest values, the least of them on top: of many values few get in. */
class LeastOfBest {
  readonly #values: Float64Array;
  #count = 0;

  constructor(limit: number) {
    this.#values = new Float64Array(limit);
  }

  get least(): number {
    return this.#values[0]!;
  }

  offer(value: number): void {
    const values = this.#values;
    if (this.#count < values.length) {
      let at = this.#count++;
      for (let above = (at - 1) >> 1; at > 0 && values[above]! > value; above = (at - 1) >> 1) {
        values[at] = values[above]!;
        at = above;
      }
      values[at] = value;
      return;
    }
    if (!(value > values[0]!)) return;
    let at = 0;
    for (let below = 1; below < values.length; below = 2 * at + 1) {
      if (below + 1 < values.length && values[below + 1]! < values[below]!) below++;
      if (values[below]! >= value) break;
      values[at] = values[below]!;
      at = below;
    }
    values[at] = value;
  }
}
