/** Looking for programs and small files on the user's machine. */
import {
  accessSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  closeSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { execFile } from 'node:child_process';
import path from 'node:path';
import type { ToolchainQuestion } from './toolchain.ts';

/** All executables of that name on a PATH, in its order; relative entries are not looked at. */
export function onPath(name: string, searchPath: string | undefined): string[] {
  return (searchPath ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .filter(isProgram);
}

export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A script that chooses a version by itself (pyenv, asdf) or a program that does so (volta): it needs its manager. */
export function isShim(program: string): boolean {
  const real = realPath(program);
  if (real === undefined || /[/\\](?:shims|\.volta[/\\]bin)[/\\]|volta-shim$/.test(`${program}\n${real}`)) return true;
  const start = Buffer.alloc(2);
  const file = openSync(real, 'r');
  try {
    readSync(file, start, 0, 2, 0);
  } finally {
    closeSync(file);
  }
  return start.toString('latin1') === '#!';
}

export function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

const SMALL = 64 * 1024;

/** Text of a small file; undefined where there is none. */
export function smallText(file: string): string | undefined {
  try {
    const status = statSync(file);
    return status.isFile() && status.size <= SMALL ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

export function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export const exists = (file: string): boolean => existsSync(file);

/** The project's folder and those above it, up to the tree's root. */
export function foldersUpwards({ tree, folder = '.' }: ToolchainQuestion): string[] {
  const folders: string[] = [];
  for (let at = path.resolve(tree, folder); at === tree || at.startsWith(`${tree}/`); at = path.dirname(at)) {
    folders.push(at);
    if (at === tree) break;
  }
  return folders;
}

/** The first number that a program tells with `--version`; it runs outside the project, with nothing of the environment. */
export function versionOf(program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      ['--version'],
      { cwd: '/', env: { PATH: '/usr/bin:/bin' }, timeout: 10_000 },
      (_error, output, errors) => resolve(/\d+\.\d+(?:\.\d+)?/.exec(`${output} ${errors}`)?.[0]),
    );
    child.stdin?.end();
  });
}

/** True where `have` (20.11.1) is what `want` (20, 20.11, v20.11.1) asks for. */
export function isVersion(have: string, want: string): boolean {
  const wanted = want.replace(/^v/, '').split('.');
  const had = have.replace(/^v/, '').split('.');
  return wanted.every((part, at) => part === had[at]);
}

/** The newest of versions by their numbers. */
export function newest(versions: readonly string[]): string | undefined {
  const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);
  return versions.toSorted((a, b) => {
    const [left, right] = [numbers(a), numbers(b)];
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
      const difference = (right[at] ?? 0) - (left[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  })[0];
}

/** What `.tool-versions` (asdf, mise) says of a tool. */
export function toolVersion(text: string | undefined, tools: readonly string[]): string | undefined {
  for (const line of (text ?? '').split('\n')) {
    const [tool, version] = line.trim().split(/\s+/);
    if (tool !== undefined && tools.includes(tool) && version !== undefined) return version;
  }
  return undefined;
}
