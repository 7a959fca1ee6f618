import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silent } from '#base/progress.ts';
import { decodeHead, encodeHead, headLayout, headShape, project } from '#embedders/projection-head.ts';
import { defaultHeadFit, fitHead } from './fit-head.ts';
import { HeadTrainer, headOptimizer } from './head-trainer.ts';
import { hardBatches, mineNegatives } from './mine-negatives.ts';
import { Random } from './numeric/random.ts';

const shape = { input: 6, hidden: 5, output: 4 };

function unitRows(random: Random, count: number, dimensions: number): Float32Array {
  const rows = Float32Array.from({ length: count * dimensions }, () => random.normal());
  for (let row = 0; row < count; row++) {
    const one = rows.subarray(row * dimensions, (row + 1) * dimensions);
    const length = Math.hypot(...one);
    for (let k = 0; k < dimensions; k++) one[k]! /= length;
  }
  return rows;
}

describe('a projection head', () => {
  it('is 768 → 512 → 256 for a transformer, and in proportion for others', () => {
    expect(headShape(768)).toEqual({ input: 768, hidden: 512, output: 256 });
    expect(headShape(384)).toEqual({ input: 384, hidden: 256, output: 128 });
    expect(headLayout(headShape(768)).count).toBe(768 * 512 + 512 + 512 * 256 + 256);
  });

  it('projects as one computes by hand', () => {
    // One input x: hidden (2x + 1, −x) behind the rectifier, outputs (h₁, h₁ + h₂ − 4), then unit length.
    const parameters = Float32Array.of(2, -1, 1, 0, 1, 0, 1, 1, 0, -4);
    const { hidden, units } = project({ input: 1, hidden: 2, output: 2 }, parameters, Float32Array.of(1));
    expect([...hidden]).toEqual([3, 0]);
    expect([...units]).toEqual([expect.closeTo(3 / Math.hypot(3, -1), 6), expect.closeTo(-1 / Math.hypot(3, -1), 6)]);
  });

  it('has the gradient that finite differences show, in every layer', () => {
    const random = new Random(5);
    const count = 7;
    const batch = {
      anchors: unitRows(random, count, shape.input),
      targets: unitRows(random, count, shape.input),
      keys: Int32Array.of(0, 1, 2, 3, 1, 5, 6),
    };
    const trainer = new HeadTrainer(shape, random, { ...headOptimizer, temperature: 0.5 });
    for (let i = 0; i < trainer.parameters.length; i++) trainer.parameters[i]! += 0.05 * random.normal();
    const { gradient } = trainer.gradient(batch);
    const step = 2e-3;
    for (let i = 0; i < trainer.parameters.length; i++) {
      const kept = trainer.parameters[i]!;
      trainer.parameters[i] = kept + step;
      const above = trainer.gradient(batch).loss;
      trainer.parameters[i] = kept - step;
      const below = trainer.gradient(batch).loss;
      trainer.parameters[i] = kept;
      expect(Math.abs(gradient[i]! - (above - below) / (2 * step))).toBeLessThan(4e-3);
    }
    expect(Math.hypot(...gradient)).toBeGreaterThan(0.05);
  });

  it('takes an AdamW step as one computes by hand: the first is the rate in the gradient’s direction, less the decay', () => {
    const random = new Random(9);
    const trainer = new HeadTrainer(shape, random, { ...headOptimizer, weightDecay: 0.1 });
    const batch = {
      anchors: unitRows(random, 4, shape.input),
      targets: unitRows(random, 4, shape.input),
      keys: Int32Array.of(0, 1, 2, 3),
    };
    const before = trainer.parameters.slice();
    const { gradient } = trainer.gradient(batch);
    trainer.step(batch, 0.01);
    gradient.forEach((slope, i) => {
      if (Math.abs(slope) < 1e-4) return;
      expect(trainer.parameters[i]).toBeCloseTo(before[i]! - 0.01 * Math.sign(slope) - 0.001 * before[i]!, 4);
    });
  });

  it('is stored and read as it was, and refused when damaged', () => {
    const trainer = new HeadTrainer(shape, new Random(1));
    const head = {
      encoder: 'ollama:x',
      encoderId: 'ollama:x@6',
      shape,
      parameters: trainer.parameters,
      origin: { seed: 1 },
    };
    const { id, file } = encodeHead(head);
    expect(decodeHead(file, 'it')).toEqual({ ...head, id });
    for (const broken of [file.subarray(0, -4), file.subarray(5), new Uint8Array()])
      expect(() => decodeHead(broken, 'it')).toThrow(/no usable projection head/);
  });
});

