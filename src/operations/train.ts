import path from 'node:path';
import { z } from 'zod';
import { painter, printable } from '#base/paint.ts';
import type { TrainingFunction } from '#train/collect-pairs.ts';
import type { TableModel } from '#embedders/table/table-model.ts';
import type { CodeScores } from '#train/code-scores.ts';
import type { HeldOutScore } from '#train/held-out-score.ts';
import { defineOperation } from './operation.ts';
import { type HeadOutput, headLines } from './head-lines.ts';
import { openTree } from './open-tree.ts';

/** Share of the files that is kept out of training and decides. */
const HELD_OUT = 0.15;

const input = z.object({
  paths: z
    .array(z.string())
    .default([])
    .describe('Repositories to learn from; default: the one around the working folder.'),
  adapt: z.boolean().default(false).describe('A short run, seconds, with a few passes over the functions.'),
  epochs: z.int().min(1).max(200).optional().describe('Passes over the functions; default 20, with --adapt 6.'),
  learningRate: z.number().min(0.00001).max(0.1).default(0.001).describe('Peak of the learning rate.'),
  views: z
    .boolean()
    .default(false)
    .describe('Learn from two views of each function as well: syntax, control flow, data flow, text, names.'),
  head: z
    .boolean()
    .default(false)
    .describe('Fit a projection head on the encoder that `models choose` took, which itself stays as it is.'),
  seed: z.int().min(0).default(1).describe('The same seed, code and model give the same result.'),
  choose: z.boolean().default(true).describe('Use the new model for these repositories, if it is better.'),
});

export interface TrainOutput {
  readonly base: string;
  /** Undefined: the result was not better, and the old model stays. */
  readonly model: string | undefined;
  readonly functions: number;
  readonly described: number;
  readonly named: number;
  /** Pairs of two views of one function. */
  readonly views: number;
  readonly addedWords: number;
  readonly before: HeldOutScore;
  readonly after: HeldOutScore;
  /** On held-out functions, of the base and of the new model, where it was kept. */
  readonly code: { readonly before: CodeScores; readonly after: CodeScores | undefined };
  readonly steps: number;
  readonly ended: 'finished' | 'stopped-early' | 'paused';
  readonly chosenFor: readonly string[];
  readonly milliseconds: number;
}

export type TrainAnswer = (TrainOutput & { readonly what: 'table' }) | (HeadOutput & { readonly what: 'head' });

