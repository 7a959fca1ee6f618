/**
 * NT-Xent (Chen et al. 2020), symmetric, over a batch of pairs: each anchor must find its own target among all targets, and each
 * target its anchor. The loss is the mean cross-entropy of both directions.
 */

export interface ContrastiveBatch {
  /** count × count cosines: row i is anchor i against every target. Overwritten by the gradient of the loss. */
  readonly cosines: Float32Array;
  readonly count: number;
  /** Anchors with equal keys ask for the same thing: their targets are no negatives of each other. */
  readonly keys: Int32Array;
  readonly temperature: number;
}

/** Gradients smaller than this share of one pair's are dropped: most negatives of a trained model are far away. */
const NEGLIGIBLE = 2e-4;

/** The loss; `cosines` then holds ∂loss/∂cosine. */
export function contrastiveLoss({ cosines, count, keys, temperature }: ContrastiveBatch): number {
  const rowMax = new Float64Array(count).fill(-Infinity);
  const columnMax = new Float64Array(count).fill(-Infinity);
  const masked = (i: number, j: number): boolean => i !== j && keys[i] === keys[j];
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const at = i * count + j;
      const logit = masked(i, j) ? -Infinity : cosines[at]! / temperature;
      cosines[at] = logit;
      if (logit > rowMax[i]!) rowMax[i] = logit;
      if (logit > columnMax[j]!) columnMax[j] = logit;
    }
  const rowSum = new Float64Array(count);
  const columnSum = new Float64Array(count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const logit = cosines[i * count + j]!;
      rowSum[i]! += Math.exp(logit - rowMax[i]!);
      columnSum[j]! += Math.exp(logit - columnMax[j]!);
    }
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const own = cosines[i * count + i]!;
    loss += Math.log(rowSum[i]!) + rowMax[i]! + Math.log(columnSum[i]!) + columnMax[i]! - 2 * own;
  }
  const scale = 1 / (2 * count * temperature);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const at = i * count + j;
      const logit = cosines[at]!;
      const share =
        Math.exp(logit - rowMax[i]!) / rowSum[i]! + Math.exp(logit - columnMax[j]!) / columnSum[j]! - (i === j ? 2 : 0);
      cosines[at] = Math.abs(share) < NEGLIGIBLE ? 0 : share * scale;
    }
  return loss / (2 * count);
}
