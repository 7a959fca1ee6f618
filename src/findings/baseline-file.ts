import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { writeTextFile } from '#base/write-file.ts';
import { type Baseline, parseBaseline, writeBaseline } from '#judge/baseline.ts';
import type { Finding } from '#model/finding.ts';

/** Undefined where there is none. The path is the setting's, relative to the root and inside it. */
export function readBaselineFile(root: string, file: string): Baseline | undefined {
  let text: string;
  try {
    text = readFileSync(inside(root, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (error instanceof TrowelError) throw error;
    throw new TrowelError('baseline-invalid', `${file} cannot be read: ${String(code ?? error)}.`, { cause: error });
  }
  return parseBaseline(text, file);
}

export function writeBaselineFile(root: string, file: string, findings: readonly Finding[]): void {
  writeTextFile(inside(root, file), writeBaseline(findings));
}

function inside(root: string, file: string): string {
  const full = path.resolve(root, file);
  if (path.relative(root, full).startsWith('..') || path.isAbsolute(path.relative(root, full)))
    throw new TrowelError('config-invalid', `check.baseline: ${file} lies outside of the repository.`, {
      hint: 'Name a file inside of it, such as .trowel/baseline.json.',
    });
  return full;
}
