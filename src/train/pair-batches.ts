/**
 * Makes batches of pairs. Each consists of runs of one group (functions of one repository are each other's hard negatives), and
 * each time a pair is seen it looks a little different: words drop out, the name is sometimes hidden on either side.
 */
import type { Random } from './numeric/random.ts';
import type { PairBatch } from './table-trainer.ts';
import { PairKind, type Runs, runOf, type TrainingPairs } from './training-pairs.ts';
import { WeightedBags } from './weighted-bags.ts';

export interface PairSettings {
  readonly batch: number;
  /** Pairs of one group that lie together; divides `batch`. */
  readonly run: number;
  /** Share of words that drop out on either side. */
  readonly dropout: number;
  /** Weight of each word of the name in a target. */
  readonly nameWeight: number;
  /** How often a described target keeps its name. */
  readonly keepName: number;
  /** How often the words of the name are taken out of the anchor. */
  readonly hideInAnchor: number;
  /** How often a target sees the words of its path, each with weight 1. */
  readonly showPlace: number;
  /** How often comments inside a body take the place of the name as anchor, and leave the target. */
  readonly askComments: number;
}

export const defaultPairSettings: PairSettings = {
  batch: 512,
  run: 256,
  dropout: 0.1,
  nameWeight: 4,
  keepName: 0.6,
  hideInAnchor: 0.5,
  showPlace: 0.5,
  askComments: 0.3,
};

/** Comments stand in for a question: of a question's length. */
const FEWEST_COMMENT_WORDS = 4;
const MOST_COMMENT_WORDS = 16;

/** Which pairs make up each batch of one epoch. */
export function epochBatches(
  pairs: TrainingPairs,
  members: Int32Array,
  { batch, run }: PairSettings,
  random: Random,
): Int32Array[] {
  const byGroup = new Map<number, number[]>();
  for (const i of members) {
    const group = pairs.group[i]!;
    const list = byGroup.get(group);
    if (list) list.push(i);
    else byGroup.set(group, [i]);
  }
  const runs: Int32Array[] = [];
  const rest: number[] = [];
  for (const list of byGroup.values()) {
    const shuffled = Int32Array.from(list);
    random.shuffle(shuffled);
    let at = 0;
    for (; at + run <= shuffled.length; at += run) runs.push(shuffled.subarray(at, at + run));
    rest.push(...shuffled.subarray(at));
  }
  for (let at = 0; at + run <= rest.length; at += run) runs.push(Int32Array.from(rest.slice(at, at + run)));
  if (runs.length === 0 && rest.length > 1) runs.push(Int32Array.from(rest));
  const order = Int32Array.from(runs.keys());
  random.shuffle(order);
  const each = Math.max(1, Math.floor(batch / run));
  const batches: Int32Array[] = [];
  for (let at = 0; at < order.length; at += each) {
    const chosen = Array.from(order.subarray(at, at + each), (i) => runs[i]!);
    if (chosen.length === each || batches.length === 0)
      batches.push(Int32Array.from(chosen.flatMap((one) => [...one])));
  }
  return batches;
}

export class BatchMaker {
  readonly #pairs: TrainingPairs;
  readonly #settings: PairSettings;
  readonly #random: Random;
  readonly #tally: Float64Array;
  #listed: number[] = [];
  readonly #anchors = new WeightedBags();
  readonly #targets = new WeightedBags();

  /** `rows`: of the vocabulary. */
  constructor(pairs: TrainingPairs, rows: number, settings: PairSettings, random: Random) {
    this.#pairs = pairs;
    this.#settings = settings;
    this.#random = random;
    this.#tally = new Float64Array(rows);
  }

  /** Valid until the next call. */
  make(members: Int32Array): PairBatch {
    this.#anchors.clear();
    this.#targets.clear();
    const known = new Map<string, number>();
    const keys = Int32Array.from(members, (i) => {
      const text = this.#pair(i).join();
      const key = known.get(text) ?? known.size;
      known.set(text, key);
      return key;
    });
    return { anchors: this.#anchors, targets: this.#targets, keys };
  }

  /** Writes one pair; returns what was asked, before dropout. */
  #pair(i: number): Int32Array {
    const { keepName, hideInAnchor, showPlace, askComments, nameWeight, dropout } = this.#settings;
    const kind = this.#pairs.kind[i]!;
    const name = this.#run('name', i);
    const comments = this.#run('comments', i);
    let asked = this.#run('anchor', i);
    let shownComments: Int32Array | undefined = comments;
    let shownName = kind === PairKind.described && this.#random.next() < keepName;
    if (kind === PairKind.named && comments.length >= FEWEST_COMMENT_WORDS && this.#random.next() < askComments) {
      asked = comments.subarray(0, MOST_COMMENT_WORDS);
      shownComments = undefined;
      shownName = this.#random.next() < keepName;
    }
    const hidden = kind === PairKind.described && this.#random.next() < hideInAnchor ? new Set(name) : undefined;
    for (const row of asked) if (!hidden?.has(row)) this.#count(row);
    this.#write(this.#anchors, dropout, (count) => count);
    this.#anchors.close();
    for (const row of this.#run('body', i)) this.#count(row);
    if (shownComments) for (const row of shownComments) this.#count(row);
    if (shownName) for (const row of name) this.#count(row);
    this.#write(this.#targets, dropout, (count) => 1 + Math.log(count));
    if (shownName) for (const row of name) this.#targets.push(row, nameWeight);
    if (this.#random.next() < showPlace) for (const row of this.#run('place', i)) this.#targets.push(row, 1);
    this.#targets.close();
    return asked;
  }

  #run(field: 'anchor' | 'name' | 'body' | 'comments' | 'place', i: number): Int32Array {
    const runs: Runs = this.#pairs[field];
    return runOf(runs, i);
  }

  #count(row: number): void {
    if (this.#tally[row] === 0) this.#listed.push(row);
    this.#tally[row]! += 1;
  }

  #write(bags: WeightedBags, dropout: number, weigh: (count: number) => number): void {
    for (const row of this.#listed) {
      if (this.#random.next() >= dropout) bags.push(row, weigh(this.#tally[row]!));
      this.#tally[row] = 0;
    }
    this.#listed = [];
  }
}
