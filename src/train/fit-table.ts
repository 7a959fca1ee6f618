/**
 * Trains a table on pairs: from random rows or from a model that there is, looks at the held-out groups as it goes, stops when
 * they get no better, and hands back the best table with an honest before and after.
 */
import { throwIfAborted } from '#base/abort.ts';
import type { Emit } from '#base/progress.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { type HeldOutScore, heldOutScore } from './held-out-score.ts';
import { cosineSchedule } from './learning-rate.ts';
import { Random } from './numeric/random.ts';
import { BatchMaker, epochBatches, type PairSettings } from './pair-batches.ts';
import { defaultOptimizer, type OptimizerSettings, TableTrainer } from './table-trainer.ts';
import { PairKind, pairsWhere, type TrainingPairs } from './training-pairs.ts';

export interface FitSettings {
  readonly dimensions: number;
  readonly epochs: number;
  /** Peak of the schedule. */
  readonly learningRate: number;
  /** Steps of linear warm-up. */
  readonly warmUp: number;
  readonly seed: number;
  readonly pairs: PairSettings;
  readonly optimizer: OptimizerSettings;
  /** Steps between looks at the held-out groups; 0 for one at the end of each epoch. */
  readonly lookEvery: number;
  /** Looks without a better score after which training ends. */
  readonly patience: number;
}

export const defaultFit: Omit<FitSettings, 'pairs'> = {
  dimensions: 256,
  epochs: 2,
  learningRate: 0.004,
  warmUp: 100,
  seed: 1,
  optimizer: defaultOptimizer,
  lookEvery: 0,
  patience: 3,
};

export interface FitInput {
  readonly settings: FitSettings;
  readonly pairs: TrainingPairs;
  /** Rows of the vocabulary. */
  readonly rows: number;
  /** Groups that are kept out, by number. */
  readonly heldOut: ReadonlySet<number>;
  /** Where the rows start: a model's own, or a scale for random ones. */
  readonly start: { readonly table: Float32Array } | { readonly scale: (row: number) => number };
  readonly fingerprint: string;
  readonly checkpoints?: CheckpointFolder | undefined;
  /** Ends the run early, leaving a checkpoint: asked before each step. */
  readonly pause?: () => boolean;
  readonly emit: Emit;
  readonly signal?: AbortSignal | undefined;
}

export interface FitResult {
  readonly outcome: 'finished' | 'stopped-early' | 'paused';
  /** The best by held-out score; where nothing is held out, the last. */
  readonly table: Float32Array;
  readonly before: HeldOutScore | undefined;
  readonly after: HeldOutScore | undefined;
  readonly steps: number;
  readonly loss: number;
  readonly pairs: number;
}

const CHECKPOINT_EVERY = 400;

export function fitTable(input: FitInput): FitResult {
  const { settings, pairs, rows, heldOut, start, emit, signal } = input;
  const { dimensions, epochs, seed } = settings;
  const members = pairsWhere(pairs, (group) => !heldOut.has(group));
  // Views of code are learnt from; questions are what is judged.
  const judged = pairsWhere(pairs, (group) => heldOut.has(group)).filter((i) => pairs.kind[i] !== PairKind.views);
  const trainer = new TableTrainer(
    { rows, dimensions, batch: settings.pairs.batch + settings.pairs.run },
    settings.optimizer,
  );
  if ('table' in start) trainer.table.set(start.table);
  else trainer.initialise(new Random(seed), start.scale);
  const look = (table: Float32Array): HeldOutScore | undefined =>
    judged.length === 0
      ? undefined
      : heldOutScore({ table, dimensions, nameWeight: settings.pairs.nameWeight, pairs, members: judged, seed });
  const before = look(trainer.table);
  const best: { table: Float32Array; score: number; held: HeldOutScore | undefined } = {
    table: trainer.table.slice(),
    score: before ? before.nDCG : -1,
    held: before,
  };
  let looksSinceBest = 0;
  const resumed = input.checkpoints?.latest(input.fingerprint);
  if (resumed) {
    resumed.arrays.slice(0, 3).forEach((array, i) => trainer.state[i]!.set(array));
    trainer.steps = resumed.step;
    best.table = resumed.arrays[3]!;
    best.score = resumed.bestScore;
    best.held = look(best.table);
    looksSinceBest = resumed.looksSinceBest;
  }
  const save = (score: number | undefined): void =>
    input.checkpoints?.save(
      {
        fingerprint: input.fingerprint,
        step: trainer.steps,
        bestScore: best.score,
        looksSinceBest,
        arrays: [...trainer.state, best.table],
      },
      score,
    );

  const perEpoch = epochBatches(pairs, members, settings.pairs, new Random(seed)).length;
  const steps = perEpoch * epochs;
  const result = (outcome: FitResult['outcome'], loss: number): FitResult => ({
    outcome,
    table: judged.length === 0 ? trainer.table.slice() : best.table,
    before,
    after: best.held,
    steps: trainer.steps,
    loss,
    pairs: members.length,
  });
  let loss = NaN;
  for (let epoch = Math.floor(trainer.steps / Math.max(1, perEpoch)); epoch < epochs; epoch++) {
    const batches = epochBatches(pairs, members, settings.pairs, new Random(mixed(seed, epoch)));
    for (let at = trainer.steps - epoch * perEpoch; at < batches.length; at++) {
      throwIfAborted(signal);
      if (input.pause?.()) {
        save(undefined);
        return result('paused', loss);
      }
      const maker = new BatchMaker(pairs, rows, settings.pairs, new Random(mixed(seed, 0x10000 + trainer.steps)));
      const rate = settings.learningRate * cosineSchedule(trainer.steps, steps, settings.warmUp);
      const now = trainer.step(maker.make(batches[at]!), rate);
      loss = Number.isNaN(loss) ? now : loss * 0.98 + now * 0.02;
      emit({ type: 'progress', stage: 'train', done: trainer.steps, total: steps, detail: `loss ${loss.toFixed(3)}` });
      const isLook = settings.lookEvery > 0 ? trainer.steps % settings.lookEvery === 0 : at === batches.length - 1;
      if (isLook && judged.length > 0) {
        const held = look(trainer.table)!;
        if (held.nDCG > best.score) {
          Object.assign(best, { table: trainer.table.slice(), score: held.nDCG, held });
          looksSinceBest = 0;
        } else looksSinceBest++;
        emit({
          type: 'note',
          message: `step ${trainer.steps}: loss ${loss.toFixed(3)}, held out nDCG@10 ${held.nDCG.toFixed(4)}, MRR ${held.meanReciprocalRank.toFixed(4)}`,
        });
        save(held.nDCG);
        if (looksSinceBest >= settings.patience) return result('stopped-early', loss);
      } else if (trainer.steps % CHECKPOINT_EVERY === 0) save(undefined);
    }
  }
  return result('finished', loss);
}

/** One number from two, well mixed. */
const mixed = (a: number, b: number): number =>
  Math.imul(a + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
