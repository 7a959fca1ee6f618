import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmptyExplanation, explainEmpty } from './explain-empty.ts';
import { scanTree } from './scan-tree.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'trowel-empty-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function explain(files: Readonly<Record<string, string>>): Promise<EmptyExplanation | undefined> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return explainEmpty(await scanTree(root));
}

test('a tree with sources needs no words', async () => {
  expect(await explain({ 'a.py': 'x' })).toBeUndefined();
});

test.each([
  ['nothing', {}, /folder is empty/],
  ['all ignored', { '.gitignore': '*\n', 'a.py': '' }, /ignored by \.gitignore: \.gitignore, a\.py/],
  ['own rules', { '.trowelignore': '*.py\n', 'a.py': '' }, /excluded by \.trowelignore/],
  ['binaries', { 'a.png': '', 'b.so': '' }, /Only binary files here \(2\)/],
  ['only words', { 'README.md': '# A' }, /none in a programming language/],
  [
    'inside of a repository',
    { HEAD: 'ref: refs/heads/main', config: '[core]', 'refs/heads/main': '' },
    /bare repository/,
  ],
  ['minified', { 'a.min.js': 'x' }, /1 minified file left out/],
] as const)('%s', async (_, files, reason) => {
  const explanation = await explain(files as unknown as Record<string, string>);
  expect(explanation!.reasons[0]).toMatch(reason);
  expect(explanation!.hint).not.toBe('');
});

test('a folder of repositories, submodules that are not there', async () => {
  const git = (folder: string, ...words: string[]): void =>
    void execFileSync('git', words, { cwd: path.join(root, folder), env: { PATH: process.env['PATH'], HOME: root } });
  git('', 'init', '-q', 'one');
  git('', 'init', '-q', 'two');
  expect((await explain({ 'one/a.py': '', 'two/a.py': '' }))!.reasons[0]).toMatch(
    /2 independent repositories inside left out: one\/, two\//,
  );
  git('', 'init', '-q');
  git('', 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
  rmSync(path.join(root, 'one'), { recursive: true });
  rmSync(path.join(root, 'two'), { recursive: true });
  mkdirSync(path.join(root, 'sub'));
  const explanation = (await explain({}))!;
  expect(explanation.reasons[0]).toMatch(/1 submodule not initialised: sub\//);
  expect(explanation.hint).toMatch(/git submodule update/);
});
