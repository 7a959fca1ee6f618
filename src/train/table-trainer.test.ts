import { describe, expect, it } from 'vitest';
import { Random } from './numeric/random.ts';
import { defaultOptimizer, type PairBatch, TableTrainer } from './table-trainer.ts';
import { WeightedBags } from './weighted-bags.ts';

const shape = { rows: 12, dimensions: 16, batch: 4 };

function bags(...all: readonly (readonly (readonly [number, number])[])[]): WeightedBags {
  const made = new WeightedBags();
  for (const bag of all) {
    for (const [row, weight] of bag) made.push(row, weight);
    made.close();
  }
  return made;
}

const batch: PairBatch = {
  anchors: bags(
    [[0, 1]],
    [
      [1, 1],
      [2, 2],
    ],
    [
      [3, 1],
      [0, 0.5],
    ],
  ),
  targets: bags(
    [
      [4, 1],
      [5, 1.7],
    ],
    [
      [2, 1],
      [6, 4],
    ],
    [
      [7, 1],
      [8, 1],
      [4, 1],
    ],
  ),
  keys: Int32Array.of(0, 1, 2),
};

function started(): TableTrainer {
  const trainer = new TableTrainer(shape, { ...defaultOptimizer, temperature: 0.4 });
  trainer.initialise(new Random(5), () => 1);
  return trainer;
}

describe('TableTrainer', () => {
  it('has the gradient that finite differences show', () => {
    const trainer = started();
    const { rows } = trainer.gradient(batch);
    expect([...rows.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const lossWith = (at: number, change: number): number => {
      trainer.table[at]! += change;
      const { loss } = trainer.gradient(batch);
      trainer.table[at]! -= change;
      return loss;
    };
    for (const [row, gradient] of rows)
      for (let i = 0; i < shape.dimensions; i++) {
        const at = row * shape.dimensions + i;
        expect(gradient[i]).toBeCloseTo((lossWith(at, 5e-3) - lossWith(at, -5e-3)) / 1e-2, 2);
      }
  });

  it('learns pairs, and leaves rows alone that took no part', () => {
    const trainer = started();
    const untouched = trainer.table.slice(9 * 16);
    const first = trainer.step(batch, 0.01);
    let last = first;
    for (let i = 0; i < 200; i++) last = trainer.step(batch, 0.01);
    expect(last).toBeLessThan(first / 10);
    expect(trainer.table.slice(9 * 16)).toEqual(untouched);
  });

  it('is the same each time, and goes on from its state', () => {
    const [one, other] = [started(), started()];
    for (let i = 0; i < 5; i++) one.step(batch, 0.01);
    for (let i = 0; i < 2; i++) other.step(batch, 0.01);
    const resumed = new TableTrainer(shape, { ...defaultOptimizer, temperature: 0.4 });
    other.state.forEach((array, i) => resumed.state[i]!.set(array));
    resumed.steps = other.steps;
    for (let i = 0; i < 3; i++) resumed.step(batch, 0.01);
    expect(resumed.table).toEqual(one.table);
  });

  it('shortens gradients that are too long', () => {
    const steep = new TableTrainer(shape, { ...defaultOptimizer, temperature: 0.4, clipNorm: 1e-12, epsilon: 1 });
    steep.initialise(new Random(5), () => 1);
    const before = steep.table.slice();
    steep.step(batch, 0.01);
    const moved = Math.max(...steep.table.map((value, i) => Math.abs(value - before[i]!)));
    expect(moved).toBeLessThan(1e-9);
  });
});