describe('hard negatives', () => {
  it('are the nearest other targets, without answers to the same and without what is nearer than the answer', () => {
    // Anchor 0 is (1, 0): targets by cosine 0.8 (its own), 0.7, 1.0, 0.1.
    const at = (cosine: number): number[] => [cosine, Math.sqrt(1 - cosine * cosine)];
    const targets = Float32Array.from([...at(0.8), ...at(0.7), ...at(1), ...at(0.1)]);
    const anchors = Float32Array.from([1, 0, 1, 0, 1, 0, 1, 0]);
    const mine = (keys: number[], margin: number): number[] => [
      ...mineNegatives({ anchors, targets, dimensions: 2, keys: Int32Array.from(keys), most: 2, margin })[0]!,
    ];
    expect(mine([0, 1, 2, 3], 1)).toEqual([2, 1]);
    expect(mine([0, 1, 2, 3], 0.05)).toEqual([1, 3]);
    expect(mine([0, 0, 2, 3], 0.05)).toEqual([3]);
  });

  it('meet their pairs in batches in which each pair stands once', () => {
    const input = fc
      .integer({ min: 2, max: 40 })
      .chain((count) =>
        fc.tuple(
          fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
          fc.array(fc.array(fc.nat(count - 1), { maxLength: 3 }), { minLength: count, maxLength: count }),
          fc.integer({ min: 2, max: 9 }),
        ),
      );
    fc.assert(
      fc.property(input, ([order, negatives, size]) => {
        const batches = hardBatches(
          Int32Array.from(order),
          negatives.map((some) => Int32Array.from(some)),
          size,
        );
        expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...order.keys()]);
        for (const batch of batches) expect(batch.length).toBeGreaterThan(1);
      }),
    );
    const [first] = hardBatches(
      Int32Array.of(0, 1, 2, 3),
      [[3], [], [], []].map((some) => Int32Array.from(some)),
      2,
    );
    expect([...first!]).toEqual([0, 3]);
  });
});

it('a head learns what the encoder hides, and the held-out pairs say so', () => {
  const random = new Random(11);
  const [count, dimensions, telling] = [600, 16, 6];
  // The first components say what it is; the others are loud and say nothing.
  const meaning = unitRows(random, count, telling);
  const noisy = (): Float32Array => {
    const rows = new Float32Array(count * dimensions);
    for (let row = 0; row < count; row++)
      for (let k = 0; k < dimensions; k++)
        rows[row * dimensions + k] = k < telling ? 0.5 * meaning[row * telling + k]! : 0.3 * random.normal();
    return rows;
  };
  const pairs = {
    questions: noisy(),
    codes: noisy(),
    dimensions,
    keys: Int32Array.from({ length: count }, (_, i) => i),
    heldOut: Uint8Array.from({ length: count }, (_, i) => (i % 4 === 0 ? 1 : 0)),
  };
  const settings = { ...defaultHeadFit, epochs: 30, learningRate: 0.01 };
  const fit = fitHead(pairs, settings, silent);
  expect(fit.after.nDCG).toBeGreaterThan(fit.before.nDCG + 0.1);
  expect(fitHead(pairs, settings, silent).parameters).toEqual(fit.parameters);
});