export const operation = defineOperation<typeof input, TrainAnswer>({
  name: 'train',
  group: 'learn',
  summary: 'Fit the embedding model to your repositories; the old one stays unless the new one is better.',
  effect: 'write',
  input,
  positional: ['paths'],
  examples: [
    {
      command: 'trowel train --head',
      explains: 'The encoder that you chose, with a small layer on top that knows this repository.',
    },
    { command: 'trowel train --adapt', explains: 'Seconds: the shipped model learns the words of this repository.' },
    {
      command: 'trowel train . ../other --epochs 40',
      explains: 'A longer run over two repositories. It goes on where it was interrupted.',
    },
  ],
  async run({ paths, adapt, views, head, epochs, learningRate, seed, choose }, context) {
    const started = performance.now();
    const { services, emit, signal } = context;
    const { functionsOf } = await import('#train/functions-of.ts');
    const { adaptModel } = await import('#train/adapt-model.ts');
    const { checkpointFolder } = await import('#train/checkpoint-folder.ts');
    const { readStoredModel, readShippedModel, storeModel } = await import('#embedders/model-folder.ts');
    const { chooseModel, chosenModel } = await import('#embedders/model-choice.ts');
    const dataFolder = services.folders.data;
    const trees: { readonly root: string; readonly functions: readonly TrainingFunction[] }[] = [];
    for (const one of paths.length > 0 ? paths : [undefined]) {
      const { snapshot, root } = await openTree(context, one);
      try {
        if (trees.every((tree) => tree.root !== root)) trees.push({ root, functions: functionsOf(snapshot) });
      } finally {
        snapshot.close();
      }
    }
    const chosen = chosenModel(dataFolder, trees[0]!.root);
    // What learns is a table; where a service is chosen, the shipped one does.
    const base =
      chosen === 'default' || chosen.includes(':') ? readShippedModel() : readStoredModel(dataFolder, chosen);
    if (head) {
      const { fitTreeHead } = await import('./fit-tree-head.ts');
      return { what: 'head', ...(await fitTreeHead({ trees, epochs, seed, choose }, context)) };
    }
    const all = trees.flatMap(({ root, functions: own }) =>
      trees.length === 1 ? own : own.map((one) => ({ ...one, group: `${root}/${one.group}` })),
    );
    const functions = views ? await withViews(all, signal) : all;
    const checkpoints = adapt ? undefined : checkpointFolder(path.join(dataFolder, 'models', 'checkpoints'));
    const result = adaptModel({
      base,
      functions,
      epochs: epochs ?? (adapt ? 6 : 20),
      learningRate,
      seed,
      heldOutShare: HELD_OUT,
      checkpoints,
      emit,
      signal,
    });
    checkpoints?.remove();
    const { file, outcome: _, ...numbers } = result;
    const stored = file && storeModel(dataFolder, file);
    const model = stored?.id;
    const code = await scoreCode(functions, seed, base, stored, signal);
    const chosenFor = model !== undefined && choose ? trees.map(({ root }) => root) : [];
    for (const root of chosenFor) chooseModel(dataFolder, root, model!);
    return {
      what: 'table',
      base: base.id,
      model,
      functions: functions.length,
      ...numbers,
      code,
      chosenFor,
      milliseconds: performance.now() - started,
    };
  },
  render(output, { color }) {
    const paint = painter(color);
    if (output.what === 'head') return headLines(output, paint);
    const { base, model, functions, described, named, views, addedWords } = output;
    const { before, after, code, steps, ended, chosenFor, milliseconds } = output;
    const score = ({ nDCG, meanReciprocalRank }: HeldOutScore): string =>
      `nDCG@10 ${nDCG.toFixed(3)}, MRR ${meanReciprocalRank.toFixed(3)}`;
    const lines = [
      `${functions} functions: ${described} by their documentation, ${named} by their names${views > 0 ? `, ${views} by two views` : ''}; ${addedWords} new words`,
      `${steps} steps in ${(milliseconds / 1000).toFixed(1)} s${ended === 'stopped-early' ? ', stopped early' : ''}`,
      `held out: ${before.pairs} functions in ${before.groups} files`,
      `  before  ${score(before)}${codeLine(code.before)}  ${paint.dim(base)}`,
      `  after   ${score(after)}${code.after ? codeLine(code.after) : ''}  ${paint.dim(model ?? 'not kept')}`,
    ];
    if (model === undefined) lines.push(paint.yellow('The new model is not better: the old one stays.'));
    for (const root of chosenFor)
      lines.push(`chosen for ${printable(root)}: its vectors are made with it from the next dig on`);
    return `${lines.join('\n')}\n`;
  },
});

async function withViews(
  functions: readonly TrainingFunction[],
  signal: AbortSignal | undefined,
): Promise<readonly TrainingFunction[]> {
  const { withCodeViews } = await import('./code-views.ts');
  return withCodeViews(functions, signal);
}

async function scoreCode(
  functions: readonly TrainingFunction[],
  seed: number,
  base: TableModel,
  stored: TableModel | undefined,
  signal: AbortSignal | undefined,
): Promise<TrainOutput['code']> {
  const { isHeldOut } = await import('#train/adapt-model.ts');
  const { codeScores } = await import('#train/code-scores.ts');
  const { tableEmbeddingModel } = await import('#embedders/table/table-embedding-model.ts');
  const { detectLanguage } = await import('#languages/detect-language.ts');
  const held = functions
    .filter(({ group }) => isHeldOut(group, HELD_OUT, seed))
    .map(({ name, text, path: file }) => ({ name, text, language: detectLanguage(file).language ?? '' }));
  return {
    before: await codeScores(tableEmbeddingModel(base), held, signal),
    after: stored && (await codeScores(tableEmbeddingModel(stored), held, signal)),
  };
}

/** Nothing where there were too few functions to say something. */
function codeLine({ cloneF1, crossLanguage }: CodeScores): string {
  return [
    cloneF1 === undefined ? '' : `, clones F1 ${cloneF1.toFixed(3)}`,
    crossLanguage === undefined ? '' : `, across languages ${crossLanguage.toFixed(3)}`,
  ].join('');
}
