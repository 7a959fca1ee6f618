/** The best of many scores without sorting them all. */

export interface HighestScores {
  /** Best first; equal ones by number. */
  readonly best: readonly number[];
  /** How many are accepted. */
  readonly total: number;
}

/**
 * Of the given places those with the `limit` highest scores that are accepted. Scores equal to the last are all kept: which of
 * them is first is not for the layout to say.
 */
export function highest(
  scores: Float64Array,
  places: Int32Array,
  limit: number,
  accepts: (place: number) => boolean,
): HighestScores {
  const found = new Int32Array(places.length);
  const values = new Float64Array(places.length);
  let total = 0;
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!;
    if (!accepts(place)) continue;
    found[total] = place;
    values[total++] = scores[place]!;
  }
  const floor = total > limit ? nthHighest(values.subarray(0, total), limit) : 0;
  const best: number[] = [];
  for (let at = 0; at < total; at++) if (scores[found[at]!]! >= floor) best.push(found[at]!);
  best.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return { best, total };
}

/** Hoare's quickselect, in place; `n` counts from 1 and is at most the length. */
function nthHighest(values: Float64Array, n: number): number {
  const wanted = n - 1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >>> 1]!, values[high]!);
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left]! > pivot) left++;
      while (values[right]! < pivot) right--;
      if (left > right) break;
      const kept = values[left]!;
      values[left++] = values[right]!;
      values[right--] = kept;
    }
    if (wanted <= right) high = right;
    else if (wanted >= left) low = left;
    else break;
  }
  return values[wanted]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
