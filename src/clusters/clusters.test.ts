import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterCode, type ClusteredCode } from './cluster-code.ts';
import { hdbscan } from './hdbscan.ts';
import { layOut } from './lay-out.ts';
import { nearGraph, type Rows } from './near-graph.ts';
import { tellingWords } from './telling-words.ts';

const DIMENSIONS = 32;

/** Always the same numbers from 0 to 1. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** `sizes[i]` rows around direction i, `loose` rows anywhere. */
function blobs(sizes: readonly number[], loose: number, spread = 0.12): { rows: Rows; truth: number[] } {
  const random = sequence(7);
  const unit = (): number[] => Array.from({ length: DIMENSIONS }, () => random() * 2 - 1);
  const truth: number[] = [];
  const vectors: number[][] = [];
  sizes.forEach((size, label) => {
    const centre = unit();
    for (let at = 0; at < size; at++) {
      const noise = unit();
      vectors.push(centre.map((value, axis) => value + noise[axis]! * spread));
      truth.push(label);
    }
  });
  for (let at = 0; at < loose; at++) {
    vectors.push(unit());
    truth.push(-1);
  }
  const values = new Int8Array(vectors.length * DIMENSIONS);
  vectors.forEach((vector, row) => {
    const length = Math.hypot(...vector);
    vector.forEach((value, axis) => (values[row * DIMENSIONS + axis] = Math.round((value / length) * 127)));
  });
  return { rows: { count: vectors.length, dimensions: DIMENSIONS, values }, truth };
}

describe('hdbscan', () => {
  it('finds groups by density and leaves out what stands alone', () => {
    const { rows, truth } = blobs([40, 25, 12], 30);
    const { count, labels, strength } = hdbscan(nearGraph(rows, 16), { leastSize: 8, samples: 5 });
    expect(count).toBe(3);
    const labelOf = new Map<number, number>();
    truth.forEach((group, row) => {
      if (group < 0) return;
      if (!labelOf.has(group)) labelOf.set(group, labels[row]!);
      expect(labels[row]).toBe(labelOf.get(group));
      expect(strength[row]).toBeGreaterThan(0);
    });
    expect(new Set(labelOf.values()).size).toBe(3);
    // A row far out may still be the last that a group sheds.
    const alone = truth.filter((group, row) => group < 0 && labels[row] === -1);
    expect(alone.length).toBeGreaterThanOrEqual(25);
  });

  it('finds none where there are too few rows', () => {
    const { rows } = blobs([4], 0);
    expect(hdbscan(nearGraph(rows, 3), { leastSize: 5, samples: 5 }).count).toBe(0);
  });

  it('lets a cluster that is too large give way to its parts', () => {
    const { rows } = blobs([30, 30], 0, 0.05);
    const { labels } = hdbscan(nearGraph(rows, 12), { leastSize: 5, samples: 3, mostSize: 10 });
    const sizes = Map.groupBy(
      [...labels].filter((label) => label >= 0),
      (label) => label,
    );
    for (const members of sizes.values()) expect(members.length).toBeLessThanOrEqual(10);
  });

  it('labels each row once, with clusters of the least size at least, and always the same', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, fc.nat(15), fc.integer({ min: 2, max: 8 }), (given, loose, leastSize) => {
        const { rows } = blobs(given, loose);
        if (rows.count < 2) return;
        const once = hdbscan(nearGraph(rows, 10), { leastSize, samples: 4 });
        const again = hdbscan(nearGraph(rows, 10), { leastSize, samples: 4 });
        expect(again.labels).toEqual(once.labels);
        const counts = Array.from({ length: once.count }, () => 0);
        for (const label of once.labels) if (label >= 0) counts[label]!++;
        for (const count of counts) expect(count).toBeGreaterThanOrEqual(leastSize);
      }),
      { numRuns: 40 },
    );
  });
});

it('bears rows that are all alike, and a single one', () => {
  const values = new Int8Array(20 * DIMENSIONS).fill(11);
  const same = { count: 20, dimensions: DIMENSIONS, values };
  expect(hdbscan(nearGraph(same, 8), { leastSize: 5, samples: 5 }).labels).toHaveLength(20);
  const one = { count: 1, dimensions: DIMENSIONS, values: values.subarray(0, DIMENSIONS) };
  expect(hdbscan(nearGraph(one, 8), { leastSize: 5, samples: 5 }).count).toBe(0);
});

it('names groups by what the others do not say', () => {
  const words = tellingWords(
    [
      ['readInvoice src/app', 'writeInvoice src/app'],
      ['parse_token src/app', 'next_token src/app'],
    ],
    2,
  );
  expect(words[0]).toContain('invoice');
  expect(words[1]).toContain('token');
  expect(words.flat()).not.toContain('app');
});

describe('clusters of code', () => {
  const { rows } = blobs([20, 14], 6);
  const code = Array.from({ length: rows.count }, (_, row): ClusteredCode => {
    const group = row < 20 ? 'invoice' : row < 34 ? 'token' : 'other';
    return { name: `${group}${row}`, path: `${group}/f${row % 3}.ts`, line: row + 1, key: () => `key${row}` };
  });
  const report = clusterCode({ rows, code, total: rows.count, leastSize: 6, members: 2, dots: 100 });

  it('puts the largest first, with its words, folder and typical members', () => {
    expect(report.clusters.map(({ folder }) => folder)).toEqual(['invoice', 'token']);
    expect(report.clusters[0]!.size).toBeGreaterThanOrEqual(20);
    expect(report.clusters[1]!.size).toBeGreaterThanOrEqual(14);
    expect(report.clusters.reduce((sum, { size }) => sum + size, report.loose)).toBe(rows.count);
    expect(report.clusters[0]!.words[0]).toBe('invoice');
    expect(report.clusters[0]!.members.map(({ path }) => path.split('/')[0])).toEqual(['invoice', 'invoice']);
  });

  it('draws each as a dot inside the picture, near ones near', () => {
    expect(report.dots).toHaveLength(rows.count);
    for (const { x, y } of report.dots) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(1);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(1);
    }
    const middle = (cluster: number): [number, number] => {
      const own = report.dots.filter((dot) => dot.cluster === cluster);
      return [own.reduce((sum, { x }) => sum + x, 0) / own.length, own.reduce((sum, { y }) => sum + y, 0) / own.length];
    };
    const [a, b] = [middle(1), middle(2)];
    const apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
    const within = report.dots.filter(({ cluster }) => cluster === 1).map(({ x, y }) => Math.hypot(x - a[0], y - a[1]));
    expect(within.reduce((sum, value) => sum + value, 0) / within.length).toBeLessThan(apart);
    expect(layOut(rows)).toEqual(layOut(rows));
  });
});
