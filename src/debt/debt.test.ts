import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { CommitFlag, type HistoryFacts } from '#model/history.ts';
import { priorityOf, sumOf } from './debt.ts';
import { DebtState } from './debt-state.ts';
import { fixMinutes, learnFixTimes } from './fix-time.ts';
import { fitLogistic, predict, solve } from './logistic.ts';
import { rankDebt, ranks } from './rank-debt.ts';
import { fixedBetween, learnRisk, featuresAt, risksOf } from './risk-model.ts';

const DAY = 86_400;
const finding = (more: Partial<Finding> = {}): Finding => ({
  message: 'm',
  place: { path: 'a.ts', startLine: 1, startColumn: 0, endLine: 5, endColumn: 0 },
  rule: 'r',
  category: 'smell',
  severity: 3,
  confidence: 1,
  minutes: 20,
  fingerprint: 'f1',
  identity: 'i',
  shape: 's1',
  role: 'source',
  advisory: false,
  ...more,
});

/** Commits oldest first: [day, author, isFix, [path, added, deleted][]]. */
type Commit = readonly [
  day: number,
  author: number,
  isFix: boolean,
  changes: readonly (readonly [path: string, added: number, deleted: number])[],
];

function historyOf(commits: readonly Commit[]): HistoryFacts {
  const paths: string[] = [];
  const rows: number[] = [];
  const changes: number[] = [];
  for (const [day, author, isFix, files] of commits.toReversed()) {
    rows.push(author, Math.round(day * DAY), isFix ? CommitFlag.bugFix : 0, changes.length / 3, files.length);
    for (const [file, added, deleted] of files) {
      if (!paths.includes(file)) paths.push(file);
      changes.push(paths.indexOf(file), added, deleted);
    }
  }
  return {
    head: 'h',
    headTime: Math.round((commits.at(-1)?.[0] ?? 0) * DAY),
    shallow: false,
    truncated: false,
    authors: [],
    hashes: commits.map((_, at) => String(at)),
    subjects: commits.map(() => ''),
    commits: Int32Array.from(rows),
    paths,
    changes: Int32Array.from(changes),
  };
}

describe('the risk model', () => {
  const commits: Commit[] = [];
  for (let day = 0; day < 1000; day += 2) {
    const hot = `hot${(day / 2) % 12}.ts`;
    commits.push([day, day % 5, true, [[hot, 5, 3]]]);
    commits.push([day + 0.5, 1, false, [[`cold${(day / 2) % 90}.ts`, 4, 1]]]);
  }
  const history = historyOf(commits);
  it('learns from the past which files are mended again', () => {
    const model = learnRisk(history, 1000 * DAY, () => true);
    expect(model.kind).toBe('learned');
    const features = featuresAt(history, 1000 * DAY);
    const paths = [...features.keys()];
    const risks = risksOf(model, [...features.values()]);
    const risk = (name: string): number => risks[paths.indexOf(history.paths.indexOf(name))]!;
    expect(risk('hot3.ts')).toBeGreaterThan(0.7);
    expect(risk('cold3.ts')).toBeLessThan(0.3);
  });
  it('does not look past its moment', () => {
    const features = featuresAt(history, 100 * DAY);
    expect(Math.expm1(features.get(history.paths.indexOf('hot0.ts'))![0]!)).toBeCloseTo(5);
    expect(fixedBetween(history, 0, 3 * DAY)).toEqual(
      new Set(['hot0.ts', 'hot1.ts'].map((each) => history.paths.indexOf(each))),
    );
  });
  it('says that it has not learned where there is too little', () => {
    const model = learnRisk(
      historyOf([
        [0, 0, true, [['a', 1, 1]]],
        [9, 0, false, [['b', 1, 1]]],
      ]),
      10 * DAY,
      () => true,
    );
    expect(model.kind).toBe('usual');
    const often = [3, 2, 2, 2, 5, 6, 1, 5, 1];
    const never = [1, 0, 0, 0, 3, 3, 1, 5, 5];
    const [high, low] = risksOf(model, [often, never]);
    expect(high!).toBeGreaterThan(low!);
  });
});

