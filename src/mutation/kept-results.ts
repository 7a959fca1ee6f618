/**
 * Results of earlier runs, beside the index. A file's results hold as long as its text, the test files and the rewriting are the
 * same; what the file itself imports is not looked at.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contentHash } from '#base/hash.ts';
import { writeTextFile } from '#base/write-file.ts';
import type { MutantResult } from '#model/mutation.ts';

/** Raise it when operators or their places change. */
const VERSION = 1;
const NAME = 'mutants.json';

export interface KeptResults {
  readonly version: number;
  readonly files: Readonly<Record<string, { readonly key: string; readonly mutants: readonly MutantResult[] }>>;
}

/** Of one file: its text, and every test file's. */
export function keyOf(text: string, testFiles: readonly { readonly path: string; readonly hash: string }[]): string {
  const tests = testFiles.map(({ path: name, hash }) => `${name}\0${hash}`).sort();
  return contentHash([String(VERSION), contentHash(text), ...tests].join('\n'));
}

export function readKeptResults(indexFolder: string): KeptResults {
  try {
    const found = JSON.parse(readFileSync(path.join(indexFolder, NAME), 'utf8')) as KeptResults;
    if (found.version === VERSION && typeof found.files === 'object') return found;
  } catch {
    // None yet, or another version's.
  }
  return { version: VERSION, files: {} };
}

export function writeKeptResults(indexFolder: string, kept: KeptResults): void {
  writeTextFile(path.join(indexFolder, NAME), JSON.stringify(kept));
}
