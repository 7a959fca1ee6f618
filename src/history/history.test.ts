import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '#base/progress.ts';
import type { HistoryFacts } from '#model/history.ts';
import { isBugFix } from './bug-fix.ts';
import { coChanges } from './co-change.ts';
import { deletedLines } from './deleted-lines.ts';
import { degreeOfAuthorship, fileHistories } from './file-histories.ts';
import { hotspots } from './hotspots.ts';
import { readLog } from './read-log.ts';
import { blameFixes } from './szz.ts';
import { knowledgeIslands, truckFactor } from './truck-factor.ts';

let folder: string;
let clock = 1_700_000_000;

function git(...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}

function write(name: string, text: string | Uint8Array): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

function commit(author: string, email: string, subject: string): string {
  clock += 3600;
  git('add', '-A');
  git(
    '-c',
    `user.name=${author}`,
    '-c',
    `user.email=${email}`,
    '-c',
    'commit.gpgsign=false',
    'commit',
    '-q',
    '-m',
    subject,
    '--date',
    `${clock} +0000`,
  );
  return git('rev-parse', 'HEAD').trim();
}

async function read(root = folder, maximumCommits = 1000): Promise<HistoryFacts> {
  const result = await readLog({ root, maximumCommits, emit: silent });
  if (typeof result === 'string') throw new Error(result);
  return result;
}

const body = (middle: string): string =>
  `def first(x):\n    return x + 1\n\n\ndef second(x):\n    ${middle}\n    return x\n\n\ndef third(x):\n    return x * 3\n`;

