/** Fits a table model to a user's own code: from the shipped rows, a held-out part deciding whether the result is kept. */
import { TrowelError } from '#base/errors.ts';
import { contentHash } from '#base/hash.ts';
import type { Emit } from '#base/progress.ts';
import { encodeTableModel } from '#embedders/table/model-file.ts';
import type { TableModel } from '#embedders/table/table-model.ts';
import { findToken } from '#embedders/table/token-hash.ts';
import { quantiseRows } from '#vectors/quantised-rows.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { collectPairs, type TrainingFunction } from './collect-pairs.ts';
import { defaultFit, fitTable, type FitResult } from './fit-table.ts';
import type { HeldOutScore } from './held-out-score.ts';
import { defaultPairSettings } from './pair-batches.ts';

export interface AdaptRequest {
  readonly base: TableModel;
  readonly functions: readonly TrainingFunction[];
  readonly epochs: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Share of the groups that is kept out of training and decides. */
  readonly heldOutShare: number;
  readonly checkpoints?: CheckpointFolder | undefined;
  readonly emit: Emit;
  readonly signal?: AbortSignal | undefined;
}

export interface AdaptResult {
  /** `kept`: the new model is better on what it was not trained on. Otherwise nothing is to be stored. */
  readonly outcome: 'kept' | 'not-better';
  readonly file: Uint8Array | undefined;
  readonly described: number;
  readonly named: number;
  readonly views: number;
  readonly addedWords: number;
  readonly before: HeldOutScore;
  readonly after: HeldOutScore;
  readonly steps: number;
  readonly ended: FitResult['outcome'];
}

const FEWEST_PAIRS = 64;

/** Throws `not-found` where there is too little to learn from. */
export function adaptModel({
  base,
  functions,
  epochs,
  learningRate,
  seed,
  heldOutShare,
  checkpoints,
  emit,
  signal,
}: AdaptRequest): AdaptResult {
  const { dimensions, rows } = base;
  const { pairs, added, described, named, views } = collectPairs(functions, {
    rowOf: (word) => findToken(base.vocabulary, word),
    rows,
  });
  const heldOut = heldOutGroups(pairs.groups, heldOutShare, seed);
  if (pairs.count < FEWEST_PAIRS || heldOut.size === 0 || heldOut.size === pairs.groups.length)
    throw new TrowelError(
      'not-found',
      `There is too little to learn from: ${pairs.count} functions in ${pairs.groups.length} files.`,
      {
        hint: `At least ${FEWEST_PAIRS} functions in several files are needed.`,
      },
    );
  const table = new Float32Array((rows + added.length) * dimensions);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < dimensions; k++)
      table[row * dimensions + k] = base.values[row * dimensions + k]! * base.scales[row]!;
  const batch = Math.min(256, Math.max(32, pairs.count >> 2));
  const settings = {
    ...defaultFit,
    dimensions,
    epochs,
    learningRate,
    seed,
    warmUp: 10,
    pairs: { ...defaultPairSettings, batch, run: batch, nameWeight: base.weighting.name },
  };
  const fingerprint = contentHash(JSON.stringify([base.id, settings, pairs.count, added, [...heldOut]]));
  const fit = fitTable({
    settings,
    pairs,
    rows: rows + added.length,
    heldOut,
    start: { table },
    fingerprint,
    checkpoints,
    emit,
    signal,
  });
  const before = fit.before!;
  const after = fit.after!;
  const counts = {
    described,
    named,
    views,
    addedWords: added.length,
    before,
    after,
    steps: fit.steps,
    ended: fit.outcome,
  };
  if (!(after.nDCG > before.nDCG)) return { outcome: 'not-better', file: undefined, ...counts };
  const words = [...new TextDecoder().decode(base.words).split('\n'), ...added];
  const file = encodeTableModel({
    name: 'adapted',
    dimensions,
    words,
    ...quantiseRows(fit.table, dimensions),
    weighting: base.weighting,
    origin: {
      base: base.id,
      seed,
      epochs,
      learningRate,
      functions: pairs.count,
      heldOutGroups: heldOut.size,
      before,
      after,
    },
  });
  return { outcome: 'kept', file, ...counts };
}

/** Chosen by the hash of the name, so that the same files are held out whatever else is there. */
export function isHeldOut(group: string, share: number, seed: number): boolean {
  return parseInt(contentHash(`${seed} ${group}`).slice(0, 8), 16) / 0x1_0000_0000 < share;
}

function heldOutGroups(groups: readonly string[], share: number, seed: number): ReadonlySet<number> {
  return new Set(groups.flatMap((name, i) => (isHeldOut(name, share, seed) ? [i] : [])));
}
