/** On what the numbers were taken. */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');

export interface Environment {
  readonly date: string;
  readonly commit: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly node: string;
  /** Of the last minute, before the bench began. */
  readonly load: number;
}

export function readEnvironment(): Environment {
  const git = (...args: string[]): string =>
    spawnSync('git', ['-C', repository, ...args])
      .stdout?.toString()
      .trim() ?? '';
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'package-lock.json');
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    commit: `${git('rev-parse', '--short=10', 'HEAD') || 'unknown'}${changed ? ' with changes' : ''}`,
    system: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e8) / 10,
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** Others were at work too, so that the times say little. */
export function isBusy({ load, cores }: Environment): boolean {
  return load > cores * 0.4;
}