let introducing: string;
let fixing: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trowel-history-'));
  git('init', '-q', '-b', 'main');
  write('app/old name.py', body('pass'));
  write('app/pair.py', 'a = 1\n');
  write('.mailmap', 'Ada <ada@example.org> <ada@home.example>\n');
  commit('Ada', 'ada@example.org', 'Start');
  write('app/old name.py', body('x = x - 1'));
  write('app/pair.py', 'a = 2\n');
  introducing = commit('ada l', 'ada@home.example', 'Subtract one');
  git('mv', 'app/old name.py', 'app/größe\t1.py');
  commit('Ben', 'ben@example.org', 'Rename the module');
  write('app/größe\t1.py', body('# nothing to subtract\n    pass'));
  write('logo.png', Uint8Array.from([0x89, 0x50, 0, 0, 1, 2, 3]));
  fixing = commit('Ben', 'ben@example.org', 'fix: second() returned one too few');
  git('checkout', '-q', '-b', 'side', 'HEAD~1');
  write('app/side.py', 's = 1\n');
  commit('Cy', 'cy@example.org', 'Side work');
  git('checkout', '-q', 'main');
  git(
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.org',
    'merge',
    '-q',
    '--no-ff',
    '-m',
    'Merge side, fix conflict',
    'side',
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('readLog', () => {
  it('follows renames, maps authors, and keeps odd names and binary files', async () => {
    const history = await read();
    expect(history.hashes).toHaveLength(6);
    expect(history.authors.map(({ name }) => name).sort()).toEqual(['Ada', 'Ben', 'Cy']);
    const files = fileHistories(history, () => true);
    const renamed = files.get('app/größe\t1.py')!;
    expect(renamed.commits).toBe(4);
    expect(renamed.bugFixes).toBe(1);
    expect(files.has('app/old name.py')).toBe(false);
    expect(files.get('logo.png')).toMatchObject({ commits: 1, linesAdded: 0 });
  });

  it('gives paths relative to a folder below the repository’s root', async () => {
    const history = await read(path.join(folder, 'app'));
    expect([...history.paths].sort()).toContain('pair.py');
    expect(history.paths.every((name) => !name.startsWith('app/'))).toBe(true);
  });

  it('says when older commits were left out, and when a clone is shallow', async () => {
    expect((await read(folder, 2)).truncated).toBe(true);
    const clone = path.join(folder, '.git', 'shallow-clone');
    git('clone', '-q', '--depth', '1', `file://${folder}`, clone);
    const history = await read(clone);
    expect(history.shallow).toBe(true);
    expect(history.hashes).toHaveLength(1);
  });

  it('tells a folder without git from one without commits', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'trowel-history-'));
    try {
      expect(await readLog({ root: empty, maximumCommits: 10, emit: silent })).toBe('not-a-repository');
      execFileSync('git', ['init', '-q'], { cwd: empty });
      expect(await readLog({ root: empty, maximumCommits: 10, emit: silent })).toBe('no-commits');
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });

  it('reads only what came since, and that equals one reading of all', async () => {
    git('checkout', '-q', '-b', 'later', 'HEAD~1');
    const earlier = await read();
    git('mv', 'app/pair.py', 'app/couple.py');
    commit('Dee', 'dee@example.org', 'Rename again');
    write('app/couple.py', 'a = 3\n');
    commit('Ada', 'ada@example.org', 'fix: a was wrong');
    const result = await readLog({ root: folder, maximumCommits: 1000, emit: silent, earlier });
    if (typeof result === 'string') throw new Error(result);
    const whole = await read();
    expect(result.hashes).toEqual(whole.hashes);
    const byName = (history: HistoryFacts) =>
      [...fileHistories(history, () => true)]
        .map(
          ([name, file]) =>
            [
              name,
              {
                ...file,
                authors: file.authors.map(({ author, ...rest }) => ({ ...rest, name: history.authors[author]!.name })),
              },
            ] as const,
        )
        .sort(([a], [b]) => (a < b ? -1 : 1));
    expect(byName(result)).toEqual(byName(whole));
    git('checkout', '-q', 'main');
    const elsewhere = await readLog({ root: folder, maximumCommits: 1000, emit: silent, earlier: result });
    expect(typeof elsewhere === 'string' ? elsewhere : elsewhere.hashes).toHaveLength(6);
  });

  it('knows no history of a folder that the repository around it does not hold', async () => {
    mkdirSync(path.join(folder, 'installed'));
    writeFileSync(path.join(folder, 'installed', 'x.py'), '');
    expect(await readLog({ root: path.join(folder, 'installed'), maximumCommits: 10, emit: silent })).toBe(
      'not-a-repository',
    );
    rmSync(path.join(folder, 'installed'), { recursive: true });
  });

  it('stops when asked to', async () => {
    await expect(
      readLog({ root: folder, maximumCommits: 10, emit: silent, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('SZZ', () => {
  it('blames the commit that wrote the mended line, across the rename', async () => {
    const blamed = await blameFixes(await read(), { root: folder, maximumFixes: 10, emit: silent });
    expect(blamed).toEqual([{ introduced: introducing, fixed: fixing, path: 'app/größe\t1.py', lines: 1 }]);
  });

  it('reads old-side lines of a diff, passing over comments and blank lines', () => {
    const diff = [
      'diff --git a/x.c b/x.c',
      '--- a/x.c',
      '+++ b/x.c',
      '@@ -3,4 +3,1 @@',
      '-int a;',
      '-// said',
      '-',
      '-int b;',
      '+int c;',
      '@@ -20 +17,0 @@',
      '--- not a header',
    ].join('\n');
    expect(deletedLines(diff)).toEqual([
      {
        path: 'x.c',
        ranges: [
          [3, 3],
          [6, 6],
        ],
      },
    ]);
    expect(deletedLines(diff.replace('--- not', '-x not'))).toEqual([
      {
        path: 'x.c',
        ranges: [
          [3, 3],
          [6, 6],
          [20, 20],
        ],
      },
    ]);
  });
});

describe('what history says of people', () => {
  it('weighs authorship as published', () => {
    expect(degreeOfAuthorship(true, 3, 0)).toBeCloseTo(4.883, 6);
    expect(degreeOfAuthorship(false, 1, 9)).toBeCloseTo(3.293 + 0.164 - 0.321 * Math.log(10), 6);
  });

  it('finds how many people may leave', () => {
    const known = (name: string, ...authors: number[]) => ({
      path: name,
      commits: 1,
      bugFixes: 0,
      linesAdded: 0,
      linesDeleted: 0,
      firstChange: 0,
      lastChange: 0,
      authors: authors.map((author) => ({ author, commits: 1, authorship: 1 })),
    });
    const files = [
      known('a/1', 1),
      known('a/2', 1),
      known('a/3', 1),
      known('a/4', 1, 2),
      known('b/1', 2),
      known('b/2', 3),
    ];
    expect(truckFactor(files)).toEqual({
      factor: 2,
      keyAuthors: [
        { author: 1, files: 4 },
        { author: 2, files: 2 },
      ],
    });
    expect(truckFactor([])).toEqual({ factor: 0, keyAuthors: [] });
    expect(knowledgeIslands(files, 4, 0.7)).toEqual([{ folder: 'a', author: 1, files: 4, share: 0.75 }]);
  });

  it('counts files that change together', async () => {
    const pairs = coChanges(await read(), { minimumSupport: 2, minimumConfidence: 0.5 });
    expect(pairs).toEqual([{ first: 'app/größe\t1.py', second: 'app/pair.py', support: 2, confidence: 1 }]);
  });

  it('multiplies change by complexity', () => {
    const ranked = hotspots([
      { path: 'a', commits: 10, complexity: 5 },
      { path: 'b', commits: 5, complexity: 50 },
      { path: 'c', commits: 9, complexity: 0 },
    ]);
    expect(ranked.map(({ path: name, score }) => [name, score])).toEqual([
      ['b', 0.5],
      ['a', 0.1],
    ]);
  });

  it.each([
    ['Fix crash on empty input', true],
    ['fix(parser): wrong offset', true],
    ['Fixed #123 -- Handled None', true],
    ['feat: fix-it mode', false],
    ['Fix typo in comment', false],
    ['Add prefix option', false],
    ['docs: broken link', false],
    ['Corrected a memory leak', true],
    ['Refactor', false],
  ])('takes %j for a bug fix: %s', (subject, expected) => expect(isBugFix(subject)).toBe(expected));
});
