/** `train --head`: vectors of a tree's functions by the chosen encoder, a head fitted to them, stored where it is better. */
import { contentHash } from '#base/hash.ts';
import { TrowelError } from '#base/errors.ts';
import { chooseModel, chosenModel } from '#embedders/model-choice.ts';
import { storeHead } from '#embedders/model-folder.ts';
import { encodeHead } from '#embedders/projection-head.ts';
import type { EmbeddingInput, EmbeddingModel } from '#model/embedding-model.ts';
import type { TrainingFunction } from '#train/collect-pairs.ts';
import { defaultHeadFit, fitHead } from '#train/fit-head.ts';
import { openOutsideEncoder } from '#workspace/outside-encoder.ts';
import type { HeadOutput } from './head-lines.ts';
import type { OperationContext } from './operation.ts';

export interface TreeHeadRequest {
  readonly trees: readonly { readonly root: string; readonly functions: readonly TrainingFunction[] }[];
  readonly epochs: number | undefined;
  readonly seed: number;
  readonly choose: boolean;
}

/** An encoder takes milliseconds a function. */
const MOST_FUNCTIONS = 3_000;
const FEWEST_FUNCTIONS = 64;
const HELD_OUT = 0.2;
const BATCH = 64;

/** Throws `usage` where no encoder is chosen, `not-found` where there is too little to learn from. */
export async function fitTreeHead(
  { trees, epochs, seed, choose }: TreeHeadRequest,
  { services, emit, signal }: OperationContext,
): Promise<HeadOutput> {
  const started = performance.now();
  const dataFolder = services.folders.data;
  const chosen = chosenModel(dataFolder, trees[0]!.root);
  const encoder = chosen.startsWith('head:') ? undefined : chosen;
  if (encoder === undefined || !encoder.includes(':'))
    throw new TrowelError('usage', 'A head sits on an encoder, and none is chosen here.', {
      hint: 'For example: trowel models choose ollama:nomic-embed-text',
    });
  const { url } = services.configFor(trees[0]!.root).values.search;
  const choice = { name: encoder, url, dataFolder, environment: services.environment };
  const model = await openOutsideEncoder(choice, signal);
  const functions = trees
    .flatMap(({ root, functions: own }) => own.map((one) => ({ one, group: `${root}/${one.group}` })))
    .filter(({ one }) => (one.documentation ?? one.name).trim() !== '' && one.text.includes('\n'))
    .sort((a, b) => hashOf(a.one, seed) - hashOf(b.one, seed))
    .slice(0, MOST_FUNCTIONS);
  const groups = new Set(functions.map(({ group }) => group));
  const isHeldOut = (group: string): boolean => fraction(`${seed} ${group}`) < HELD_OUT;
  const heldOut = Uint8Array.from(functions, ({ group }) => (isHeldOut(group) ? 1 : 0));
  const kept = heldOut.reduce((sum, one) => sum + one, 0);
  if (functions.length < FEWEST_FUNCTIONS || kept === 0 || kept === functions.length)
    throw new TrowelError(
      'not-found',
      `There is too little to learn from: ${functions.length} functions in ${groups.size} files.`,
      { hint: `At least ${FEWEST_FUNCTIONS} functions in several files are needed.` },
    );
  const asked = functions.map(({ one }): EmbeddingInput => ({ role: 'query', text: one.documentation ?? one.name }));
  const told = functions.map(({ one }): EmbeddingInput => ({ role: 'code', name: one.name, text: withoutAnswer(one) }));
  const done = { count: 0, total: asked.length * 2 };
  const questions = await embedAll(model, asked, done, emit, signal);
  const codes = await embedAll(model, told, done, emit, signal);
  const numbers = new Map<string, number>();
  const keys = Int32Array.from(asked, ({ text }) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text)!;
  });
  const settings = { ...defaultHeadFit, seed, ...(epochs === undefined ? {} : { epochs }) };
  const fit = fitHead({ questions, codes, dimensions: model.dimensions, keys, heldOut }, settings, emit, signal);
  const { shape, before, after, steps } = fit;
  const isBetter = after.nDCG > before.nDCG;
  const { id, file } = encodeHead({
    encoder,
    encoderId: model.id,
    shape,
    parameters: fit.parameters,
    origin: { seed, functions: functions.length, before, after, steps },
  });
  if (isBetter) storeHead(dataFolder, id, file);
  const chosenFor = isBetter && choose ? trees.map(({ root }) => root) : [];
  for (const root of chosenFor) chooseModel(dataFolder, root, `head:${id}`);
  return {
    encoder,
    model: isBetter ? `head:${id}` : undefined,
    shape,
    pairs: functions.length,
    before,
    after,
    steps,
    chosenFor,
    milliseconds: performance.now() - started,
  };
}

/** Its documentation inside its text would be the question in the answer. */
function withoutAnswer({ text, documentation }: TrainingFunction): string {
  return documentation === undefined ? text : text.replace(documentation, ' ').replace(documentation.trim(), ' ');
}

async function embedAll(
  model: EmbeddingModel,
  inputs: readonly EmbeddingInput[],
  done: { count: number; readonly total: number },
  emit: OperationContext['emit'],
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const rows = new Float32Array(inputs.length * model.dimensions);
  for (let at = 0; at < inputs.length; at += BATCH) {
    const some = inputs.slice(at, at + BATCH);
    rows.set((await model.embed(some, signal)).rows, at * model.dimensions);
    done.count += some.length;
    emit({ type: 'progress', stage: 'embed', done: done.count, total: done.total });
  }
  return rows;
}

const fraction = (text: string): number => parseInt(contentHash(text).slice(0, 8), 16) / 0x1_0000_0000;
const hashOf = ({ path, name, text }: TrainingFunction, seed: number): number =>
  fraction(`${seed} ${path} ${name} ${text.length}`);
