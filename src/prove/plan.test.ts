import { expect, test } from 'vitest';
import { planModules } from './plan.ts';

const files = ['a.js', 'b.js', 'c.js'].map((path) => ({ path, text: 'export const x = 1;\n', language: 'javascript' }));

test('what changed comes first, then what was mended often; each with its reasons and its part of the time', () => {
  const plan = planModules(files, {
    snapshot: undefined,
    changed: new Map([
      [
        'c.js',
        [
          [3, 6],
          [9, 9],
        ] as const,
      ],
    ]),
    histories: new Map([
      ['a.js', { commits: 12, bugFixes: 4, daysSince: 200 }],
      ['b.js', { commits: 2, bugFixes: 0, daysSince: 3 }],
    ]),
    secondsPerModule: 10,
  });
  expect(plan.map(({ path }) => path)).toEqual(['c.js', 'a.js', 'b.js']);
  expect(plan.map(({ reasons }) => reasons)).toEqual([
    ['5 lines changed'],
    ['4 bug fixes of 12 commits'],
    ['changed 3 days ago', 'changed by 2 commits'],
  ]);
  const seconds = plan.map((one) => one.seconds);
  expect(seconds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(30, 0);
  expect(seconds[0]!).toBeGreaterThan(seconds[1]!);
});

test('what is easily tested comes first; what stands in the way is said', () => {
  const plan = planModules(files, {
    snapshot: undefined,
    changed: new Map(),
    histories: new Map(),
    easeOf: (path) =>
      path === 'b.js'
        ? { score: 96.4, because: 'takes 8 parameters' }
        : path === 'c.js'
          ? { score: 31, because: 'talks to the network' }
          : undefined,
    secondsPerModule: 10,
  });
  expect(plan.map(({ path, reasons }) => [path, reasons])).toEqual([
    ['b.js', ['easy to test (96 of 100)']],
    ['c.js', ['testability 31 of 100: talks to the network']],
    ['a.js', ['2 lines']],
  ]);
});

test('where nothing is known, longer modules come first', () => {
  const plan = planModules([...files, { path: 'd.js', text: 'x\n'.repeat(3000), language: 'javascript' }], {
    snapshot: undefined,
    changed: new Map(),
    histories: new Map(),
    secondsPerModule: 10,
  });
  expect(plan[0]!.path).toBe('d.js');
  expect(plan[0]!.reasons).toEqual(['3001 lines']);
});