it('logistic regression finds the side of a line', () => {
  const rows = Array.from({ length: 200 }, (_, i) => [i / 100, (i * 37) % 11]);
  const model = fitLogistic(
    rows,
    rows.map(([x]) => (x! > 1 ? 1 : 0)),
    1,
  );
  expect(predict(model, [1.9, 5])).toBeGreaterThan(0.9);
  expect(predict(model, [0.1, 5])).toBeLessThan(0.1);
});

it('solves what can be solved', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }), (x) => {
      const matrix = [
        [4, 1, 0],
        [1, 5, 2],
        [0, 2, 6],
      ];
      const right = matrix.map((row) => row.reduce((sum, value, i) => sum + value * x[i]!, 0));
      solve(matrix, right).forEach((value, i) => expect(value).toBeCloseTo(x[i]!));
    }),
  );
});

it('learns how long mends take from commits that lie close together', () => {
  const commits: Commit[] = Array.from({ length: 60 }, (_, i): Commit[] => [
    [i, 0, false, [['a', 1, 0]]],
    [i + (10 + i) / 1440, 0, true, [['a', 10 + i, 0]]],
  ]).flat();
  const times = learnFixTimes(historyOf(commits));
  expect(times.examples).toBe(60);
  expect(fixMinutes(times, 60)!).toBeGreaterThan(fixMinutes(times, 10)!);
  expect(fixMinutes(times, 30)).toBeGreaterThan(20);
  expect(learnFixTimes(historyOf(commits.slice(0, 6))).examples).toBe(0);
});

describe('the order', () => {
  it('more harm for less work comes first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (severity, impact, risk, minutes) => {
          const one = finding({ severity: severity as 1 });
          expect(priorityOf(finding({ severity: (severity + 1) as 2 }), impact, risk, minutes)).toBeGreaterThan(
            priorityOf(one, impact, risk, minutes),
          );
          expect(priorityOf(one, impact, risk, minutes + 100)).toBeLessThan(priorityOf(one, impact, risk, minutes));
        },
      ),
    );
  });
  it('keeps status, note and the day it was first seen', () => {
    const [item] = rankDebt({
      findings: [finding()],
      standings: new Map(),
      known: new Map([['f1', { status: 'wont-fix', note: 'v2', firstSeen: 5 }]]),
      times: { examples: 0, intercept: 0, slope: 0, median: 0 },
      now: 9,
    });
    expect(item).toMatchObject({ status: 'wont-fix', note: 'v2', firstSeen: 5, minutes: 20 });
  });
  it('ranks', () => expect(ranks([5, 1, 5, 3])).toEqual([1, 0, 1, 0.5]));
  it('grades', () => {
    expect(sumOf(100, 3, 1000).grade).toBe('A');
    expect(sumOf(9_000, 3, 1000)).toMatchObject({ ratio: 0.3, grade: 'D' });
  });
});

it('keeps decisions and scans in state.db', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'trowel-debt-'));
  try {
    const scan = (time: number, revision: string) => ({
      time,
      commit: 'c',
      revision,
      findings: 2,
      minutes: 30,
      codeLines: 100,
      byCategory: { smell: 2 },
    });
    let state = new DebtState(folder);
    state.record(['a', 'b'], scan(1, 'r1'));
    state.decide('a', 'wont-fix', 'as meant', 2);
    state.close();
    state = new DebtState(folder);
    state.record(['a'], scan(3, 'r2'));
    expect(state.items().get('a')).toEqual({ status: 'wont-fix', note: 'as meant', firstSeen: 1 });
    expect(state.items().get('b')!.status).toBe('resolved');
    state.record(['a', 'b'], scan(4, 'r3'));
    expect(state.items().get('b')!.status).toBe('open');
    expect(state.scans().map(({ revision }) => revision)).toEqual(['r1', 'r2', 'r3']);
    state.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
