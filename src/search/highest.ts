/** The best of many scores without sorting them all. */

export interface HighestScores {
  /** Best first; equal ones by number. */
  readonly best: readonly number[];
  /** How many have a score above 0 and are accepted. */
  readonly total: number;
}

/**
 * The places of the `limit` highest scores above 0 that are accepted. Scores equal to the last are all kept: which of them is
 * first is not for the layout to say.
 */
export function highest(scores: Float64Array, limit: number, accepts: (place: number) => boolean): HighestScores {
  const places = new Int32Array(scores.length);
  let total = 0;
  for (let place = 0; place < scores.length; place++)
    if (scores[place]! > 0 && accepts(place)) places[total++] = place;
  const found = places.subarray(0, total);
  const floor = total > limit ? nthHighest(Float64Array.from(found, (place) => scores[place]!), limit) : 0;
  const best: number[] = [];
  for (const place of found) if (scores[place]! >= floor) best.push(place);
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
