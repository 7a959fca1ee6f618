import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { silent } from '#base/progress.ts';
import type { TestReport } from '#model/test-report.ts';
import { type ProofRequest, proveTests } from '#prove/prove-tests.ts';
import { loadRunner } from '#sandbox/registry.ts';

export const runner = await loadRunner('bubblewrap');
export const sandboxes = (await runner.availability()).available;
const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-prove-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project's files in a folder of their own; `packages`: taken from what this repository has installed. */
export function makeProject(
  name: string,
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = [],
): string {
  const root = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  for (const one of packages)
    cpSync(path.resolve('node_modules', one), path.join(root, 'node_modules', one), { recursive: true });
  return root;
}

/**
 * A clock that each look moves on: budgets then count rounds of work, and a busy machine finds what a quiet one does.
 */
function steadyClock(milliseconds: number): () => number {
  let time = 0;
  return () => (time += milliseconds);
}

export function proveProject(root: string, more: Partial<ProofRequest> = {}): Promise<TestReport> {
  return proveTests({
    root,
    scope: '',
    snapshot: undefined,
    changed: undefined,
    changes: new Map(),
    runner,
    environment: process.env,
    home: os.homedir(),
    dataFolder: path.join(folder, 'data'),
    secondsPerModule: 8,
    mostModules: 5,
    seed: 1,
    now: steadyClock(8),
    emit: silent,
    signal: new AbortController().signal,
    ...more,
  });
}
