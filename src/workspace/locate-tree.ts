/** Which tree a path means: the repository around it, and the part of it that was asked for. */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { PROJECT_FILE } from '#config/resolve.ts';

export interface LocatedTree {
  /** Real path of the tree's root. */
  readonly root: string;
  /** The folder or file below it that was asked for, with `/`; empty for all of it. */
  readonly scope: string;
}

const manifests = [
  'package.json',
  'pyproject.toml',
  'setup.py',
  'go.mod',
  'Cargo.toml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'composer.json',
  'mix.exs',
  'Gemfile',
  'pubspec.yaml',
];

/**
 * The root is the git top level or the folder of Trowel's own settings file; else the nearest folder with a manifest; else
 * the path itself. A path that its repository ignores is a tree of its own.
 */
export function locateTree(workingFolder: string, given = '.'): LocatedTree {
  const asked = path.resolve(workingFolder, given);
  let real: string;
  try {
    real = realpathSync(asked);
  } catch (cause) {
    throw new TrowelError('not-found', `There is nothing at ${asked}.`, {
      hint: 'Give a folder, a file in one, or a git URL.',
      cause,
    });
  }
  const folder = statSync(real).isDirectory() ? real : path.dirname(real);
  const marked = upward(folder, (at) => existsSync(path.join(at, '.git')) || existsSync(path.join(at, PROJECT_FILE)));
  const root =
    marked !== undefined && !(marked !== folder && isIgnored(marked, folder))
      ? marked
      : (manifestFolder(folder, marked) ?? folder);
  return { root, scope: path.relative(root, real).split(path.sep).join('/') };
}

function upward(start: string, holds: (folder: string) => boolean): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (holds(folder)) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** Below the repository that ignores it, if any; a manifest in the home folder makes no project of all that lies there. */
function manifestFolder(start: string, below: string | undefined): string | undefined {
  const home = homedir();
  const found = upward(
    start,
    (at) => at === below || at === home || manifests.some((name) => existsSync(path.join(at, name))),
  );
  return found === below || found === home ? undefined : found;
}

function isIgnored(root: string, folder: string): boolean {
  if (path.relative(root, folder).split(path.sep).includes('node_modules')) return true;
  return (
    spawnSync('git', ['-C', root, 'check-ignore', '-q', '--', folder], { stdio: 'ignore', timeout: 5000 }).status === 0
  );
}
