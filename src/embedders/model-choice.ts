/** Which model embeds which tree: what `models choose` wrote, the shipped one where it wrote nothing. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { writeTextFile } from '#base/write-file.ts';

interface Choices {
  /** For trees that are not named. */
  readonly everywhere?: string;
  /** By the tree's root. */
  readonly trees?: Readonly<Record<string, string>>;
}

const fileOf = (dataFolder: string): string => path.join(dataFolder, 'models', 'chosen.json');

/** What `openEmbeddingModel` takes. Throws `model-damaged`. */
export function chosenModel(dataFolder: string, root: string | undefined): string {
  const { everywhere = 'default', trees = {} } = readChoices(dataFolder);
  return (root === undefined ? undefined : Object.hasOwn(trees, root) ? trees[root] : undefined) ?? everywhere;
}

/** `root` undefined: for all trees that have no choice of their own. `default` takes a choice back. */
export function chooseModel(dataFolder: string, root: string | undefined, choice: string): void {
  const { everywhere, trees = {} } = readChoices(dataFolder);
  const others = Object.entries(trees).filter(([tree]) => tree !== root);
  const own = root === undefined || choice === 'default' ? [] : [[root, choice] as const];
  const all = root === undefined ? choice : everywhere;
  const choices: Choices = {
    ...(all === undefined || all === 'default' ? {} : { everywhere: all }),
    trees: Object.fromEntries([...others, ...own]),
  };
  writeTextFile(fileOf(dataFolder), `${JSON.stringify(choices, undefined, 2)}\n`);
}

function readChoices(dataFolder: string): Choices {
  const file = fileOf(dataFolder);
  if (!existsSync(file)) return {};
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Choices | null;
    if (typeof read !== 'object' || read === null) throw new Error('no object');
    return read;
  } catch (cause) {
    throw new TrowelError('model-damaged', `${file} is damaged.`, {
      hint: 'Remove it: the shipped model is used then.',
      cause,
    });
  }
}
