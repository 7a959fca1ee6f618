import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import { painter, printable } from '#base/paint.ts';
import { defineOperation } from './operation.ts';
import type { Services } from './services.ts';

const input = z.object({
  action: z
    .enum(['list', 'show', 'choose', 'remove'])
    .default('list')
    .describe(
      'list: the shipped model and your own. show: where one comes from. choose: which is used. remove: delete one of your own.',
    ),
  model: z
    .string()
    .optional()
    .describe('`default`, a model’s id, or an encoder: ollama:<model>, openai:<model>, onnx:<folder> …'),
  everywhere: z.boolean().default(false).describe('choose: for all repositories that have no choice of their own.'),
});

export interface ModelEntry {
  readonly id: string;
  readonly shipped: boolean;
  readonly dimensions: number;
  readonly words: number;
  readonly bytes: number;
  readonly origin: Readonly<Record<string, unknown>>;
}

export interface ModelsOutput {
  /** What this repository uses: `default`, an id, or a service. */
  readonly chosen: string;
  readonly models: readonly ModelEntry[];
  /** Files that are no usable models, and why. */
  readonly damaged: readonly string[];
  readonly removed?: string;
}

async function openChosen(
  name: string,
  root: string,
  services: Services,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { openOutsideEncoder } = await import('#workspace/outside-encoder.ts');
  const { url } = services.configFor(root).values.search;
  const { environment } = services;
  await openOutsideEncoder({ name, url, dataFolder: services.folders.data, environment }, signal);
}

export const operation = defineOperation<typeof input, ModelsOutput>({
  name: 'models',
  group: 'learn',
  summary: 'List, show, choose and remove embedding models.',
  effect: 'write',
  input,
  positional: ['action', 'model'],
  examples: [
    { command: 'trowel models', explains: 'The shipped model, your own, and which one this repository uses.' },
    {
      command: 'trowel models choose ollama:nomic-embed-text',
      explains: 'Vectors by an encoder of yours, from the next dig on.',
    },
    { command: 'trowel models choose default', explains: 'Back to the shipped model.' },
  ],
  async run({ action, model: asked, everywhere }, { services, signal }) {
    const folder = await import('#embedders/model-folder.ts');
    const { chooseModel, chosenModel } = await import('#embedders/model-choice.ts');
    const { locateTree } = await import('#workspace/locate-tree.ts');
    const dataFolder = services.folders.data;
    const root = locateTree(services.workingFolder, undefined).root;
    const read = (id: string): ModelEntry => {
      const shipped = folder.readShippedModel();
      const model = id === 'default' ? shipped : folder.readStoredModel(dataFolder, id);
      const { dimensions, rows, values, origin } = model;
      return { id: model.id, shipped: model === shipped, dimensions, words: rows, bytes: values.length, origin };
    };
    if (action !== 'list' && asked === undefined)
      throw new TrowelError('usage', `\`models ${action}\` needs a model.`, { hint: '`trowel models` lists them.' });
    if (action === 'show') return { chosen: chosenModel(dataFolder, root), models: [read(asked!)], damaged: [] };
    if (action === 'choose') {
      // What does not answer is not chosen.
      if (asked!.includes(':')) await openChosen(asked!, root, services, signal);
      else read(asked!);
      chooseModel(dataFolder, everywhere ? undefined : root, asked!);
    }
    let removed: string | undefined;
    if (action === 'remove') {
      if (chosenModel(dataFolder, root) === asked) chooseModel(dataFolder, root, 'default');
      if (!folder.removeStoredModel(dataFolder, asked!))
        throw new TrowelError('model-unknown', `There is no model ${asked!} of your own.`, {
          hint: 'The shipped model cannot be removed.',
        });
      removed = asked;
    }
    const models = [read('default')];
    const damaged: string[] = [];
    for (const id of folder.storedModelIds(dataFolder)) {
      try {
        models.push(read(id));
      } catch (error) {
        if (!(error instanceof TrowelError)) throw error;
        damaged.push(error.message);
      }
    }
    return { chosen: chosenModel(dataFolder, root), models, damaged, ...(removed === undefined ? {} : { removed }) };
  },
  render({ chosen, models, damaged, removed }, { color }) {
    const paint = painter(color);
    const lines = removed === undefined ? [] : [`removed: ${removed}`];
    for (const { id, shipped, dimensions, words, bytes, origin } of models) {
      const isChosen = chosen === id || (shipped && chosen === 'default');
      lines.push(
        `${isChosen ? paint.green('*') : ' '} ${id}  ${dimensions} dimensions, ${words} words, ${(bytes / 1e6).toFixed(1)} MB${shipped ? ', shipped' : ''}`,
      );
      if (models.length === 1 || !shipped) lines.push(paint.dim(`    ${printable(JSON.stringify(origin))}`));
    }
    if (chosen.includes(':')) lines.push(`${paint.green('*')} ${printable(chosen)}`);
    for (const message of damaged) lines.push(paint.yellow(printable(message)));
    return `${lines.join('\n')}\n`;
  },
});
