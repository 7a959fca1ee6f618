import type { ByteRanks } from './byte-pair-ranks.ts';

/** Up to this many bytes, looking at every pair for the best is faster than keeping a heap. */
const SHORT = 96;

/**
 * Into how many tokens byte-pair encoding cuts one word: while two neighbours form a token, the pair of the lowest rank, the
 * leftmost of equals, becomes one. `bytes` has one unit a byte. O(n²) for short words, O(n log n) for long ones: a file may
 * hold a megabyte without a space.
 */
export function bytePairCount(bytes: string, ranks: ByteRanks): number {
  if (bytes.length < 2 || ranks.has(bytes)) return bytes.length === 0 ? 0 : 1;
  return bytes.length <= SHORT ? countShort(bytes, ranks) : countLong(bytes, ranks);
}

const NONE = Number.POSITIVE_INFINITY;

function countShort(bytes: string, ranks: ByteRanks): number {
  /** Where each part starts; the end of the word closes the list. */
  const starts = Array.from({ length: bytes.length + 1 }, (_, at) => at);
  const rank = (part: number): number =>
    part + 2 < starts.length ? (ranks.get(bytes.slice(starts[part], starts[part + 2])) ?? NONE) : NONE;
  const pairs = starts.map((_, part) => rank(part));
  for (;;) {
    let best = 0;
    for (let part = 1; part < pairs.length; part++) if (pairs[part]! < pairs[best]!) best = part;
    if (pairs[best] === NONE) return starts.length - 1;
    starts.splice(best + 1, 1);
    pairs.splice(best + 1, 1);
    pairs[best] = rank(best);
    if (best > 0) pairs[best - 1] = rank(best - 1);
  }
}

/** A position fits below this; a heap entry is rank × POSITIONS + position, exact in a double. */
const POSITIONS = 2 ** 32;

function countLong(bytes: string, ranks: ByteRanks): number {
  const length = bytes.length;
  const next = Int32Array.from({ length: length + 1 }, (_, at) => at + 1);
  const previous = Int32Array.from({ length: length + 1 }, (_, at) => at - 1);
  /** Rank of the pair that starts here; −1: none, or no part starts here any more. */
  const current = new Int32Array(length + 1).fill(-1);
  const heap = new SmallestFirst();
  const look = (at: number): void => {
    const middle = next[at]!;
    const found = middle < length ? ranks.get(bytes.slice(at, next[middle])) : undefined;
    current[at] = found ?? -1;
    if (found !== undefined) heap.push(found * POSITIONS + at);
  };
  for (let at = 0; at < length - 1; at++) look(at);
  let parts = length;
  for (let entry = heap.pop(); entry !== undefined; entry = heap.pop()) {
    const at = entry % POSITIONS;
    // The pair has since changed, and stands in the heap again if it still is one.
    if (current[at] !== (entry - at) / POSITIONS) continue;
    const gone = next[at]!;
    const after = next[gone]!;
    next[at] = after;
    previous[after] = at;
    current[gone] = -1;
    parts--;
    look(at);
    if (previous[at]! >= 0) look(previous[at]!);
  }
  return parts;
}

/** A binary heap of numbers. */
class SmallestFirst {
  readonly #values: number[] = [];

  push(value: number): void {
    const values = this.#values;
    let at = values.push(value) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (values[above]! <= value) break;
      values[at] = values[above]!;
      at = above;
    }
    values[at] = value;
  }

  pop(): number | undefined {
    const values = this.#values;
    const top = values[0];
    const last = values.pop();
    if (top === undefined || last === undefined || values.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= values.length) break;
      if (below + 1 < values.length && values[below + 1]! < values[below]!) below++;
      if (values[below]! >= last) break;
      values[at] = values[below]!;
      at = below;
    }
    values[at] = last;
    return top;
  }
}
