/** Hard negatives: for each pair the pairs whose targets its anchor holds for near, as the vectors stand. */

export interface MiningInput {
  /** count × dimensions unit vectors each; anchor i belongs to target i. */
  readonly anchors: Float32Array;
  readonly targets: Float32Array;
  readonly dimensions: number;
  /** Equal keys ask for the same: their targets are no negatives. */
  readonly keys: Int32Array;
  /** How many of each. */
  readonly most: number;
  /**
   * Targets nearer than the own one by more than this are left out: what is that near is likely to be an answer, too
   * (Moreira et al. 2024, "NV-Retriever": positive-aware mining).
   */
  readonly margin: number;
}

/** Of each pair the numbers of others, hardest first. */
export function mineNegatives({
  anchors,
  targets,
  dimensions,
  keys,
  most,
  margin,
}: MiningInput): readonly Int32Array[] {
  const count = keys.length;
  const cosine = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < dimensions; k++) sum += anchors[i * dimensions + k]! * targets[j * dimensions + k]!;
    return sum;
  };
  return Array.from({ length: count }, (_, i) => {
    const limit = cosine(i, i) + margin;
    const found: { readonly other: number; readonly score: number }[] = [];
    for (let j = 0; j < count; j++) {
      if (keys[j] === keys[i]) continue;
      const score = cosine(i, j);
      if (score > limit || (found.length === most && score <= found.at(-1)!.score)) continue;
      let place = found.length;
      while (place > 0 && found[place - 1]!.score < score) place--;
      found.splice(place, 0, { other: j, score });
      if (found.length > most) found.pop();
    }
    return Int32Array.from(found, ({ other }) => other);
  });
}

/** Batches in which each pair meets some of its hard negatives; every pair stands in exactly one. `order` is a permutation. */
export function hardBatches(order: Int32Array, negatives: readonly Int32Array[], size: number): Int32Array[] {
  const taken = new Uint8Array(order.length);
  const batches: Int32Array[] = [];
  let batch: number[] = [];
  const take = (pair: number): void => {
    if (taken[pair] === 1) return;
    taken[pair] = 1;
    batch.push(pair);
    if (batch.length < size) return;
    batches.push(Int32Array.from(batch));
    batch = [];
  };
  for (const pair of order) {
    if (taken[pair] === 1) continue;
    take(pair);
    for (const other of negatives[pair]!) take(other);
  }
  // One pair alone has nobody to be told from.
  if (batch.length > 1 || batches.length === 0) batches.push(Int32Array.from(batch));
  else if (batch.length === 1) batches.push(Int32Array.from([...batches.pop()!, ...batch]));
  return batches;
}
