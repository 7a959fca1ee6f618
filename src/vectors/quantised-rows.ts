/** Unit vectors as small integers: a byte a dimension with one scale a row, and one bit a dimension for its sign. */

export interface QuantisedRows {
  /** count × dimensions; value × scale ≈ component. */
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/** Rows of zeros stay zeros, with scale 0. Rows need not be of unit length; they are kept as they are. */
export function quantiseRows(rows: Float32Array, dimensions: number): QuantisedRows {
  const count = rows.length / dimensions;
  const values = new Int8Array(rows.length);
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const from = row * dimensions;
    let largest = 0;
    for (let i = from; i < from + dimensions; i++) largest = Math.max(largest, Math.abs(rows[i]!));
    if (!(largest > 0) || !Number.isFinite(largest)) continue;
    scales[row] = largest / 127;
    const factor = 127 / largest;
    for (let i = from; i < from + dimensions; i++) values[i] = Math.round(rows[i]! * factor);
  }
  return { values, scales };
}

/** 32-bit words for the signs of one row. */
export const signWords = (dimensions: number): number => (dimensions + 31) >> 5;

/** Bit i of a row is set where component i is negative. */
export function writeSigns(
  values: Int8Array | Float32Array,
  from: number,
  dimensions: number,
  signs: Int32Array,
  to: number,
): void {
  for (let word = 0; word < signWords(dimensions); word++) {
    let bits = 0;
    const end = Math.min(32, dimensions - word * 32);
    for (let bit = 0; bit < end; bit++) if (values[from + word * 32 + bit]! < 0) bits |= 1 << bit;
    signs[to + word] = bits;
  }
}
