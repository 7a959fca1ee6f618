/** What every vector index must do, run against each of them. */
import { describe, expect, it } from 'vitest';
import { TrowelError } from '#base/errors.ts';
import type { VectorIndex } from '#model/vector-index.ts';
import { Random } from '#train/numeric/random.ts';
import { exactVectorIndex } from '#vectors/exact-vector-index.ts';
import { QuantisedVectorIndex } from '#vectors/quantised-vector-index.ts';

const dimensions = 64;

/** Clustered, as real vectors are. */
function clustered(count: number, seed: number, width = dimensions): Float32Array {
  const random = new Random(seed);
  const centres = Float32Array.from({ length: 40 * width }, () => random.normal());
  const rows = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const centre = random.below(40) * width;
    let square = 0;
    for (let i = 0; i < width; i++) {
      const value = centres[centre + i]! + random.normal() * 0.8;
      rows[row * width + i] = value;
      square += value * value;
    }
    for (let i = 0; i < width; i++) rows[row * width + i]! /= Math.sqrt(square);
  }
  return rows;
}

const cells = { dimensions, centres: clustered(32, 99), probes: 20 };
const indexes: Readonly<Record<string, () => VectorIndex>> = {
  exact: () => exactVectorIndex(dimensions),
  quantised: () => new QuantisedVectorIndex({ dimensions }),
  'quantised, with cells': () => new QuantisedVectorIndex({ dimensions, cells, cellsFrom: 500 }),
};
const rowOf = (rows: Float32Array, row: number): Float32Array =>
  rows.subarray(row * dimensions, (row + 1) * dimensions);
const ids = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i * 3 + 1);

describe.each(Object.entries(indexes))('vector index: %s', (_, make) => {
  const rows = clustered(3000, 1);

  it('finds what the truth finds', async () => {
    const index = make();
    const truth = exactVectorIndex(dimensions);
    for (const one of [index, truth]) await one.add(ids(3000), rows);
    expect(index.size).toBe(3000);
    const searches = Array.from({ length: 50 }, (_, i) => ({ vector: rowOf(rows, i * 7), limit: 10 }));
    const [found, expected] = await Promise.all([index.search(searches), truth.search(searches)]);
    const hits = found.map((matches, i) => {
      const right = new Set(expected[i]!.map(({ id }) => id));
      return matches.filter(({ id }) => right.has(id)).length / 10;
    });
    expect(hits.reduce((sum, hit) => sum + hit, 0) / hits.length).toBeGreaterThanOrEqual(0.97);
    found.forEach((matches, i) => {
      expect(matches[0]!.id).toBe(i * 7 * 3 + 1);
      expect(matches[0]!.score).toBeCloseTo(1, 2);
      expect(matches.map(({ score }) => score)).toEqual(matches.map(({ score }) => score).toSorted((a, b) => b - a));
    });
  });

  it('fills the limit from what is accepted', async () => {
    const index = make();
    await index.add(ids(3000), rows);
    const accept = (id: number): boolean => id % 7 === 0;
    const [matches] = await index.search([{ vector: rowOf(rows, 3), limit: 25, accept }]);
    expect(matches!.length).toBe(25);
    expect(matches!.every(({ id }) => accept(id))).toBe(true);
    expect(await index.search([{ vector: rowOf(rows, 3), limit: 5, accept: () => false }])).toEqual([[]]);
    expect(await index.search([{ vector: rowOf(rows, 3), limit: 0 }])).toEqual([[]]);
  });

  it('answers from its content alone, whatever came and went', async () => {
    const direct = make();
    await direct.add(ids(900).subarray(300), rows.subarray(300 * dimensions, 900 * dimensions));
    const edited = make();
    await edited.add(ids(900).toReversed(), clustered(900, 5));
    await edited.remove(ids(900).subarray(0, 300));
    await edited.remove([2, 999_999]);
    const order = Int32Array.from({ length: 600 }, (_, i) => i);
    new Random(4).shuffle(order);
    for (const i of order) await edited.add([ids(900)[300 + i]!], rowOf(rows, 300 + i));
    expect(edited.size).toBe(600);
    const searches = Array.from({ length: 30 }, (_, i) => ({ vector: rowOf(rows, i * 20), limit: 10 }));
    expect(await edited.search(searches)).toEqual(await direct.search(searches));
  });

  it('refuses what does not fit, and is unharmed', async () => {
    const index = make();
    await index.add([1, 2], rows.subarray(0, 2 * dimensions));
    const before = await index.search([{ vector: rowOf(rows, 0), limit: 5 }]);
    await expect(index.add([3], new Float32Array(dimensions - 1))).rejects.toMatchObject({
      code: 'dimension-mismatch',
    });
    await expect(index.search([{ vector: new Float32Array(3), limit: 5 }])).rejects.toMatchObject({
      code: 'dimension-mismatch',
    });
    await expect(index.add([-1], rowOf(rows, 0))).rejects.toThrow(RangeError);
    await expect(index.search([{ vector: rowOf(rows, 0), limit: 5 }], AbortSignal.abort())).rejects.toThrow(
      TrowelError,
    );
    expect(index.size).toBe(2);
    expect(await index.search([{ vector: rowOf(rows, 0), limit: 5 }])).toEqual(before);
  });

  it('takes vectors of zeros', async () => {
    const index = make();
    await index.add([5, 6], new Float32Array(2 * dimensions));
    const [matches] = await index.search([{ vector: new Float32Array(dimensions), limit: 5 }]);
    expect(matches).toEqual([
      { id: 5, score: 0 },
      { id: 6, score: 0 },
    ]);
  });
});

describe('quantised vector index', () => {
  it('gives its rows back, and takes them again', async () => {
    const rows = clustered(700, 8);
    const index = new QuantisedVectorIndex({ dimensions });
    await index.add(ids(700), rows);
    const stored = index.rows();
    const copy = new QuantisedVectorIndex({ dimensions });
    copy.addQuantised(stored.ids, stored);
    const search = { vector: rowOf(rows, 4), limit: 9 };
    expect(copy.searchOne(search)).toEqual(index.searchOne(search));
  });

  it('counts bits of any width', async () => {
    for (const width of [8, 33, 256, 300]) {
      const rows = clustered(2000, 6, width);
      const index = new QuantisedVectorIndex({ dimensions: width });
      await index.add(ids(2000), rows);
      const at = 77;
      expect(index.searchOne({ vector: rows.subarray(at * width, (at + 1) * width), limit: 1 })[0]!.id).toBe(
        at * 3 + 1,
      );
    }
  });
});
