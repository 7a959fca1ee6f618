/** The runners that the conformance suite is run on, each with what the machine says of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe } from 'vitest';
import { loadRunner, runnerNames } from '#sandbox/registry.ts';
import type { Sandbox, SandboxRequest, SandboxResult, SandboxRunner } from '#sandbox/sandbox.ts';

export interface Place {
  readonly runner: SandboxRunner;
  /** A small tree of the host with `notes.txt` ("on the host\n") and `folder/inner.txt`. */
  readonly tree: string;
  readonly dataFolder: string;
  /** Beside the tree: nothing in a sandbox may know it. */
  readonly outside: string;
  open(request?: Partial<SandboxRequest>): Promise<Sandbox>;
  /** Closes what was opened and removes the folders. */
  clear(): Promise<void>;
}

export function makePlace(runner: SandboxRunner): Place {
  const outside = mkdtempSync(path.join(os.tmpdir(), 'trowel-sandbox-'));
  const tree = path.join(outside, 'a tree, with: signs');
  mkdirSync(path.join(tree, 'folder'), { recursive: true });
  writeFileSync(path.join(tree, 'notes.txt'), 'on the host\n');
  writeFileSync(path.join(tree, 'folder/inner.txt'), 'inner\n');
  const dataFolder = path.join(outside, 'data');
  const opened: Sandbox[] = [];
  return {
    runner,
    tree,
    dataFolder,
    outside,
    async open(request = {}) {
      const sandbox = await runner.open({ tree, dataFolder, ...request });
      opened.push(sandbox);
      return sandbox;
    },
    async clear() {
      await Promise.all(opened.map((sandbox) => sandbox.close()));
      rmSync(outside, { recursive: true, force: true });
    },
  };
}

export const shell = (sandbox: Sandbox, script: string, limits = {}): Promise<SandboxResult> =>
  sandbox.run({ program: 'sh', arguments: ['-c', script], limits });

const found = await Promise.all(
  runnerNames.map(async (name) => {
    const runner = await loadRunner(name);
    return { name, runner, availability: await runner.availability() };
  }),
);

/** A suite for every runner; skipped, with the reason in its title, where the machine does not have it. */
export function forEachRunner(title: string, suite: (runner: SandboxRunner) => void): void {
  for (const { name, runner, availability } of found) {
    const why = availability.available ? '' : ` (not here: ${availability.reason})`;
    describe.skipIf(!availability.available)(`${title}: ${name}${why}`, () => {
      suite(runner);
    });
  }
}
