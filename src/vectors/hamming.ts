/**
 * How many sign bits of each row differ from those of a question: an estimate of the angle between them (Charikar 2002), at a
 * thirtieth of the cost of the exact product.
 */

/** Distances of rows [0, count) to `out`. */
export function hammingDistances(
  signs: Int32Array,
  words: number,
  count: number,
  question: Int32Array,
  out: Uint16Array,
): void {
  if (words === 8) return distances8(signs, count, question, out);
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0;
    for (let word = 0; word < words; word++, at++) sum += bytesOfBits(nibbles(signs[at]! ^ question[word]!));
    out[row] = sum;
  }
}

/** The same for a list of rows. */
export function hammingDistancesOf(
  rows: Int32Array,
  signs: Int32Array,
  words: number,
  question: Int32Array,
  out: Uint16Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    let at = rows[i]! * words;
    let sum = 0;
    for (let word = 0; word < words; word++, at++) sum += bytesOfBits(nibbles(signs[at]! ^ question[word]!));
    out[i] = sum;
  }
}

/** 256 dimensions, unrolled: counts of three words fit a nibble, of all eight a byte. */
function distances8(signs: Int32Array, count: number, question: Int32Array, out: Uint16Array): void {
  const [q0, q1, q2, q3, q4, q5, q6, q7] = question as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let row = 0, at = 0; row < count; row++, at += 8) {
    const a = (nibbles(signs[at]! ^ q0) + nibbles(signs[at + 1]! ^ q1) + nibbles(signs[at + 2]! ^ q2)) | 0;
    const b = (nibbles(signs[at + 3]! ^ q3) + nibbles(signs[at + 4]! ^ q4) + nibbles(signs[at + 5]! ^ q5)) | 0;
    const c = nibbles(signs[at + 6]! ^ q6) + nibbles(signs[at + 7]! ^ q7);
    const bytes =
      (a & 0x0f0f0f0f) +
      ((a >>> 4) & 0x0f0f0f0f) +
      (b & 0x0f0f0f0f) +
      ((b >>> 4) & 0x0f0f0f0f) +
      (c & 0x0f0f0f0f) +
      ((c >>> 4) & 0x0f0f0f0f);
    out[row] = (bytes & 0xff) + ((bytes >>> 8) & 0xff) + ((bytes >>> 16) & 0xff) + (bytes >>> 24);
  }
}

/** Bits of each nibble, in that nibble. */
function nibbles(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

const bytesOfBits = (counts: number): number => Math.imul(((counts >>> 4) + counts) & 0x0f0f0f0f, 0x01010101) >>> 24;
