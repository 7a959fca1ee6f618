import { describe, expect, test } from 'vitest';
import { makeProject, proveProject, sandboxes } from './prove-project.ts';

const purse = `export class Purse {
  #coins = 0;
  put(amount) {
    if (amount <= 0) throw new RangeError('nothing to put in');
    this.#coins += amount;
    return this.#coins;
  }
}

export function half(number) {
  return number / 2;
}
`;
const manifest = '{ "name": "purse", "type": "module", "exports": "./purse.js" }';

describe.skipIf(!sandboxes)('what tests are written for', () => {
  test('one function alone', { timeout: 300_000 }, async () => {
    const root = makeProject('one-function', { 'package.json': manifest, 'purse.js': purse });
    const report = await proveProject(root, { symbol: { name: 'half', path: 'purse.js', lines: [10, 12] } });
    const text = report.files.map((file) => file.text).join('\n');
    expect(text).toContain('half(');
    expect(text).not.toContain('Purse');
    expect(report.modules[0]!.asked).toEqual({ reached: 1, total: 1 });
  });

  test('an older revision is an oracle: what differs is said and not asserted', { timeout: 300_000 }, async () => {
    const root = makeProject('older', { 'package.json': manifest, 'purse.js': purse });
    const old = new Map([['purse.js', purse.replace('number / 2', 'Math.floor(number / 2)')]]);
    const report = await proveProject(root, { old: { name: 'v1.0.0', texts: old } });
    expect(report.compared!.inputs).toBeGreaterThan(10);
    expect(report.compared!.different).toBeGreaterThan(0);
    const said = report.suspicions.map(({ call, seen, why }) => `${call} ${seen}: ${why}`);
    expect(said.join('\n')).toMatch(/half\(.*\) gives .*: at v1\.0\.0 it gave/);
    expect(said.join('\n')).not.toContain('Purse');
    expect(report.files.map((file) => file.text).join('\n')).toContain('Purse');
  });

  test('only planned: nothing runs', { timeout: 120_000 }, async () => {
    const root = makeProject('planned', { 'package.json': manifest, 'purse.js': purse });
    const report = await proveProject(root, {
      planOnly: true,
      changed: new Map([['purse.js', [[4, 5]]]]),
      changes: new Map([['purse.js', { commits: 5, bugFixes: 2, daysSince: 1 }]]),
    });
    expect(report.planned[0]!.reasons).toEqual(['2 lines changed', '2 bug fixes of 5 commits', 'changed 1 day ago']);
    expect(report.executed).toBe(0);
  });
});
