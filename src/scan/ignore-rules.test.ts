import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readGitIndex } from './git-index.ts';
import { parseIgnoreRules } from './ignore-rules.ts';
import { wildcardMatcher } from './wildcard.ts';

test('the last rule that matches decides; a file without rules is nothing', () => {
  const rules = parseIgnoreRules('# comment\n*.py\n!keep.py\n/build/\n\\#x\n', '')!;
  expect(rules.verdict('a.py', 'a.py', false)).toBe(1);
  expect(rules.verdict('d/keep.py', 'keep.py', false)).toBe(-1);
  expect(rules.verdict('build', 'build', true)).toBe(1);
  expect(rules.verdict('build', 'build', false)).toBe(0);
  expect(rules.verdict('d/build', 'build', true)).toBe(0);
  expect(rules.verdict('#x', '#x', false)).toBe(1);
  expect(parseIgnoreRules('\n# only words\n')).toBeUndefined();
  expect(parseIgnoreRules('A.PY', '', true)!.verdict('a.py', 'a.py', false)).toBe(1);
});

test('a hostile pattern takes no more than a moment', () => {
  const stars = wildcardMatcher(`${'*a'.repeat(40)}b`, false)!;
  expect(stars('a'.repeat(255))).toBe(false);
  expect(stars(`${'a'.repeat(60)}b`)).toBe(true);
  const deep = wildcardMatcher(`${'**/a/'.repeat(30)}b`, true)!;
  expect(deep(`${'a/'.repeat(1500)}c`)).toBe(false);
  expect(deep(`${'a/'.repeat(100)}b`)).toBe(true);
});

test.each(['2', '3', '4'])('git index version %s: tracked files, folders and submodules', (version) => {
  const root = mkdtempSync(path.join(tmpdir(), 'trowel-index-'));
  try {
    const git = (...words: string[]): string =>
      execFileSync('git', words, { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: root } });
    git('init', '-q');
    const names = ['a.py', 'b/c.py', 'b/d/é.py', 'b-e.py', 'long/'.repeat(40) + 'x.py'];
    for (const name of names) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), '');
    }
    git('add', '-A');
    git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},lib/sub`);
    if (version === '3') git('update-index', '--skip-worktree', 'a.py');
    if (version !== '3') git('update-index', '--index-version', version);
    const index = readGitIndex(path.join(root, '.git/index'))!;
    expect(index.count).toBe(names.length + 1);
    expect(index.leftOut).toBe(version === '3' ? 1 : 0);
    for (const name of names) expect(index.tracks(name)).toBe(true);
    expect([index.tracks('b'), index.tracks('zz'), index.tracks('b/')]).toEqual([false, false, false]);
    expect([
      index.tracksBelow('b'),
      index.tracksBelow('b/d'),
      index.tracksBelow('b-'),
      index.tracksBelow('lib'),
    ]).toEqual([true, true, false, true]);
    expect(index.submodules).toEqual(['lib/sub']);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
