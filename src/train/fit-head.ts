/**
 * Fits a projection head to pairs of vectors that an encoder made: batches hold hard negatives mined as the head stands, the
 * rate warms up and falls as a cosine, and the held-out pairs decide which head is best and whether any is worth having.
 */
import { throwIfAborted } from '#base/abort.ts';
import type { Emit } from '#base/progress.ts';
import { headShape, type HeadShape, project } from '#embedders/projection-head.ts';
import { HeadTrainer } from './head-trainer.ts';
import { cosineSchedule } from './learning-rate.ts';
import { meanReciprocalRank, rankOf, singleGain } from './metrics.ts';
import { hardBatches, mineNegatives } from './mine-negatives.ts';
import { Random } from './numeric/random.ts';

export interface HeadPairs {
  /** count × dimensions unit vectors each; question i is answered by code i. */
  readonly questions: Float32Array;
  readonly codes: Float32Array;
  readonly dimensions: number;
  /** Equal keys ask for the same. */
  readonly keys: Int32Array;
  /** 1: kept out of training. */
  readonly heldOut: Uint8Array;
}

export interface HeadFitSettings {
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly warmUp: number;
  readonly seed: number;
  /** Hard negatives of each pair, mined anew each epoch; 0 for random batches. */
  readonly negatives: number;
  /** Epochs without a better score after which it ends. */
  readonly patience: number;
}

export const defaultHeadFit: HeadFitSettings = {
  epochs: 20,
  batch: 64,
  learningRate: 0.001,
  warmUp: 10,
  seed: 1,
  negatives: 3,
  patience: 4,
};

export interface HeadScore {
  readonly meanReciprocalRank: number;
  readonly nDCG: number;
  readonly pairs: number;
}

export interface HeadFit {
  readonly shape: HeadShape;
  readonly parameters: Float32Array;
  /** Of the encoder's own vectors, and of the best head's. */
  readonly before: HeadScore;
  readonly after: HeadScore;
  readonly steps: number;
}

export function fitHead(pairs: HeadPairs, settings: HeadFitSettings, emit: Emit, signal?: AbortSignal): HeadFit {
  const { dimensions, keys, heldOut } = pairs;
  const shape = headShape(dimensions);
  const learnt = Int32Array.from(keys.keys()).filter((i) => heldOut[i] === 0);
  const judged = Int32Array.from(keys.keys()).filter((i) => heldOut[i] === 1);
  const trainer = new HeadTrainer(shape, new Random(settings.seed));
  const random = new Random(settings.seed + 1);
  const rowsOf = (all: Float32Array, members: Int32Array): Float32Array => gather(all, members, dimensions);
  const [questions, codes] = [rowsOf(pairs.questions, learnt), rowsOf(pairs.codes, learnt)];
  const [asked, answers] = [rowsOf(pairs.questions, judged), rowsOf(pairs.codes, judged)];
  const own = gatherKeys(keys, learnt);
  const units = (rows: Float32Array): Float32Array => project(shape, trainer.parameters, rows).units;
  const before = scoreOf(asked, answers, dimensions);
  let after: HeadScore = { meanReciprocalRank: 0, nDCG: -1, pairs: judged.length };
  let best = trainer.parameters.slice();
  const perEpoch = Math.ceil(learnt.length / settings.batch);
  const steps = perEpoch * settings.epochs;
  for (let epoch = 0, worse = 0; epoch < settings.epochs && worse < settings.patience; epoch++) {
    const order = Int32Array.from(learnt.keys());
    random.shuffle(order);
    const negatives =
      settings.negatives === 0
        ? Array.from(order, () => new Int32Array())
        : mineNegatives({
            anchors: units(questions),
            targets: units(codes),
            dimensions: shape.output,
            keys: own,
            most: settings.negatives,
            margin: 0.05,
          });
    for (const batch of hardBatches(order, negatives, settings.batch)) {
      throwIfAborted(signal);
      const rate = settings.learningRate * cosineSchedule(trainer.steps, steps, settings.warmUp);
      const loss = trainer.step(
        {
          anchors: gather(questions, batch, dimensions),
          targets: gather(codes, batch, dimensions),
          keys: gatherKeys(own, batch),
        },
        rate,
      );
      const detail = `loss ${loss.toFixed(3)}`;
      emit({ type: 'progress', stage: 'train', done: trainer.steps, total: steps, detail });
    }
    const score = scoreOf(units(asked), units(answers), shape.output);
    worse = score.nDCG > after.nDCG ? 0 : worse + 1;
    if (worse > 0) continue;
    after = score;
    best = trainer.parameters.slice();
  }
  return { shape, parameters: best, before, after, steps: trainer.steps };
}

/** Each question against all of the codes. */
function scoreOf(questions: Float32Array, codes: Float32Array, dimensions: number): HeadScore {
  const count = questions.length / dimensions;
  const ranks = Array.from({ length: count }, (_, i) => {
    const scores = Float64Array.from({ length: count }, (_row, j) => {
      let sum = 0;
      for (let k = 0; k < dimensions; k++) sum += questions[i * dimensions + k]! * codes[j * dimensions + k]!;
      return sum;
    });
    return rankOf(scores, i);
  });
  const gain = ranks.reduce((sum, rank) => sum + singleGain(rank), 0);
  return { meanReciprocalRank: meanReciprocalRank(ranks), nDCG: count === 0 ? 0 : gain / count, pairs: count };
}

function gather(rows: Float32Array, members: Int32Array, dimensions: number): Float32Array {
  const found = new Float32Array(members.length * dimensions);
  members.forEach((member, at) =>
    found.set(rows.subarray(member * dimensions, (member + 1) * dimensions), at * dimensions),
  );
  return found;
}

const gatherKeys = (keys: Int32Array, members: Int32Array): Int32Array =>
  Int32Array.from(members, (member) => keys[member]!);
