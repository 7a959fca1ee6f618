/** Trowel as its users run it, with a data folder of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DigOutput } from '../src/operations/dig.ts';
import { repository } from './measure/environment.ts';
import type { Command } from './measure/run-child.ts';

export const dataFolder = path.join(repository, 'bench', 'data');
export const trowelProgram = path.join(repository, 'bin', 'trowel');

/** Builds the bundle, so that no measured run does. Returns the version. */
export async function buildTrowel(): Promise<string> {
  mkdirSync(dataFolder, { recursive: true });
  return execFileSync(trowelProgram, ['--version'], { encoding: 'utf8' }).trim();
}

/** A data folder for indexes, empty. */
export function emptyIndexFolder(name: string): string {
  const folder = path.join(dataFolder, 'indexes', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function trowel(indexes: string, ...args: readonly string[]): Command {
  return { file: trowelProgram, args: [...args, '--data-folder', indexes] };
}

export function readDig(stdout: string): DigOutput {
  const output = JSON.parse(stdout) as DigOutput;
  if (output.files === 0 || output.symbols === 0 || output.partial || output.level !== 'full')
    throw new Error(`not a whole index: ${output.files} files, ${output.symbols} symbols, ${output.level}`);
  return output;
}

export function factsBytes(indexes: string): number {
  return ['facts.db', 'facts.db-wal'].reduce(
    (sum, name) => sum + (statSync(path.join(indexes, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
