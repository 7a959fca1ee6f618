/** Suites of the project's own vitest, jest, mocha and node:test in the shapes that repositories have, in the sandbox. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CoverOutput } from '#operations/cover.ts';
import type { MutateOutput } from '#operations/mutate.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import { runTrowel } from '../e2e/run-trowel.ts';
import { installedPackages, linkPackages } from '../installed-packages.ts';
import { shapes, type Shape } from './project-shapes.ts';

const sandboxed = await chooseRunner().then(
  () => true,
  () => false,
);
const packages = sandboxed ? installedPackages() : undefined;
const home = mkdtempSync(path.join(os.tmpdir(), 'trowel-shapes-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function project(name: string, { files, links = {} }: Shape): string {
  const root = path.join(home, name.replaceAll(/\W+/g, '-'));
  for (const [file, text] of Object.entries({ ...files, '.gitignore': 'node_modules\ndist\n' })) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  linkPackages(packages!, root);
  for (const [link, target] of Object.entries(links)) {
    const at = path.join(root, 'node_modules', link);
    mkdirSync(path.dirname(at), { recursive: true });
    symlinkSync(path.join(root, target), at);
  }
  execFileSync('git', ['init', '-q', root]);
  return root;
}

async function ask<T>(...words: readonly string[]): Promise<T> {
  const { out, err } = await runTrowel([...words, '--json', '--data-folder', path.join(home, 'data')]);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as T;
}

describe.skipIf(packages === undefined)('a suite is run as it is', () => {
  it.each(Object.entries(shapes))('%s', { timeout: 180_000 }, async (name, shape) => {
    const root = project(name, shape);
    const { suites, coverage } = await ask<CoverOutput>('cover', root);
    expect(suites.map(({ framework, folder, tests, failed }) => ({ framework, folder, tests, failed }))).toEqual(
      shape.suites.map((each) => ({ ...each, failed: [] })),
    );
    expect(suites.flatMap(({ errors }) => errors)).toEqual([]);
    const reached = coverage.files.filter(({ lineShare }) => lineShare.total > 0 && lineShare.covered > 0);
    expect(reached.map(({ path: file }) => file)).toEqual(shape.covered);
    const { mutants, score } = await ask<MutateOutput>('mutate', root);
    const statusOf = (replacement: string): unknown =>
      mutants.find((mutant) => mutant.replacement === replacement)?.status;
    expect(statusOf('x >= low')).toBe('killed');
    expect(statusOf('x <= low')).toBe('survived');
    expect(score.killed).toBeGreaterThan(10);
    rmSync(root, { recursive: true });
  });
});
