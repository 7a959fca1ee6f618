import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { makeVectorKernels } from './vector-kernels.ts';
import { linearMemory } from '#base/web-assembly.ts';

const LENGTH = 32;
const numbers = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: LENGTH, maxLength: LENGTH });

describe('vector kernels', () => {
  const memory = linearMemory(4096);
  const kernels = makeVectorKernels(memory);
  const floats = new Float32Array(memory.buffer);
  const X = 64;
  const Y = 512;
  const put = (address: number, values: readonly number[]): void => floats.set(values, address / 4);
  const read = (address: number): number[] => Array.from(floats.subarray(address / 4, address / 4 + LENGTH));

  it('dot is the sum of products', () => {
    fc.assert(
      fc.property(numbers, numbers, (x, y) => {
        put(X, x);
        put(Y, y);
        const expected = x.reduce((sum, value, i) => sum + value * y[i]!, 0);
        expect(kernels.dot(X, Y, LENGTH)).toBeCloseTo(expected, 3);
      }),
    );
  });

  it('addScaled touches its range only', () => {
    put(
      X,
      Array.from({ length: LENGTH }, (_, i) => i),
    );
    put(Y, Array.from<number>({ length: LENGTH + 1 }).fill(1));
    kernels.addScaled(X, Y, -0.5, LENGTH);
    expect(read(Y)).toEqual(Array.from({ length: LENGTH }, (_, i) => 1 - i / 2));
    expect(floats[Y / 4 + LENGTH]).toBe(1);
    expect(floats[Y / 4 - 1]).toBe(0);
  });

  it('adam takes the step of the paper, computed by hand', () => {
    const [P, M, V, G] = [1024, 1280, 1536, 1792] as const;
    put(P, Array.from<number>({ length: LENGTH }).fill(1));
    put(M, Array.from<number>({ length: LENGTH }).fill(0));
    put(V, Array.from<number>({ length: LENGTH }).fill(0));
    put(G, Array.from<number>({ length: LENGTH }).fill(0.5));
    // First step: m̂ = g, v̂ = g², so p moves by the learning rate, and by learning rate × decay × p.
    const beta1 = 0.9;
    const beta2 = 0.99;
    const learningRate = 0.1;
    kernels.adam(P, M, V, G, LENGTH, {
      beta1,
      beta2,
      rate: learningRate / (1 - beta1),
      correction: 1 / (1 - beta2),
      epsilon: 1e-8,
      decay: learningRate * 0.01,
    });
    for (const value of read(P)) expect(value).toBeCloseTo(1 - 0.1 - 0.001, 5);
    for (const value of read(M)) expect(value).toBeCloseTo(0.05, 6);
    for (const value of read(V)) expect(value).toBeCloseTo(0.0025, 6);
  });
});

describe('Random', () => {
  it('is uniform, normal, and the same for the same seed', () => {
    const random = new Random(42);
    const uniform = Array.from({ length: 20_000 }, () => random.next());
    expect(uniform.reduce((sum, value) => sum + value, 0) / uniform.length).toBeCloseTo(0.5, 1);
    const normal = Array.from({ length: 20_000 }, () => random.normal());
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
    const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(variance).toBeGreaterThan(0.9);
    expect(variance).toBeLessThan(1.1);
    expect(new Random(42).next()).toBe(new Random(42).next());
    expect(new Random(42).next()).not.toBe(new Random(43).next());
  });

  it('shuffles to a permutation', () => {
    const values = Int32Array.from({ length: 100 }, (_, i) => i);
    new Random(1).shuffle(values);
    expect([...values].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...values]).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
