/** How well a table finds what it was not trained on: the honest number that decides whether to keep it. */
import { Random } from './numeric/random.ts';
import { meanReciprocalRank, rankOf, singleGain } from './metrics.ts';
import { type Runs, runOf, type TrainingPairs } from './training-pairs.ts';

export interface HeldOutScore {
  /** Against up to 999 others of the held-out pairs, drawn once by seed; the name is kept in the target. */
  readonly meanReciprocalRank: number;
  /** nDCG@10 against all others of the same group, mean over groups. */
  readonly nDCG: number;
  readonly pairs: number;
  readonly groups: number;
}

const DISTRACTORS = 999;
const MOST_ASKED_A_GROUP = 100;

export interface HeldOutInput {
  readonly table: Float32Array;
  readonly dimensions: number;
  readonly nameWeight: number;
  readonly pairs: TrainingPairs;
  /** Pairs of the groups that were kept out of training. */
  readonly members: Int32Array;
  readonly seed: number;
}

export function heldOutScore({ table, dimensions, nameWeight, pairs, members, seed }: HeldOutInput): HeldOutScore {
  const random = new Random(seed);
  const embed = new BagEmbedder(table, dimensions);
  const targets = new Float32Array(members.length * dimensions);
  members.forEach((i, at) => {
    for (const field of [pairs.body, pairs.comments, pairs.name]) embed.count(field, i);
    embed.addLogarithmic();
    for (const row of runOf(pairs.name, i)) embed.add(row, nameWeight);
    embed.finish(targets, at * dimensions);
  });
  const byGroup = new Map<number, number[]>();
  members.forEach((i, at) => {
    const group = pairs.group[i]!;
    byGroup.set(group, [...(byGroup.get(group) ?? []), at]);
  });
  const question = new Float32Array(dimensions);
  const cosine = (at: number): number => {
    let sum = 0;
    for (let k = 0, from = at * dimensions; k < dimensions; k++) sum += question[k]! * targets[from + k]!;
    return sum;
  };
  const ranks: number[] = [];
  const gains: number[] = [];
  for (const group of byGroup.values()) {
    const order = Int32Array.from(group);
    random.shuffle(order);
    const asked = order.subarray(0, MOST_ASKED_A_GROUP);
    let gain = 0;
    for (const at of asked) {
      for (const row of runOf(pairs.anchor, members[at]!)) embed.add(row, 1);
      embed.finish(question, 0);
      const others = Array.from({ length: Math.min(DISTRACTORS, members.length - 1) }, () =>
        random.below(members.length),
      );
      ranks.push(rankOf([cosine(at), ...others.filter((other) => other !== at).map(cosine)], 0));
      gain += singleGain(rankOf(group.map(cosine), group.indexOf(at)));
    }
    if (asked.length > 0) gains.push(gain / asked.length);
  }
  return {
    meanReciprocalRank: meanReciprocalRank(ranks),
    nDCG: gains.length === 0 ? 0 : gains.reduce((sum, gain) => sum + gain, 0) / gains.length,
    pairs: members.length,
    groups: byGroup.size,
  };
}

class BagEmbedder {
  readonly #table: Float32Array;
  readonly #dimensions: number;
  readonly #sum: Float64Array;
  readonly #tally = new Map<number, number>();

  constructor(table: Float32Array, dimensions: number) {
    this.#table = table;
    this.#dimensions = dimensions;
    this.#sum = new Float64Array(dimensions);
  }

  count(runs: Runs, i: number): void {
    for (const row of runOf(runs, i)) this.#tally.set(row, (this.#tally.get(row) ?? 0) + 1);
  }

  addLogarithmic(): void {
    for (const [row, count] of this.#tally) this.add(row, 1 + Math.log(count));
    this.#tally.clear();
  }

  add(row: number, weight: number): void {
    for (let k = 0, from = row * this.#dimensions; k < this.#dimensions; k++)
      this.#sum[k]! += weight * this.#table[from + k]!;
  }

  /** Writes the unit vector and starts anew. */
  finish(into: Float32Array, at: number): void {
    let square = 0;
    for (const value of this.#sum) square += value * value;
    const inverse = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < this.#dimensions; k++) into[at + k] = this.#sum[k]! * inverse;
    this.#sum.fill(0);
  }
}
