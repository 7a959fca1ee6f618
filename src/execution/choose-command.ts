/** What the words after `trowel run` mean. */
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import type { Target } from './targets.ts';

export interface ChosenCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  /** Of the tree; '' for its root. */
  readonly folder: string;
  readonly because: string;
}

export interface CommandQuestion {
  readonly words: readonly string[];
  readonly targets: readonly Target[];
  readonly files: ReadonlySet<string>;
  /** The folder of the tree in which the user is. */
  readonly scope: string;
}

const interpreters: readonly (readonly [RegExp, string])[] = [
  [/\.pyw?$/, 'python3'],
  [/\.[cm]?[jt]s$/, 'node'],
  [/\.(?:sh|bash)$/, 'sh'],
];

/**
 * A script or a program of the project by its name (the nearest package's first), a file of the tree by its kind, a line of a
 * shell where one word holds spaces, else a program of the machine.
 */
export function chooseCommand({ words, targets, files, scope }: CommandQuestion): ChosenCommand {
  const [first, ...rest] = words;
  if (first === undefined || first === '') throw new TrowelError('usage', 'Name a command, a script or a file to run.');
  const named = targets
    .filter(({ name, folder }) => name === first && isAround(folder, scope))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
  const target = named ?? targets.find(({ name }) => name === first);
  if (target) {
    // npm hands on only what stands behind two dashes.
    const separator = target.kind === 'script' && target.program === 'npm' && rest.length > 0 ? ['--'] : [];
    return { ...target, arguments: [...target.arguments, ...separator, ...rest] };
  }
  const file = [scope === '' ? first : `${scope}/${first}`, first]
    .map((name) => name.replace(/^\.\//, ''))
    .find((name) => files.has(name));
  if (file !== undefined) {
    const interpreter = interpreters.find(([pattern]) => pattern.test(file))?.[1];
    if (interpreter !== undefined)
      return { program: interpreter, arguments: [file, ...rest], folder: '', because: 'a file of the tree' };
    return { program: `./${file}`, arguments: rest, folder: '', because: 'a file of the tree' };
  }
  if (rest.length === 0 && /\s/.test(first))
    return { program: 'sh', arguments: ['-c', first], folder: scope, because: 'a line for the shell' };
  if (/[/\\]|\.(?:py|[cm]?[jt]s|sh)$/.test(first) && !first.startsWith('/')) {
    const near = nearestName(first, [...targets.map(({ name }) => name), ...files]);
    throw new TrowelError('not-found', `There is no ${first} in the tree.`, {
      hint: near === undefined ? '`trowel run` alone lists what can be run.' : `Did you mean ${near}?`,
    });
  }
  return { program: first, arguments: rest, folder: scope, because: 'a program' };
}

const isAround = (folder: string, scope: string): boolean =>
  folder === '' || scope === folder || scope.startsWith(`${folder}/`);
