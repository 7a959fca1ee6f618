/** Each row's nearest others: what density is measured on. */
import { throwIfAborted } from '#base/abort.ts';
import { QuantisedVectorIndex } from '#vectors/quantised-vector-index.ts';

/** Rows of unit length as bytes, one after the other. */
export interface Rows {
  readonly count: number;
  readonly dimensions: number;
  readonly values: Int8Array;
}

export interface NearGraph {
  readonly count: number;
  /** Neighbours a row, nearest first. */
  readonly width: number;
  /** Row numbers; −1 past the last. */
  readonly neighbours: Int32Array;
  /** Euclidean on the unit sphere: √(2 − 2 cosine). */
  readonly distances: Float64Array;
}

export function nearGraph({ count, dimensions, values }: Rows, wanted: number, signal?: AbortSignal): NearGraph {
  const width = Math.max(1, Math.min(wanted, count - 1));
  const index = new QuantisedVectorIndex({ dimensions });
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) scales[row] = 1 / lengthOf(values, row * dimensions, dimensions);
  index.addQuantised(
    Int32Array.from({ length: count }, (_, row) => row),
    { values, scales },
  );
  const neighbours = new Int32Array(count * width).fill(-1);
  const distances = new Float64Array(count * width).fill(Infinity);
  const vector = new Float32Array(dimensions);
  for (let row = 0; row < count; row++) {
    if (row % 512 === 0) throwIfAborted(signal);
    for (let at = 0; at < dimensions; at++) vector[at] = values[row * dimensions + at]!;
    let place = row * width;
    for (const { id, score } of index.searchOne({ vector, limit: width + 1 })) {
      if (id === row || place === (row + 1) * width) continue;
      neighbours[place] = id;
      distances[place++] = Math.sqrt(Math.max(0, 2 - 2 * score));
    }
  }
  return { count, width, neighbours, distances };
}

function lengthOf(values: Int8Array, from: number, dimensions: number): number {
  let square = 0;
  for (let at = from; at < from + dimensions; at++) square += values[at]! * values[at]!;
  return Math.sqrt(square) || 1;
}
