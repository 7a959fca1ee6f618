import { describe, expect, it } from 'vitest';
import { contrastiveLoss } from './contrastive-loss.ts';
import { Random } from './numeric/random.ts';

describe('contrastiveLoss', () => {
  it('is what one computes by hand for two pairs', () => {
    // Logits 2 on the diagonal and 1 beside it: each of the four cross-entropies is ln(1 + e⁻¹).
    const cosines = Float32Array.of(1, 0.5, 0.5, 1);
    const loss = contrastiveLoss({ cosines, count: 2, keys: Int32Array.of(0, 1), temperature: 0.5 });
    expect(loss).toBeCloseTo(Math.log(1 + Math.exp(-1)), 6);
    // Softmax of the wrong one is 1/(1 + e); both directions, over 2·count·temperature.
    const wrong = 1 / (1 + Math.E);
    expect([...cosines]).toEqual([-wrong, wrong, wrong, -wrong].map((value) => expect.closeTo(value, 6)));
  });

  it('has the gradient that finite differences show', () => {
    const random = new Random(3);
    const count = 6;
    const values = Float64Array.from({ length: count * count }, () => random.next() * 2 - 1);
    const keys = Int32Array.of(0, 1, 2, 1, 4, 5);
    const lossAt = (at: number, change: number): number => {
      const cosines = Float32Array.from(values);
      cosines[at]! += change;
      return contrastiveLoss({ cosines, count, keys, temperature: 0.3 });
    };
    const gradient = Float32Array.from(values);
    contrastiveLoss({ cosines: gradient, count, keys, temperature: 0.3 });
    for (let at = 0; at < values.length; at++) {
      const numeric = (lossAt(at, 1e-2) - lossAt(at, -1e-2)) / 2e-2;
      expect(gradient[at]).toBeCloseTo(numeric, 2);
    }
  });

  it('does not push apart what asks for the same', () => {
    const cosines = Float32Array.of(0.2, 0.9, 0.9, 0.2);
    expect(contrastiveLoss({ cosines, count: 2, keys: Int32Array.of(7, 7), temperature: 0.1 })).toBeCloseTo(0, 6);
    expect([...cosines].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });
});
