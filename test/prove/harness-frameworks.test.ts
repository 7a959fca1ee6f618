/**
 * The harness inside of vitest, mocha and jest, on a fixture that we trust and therefore without a sandbox. vitest is our own;
 * mocha and jest are looked for where `npm run bench -- mutation` puts its tools, and skipped where they are not.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { harnessFolder } from '#base/harness-folder.ts';
import { ecmascriptInstrumenter } from '#instrument/instrument-ecmascript.ts';
import type { InstrumentedFile } from '#model/instrumented.ts';
import { loadFramework } from '#test-frameworks/registry.ts';
import { parseEvents, type SuiteEvent } from '#test-frameworks/suite-events.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const home = mkdtempSync(path.join(os.tmpdir(), 'trowel-harness-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const packagesWith = (name: string): string | undefined =>
  ['node_modules', 'bench/data/mutation/tools/node_modules']
    .map((folder) => path.join(repository, folder))
    .find((folder) => existsSync(path.join(folder, name, 'package.json')));

const source = `export function clamp(x, low, high) {
  if (x < low) return low;
  return x > high ? high : x;
}
export function sum(list) {
  let total = 0;
  for (let i = 0; i < list.length; i++) total += list[i];
  return total;
}
const table = [1, 2].map((n) => n * 2);
export const get = (i) => table[i];
`;
const body = (equal: (one: string, other: string) => string): string => `
describe('numbers', () => {
  let runs = 0;
  beforeEach(() => { runs++; });
  it('clamps', () => { ${equal('clamp(1, 2, 3)', '2')}; ${equal('clamp(5, 2, 3)', '3')}; ${equal('clamp(2, 2, 3)', '2')}; });
  it('sums', async () => { ${equal('sum([1, 2])', '3')}; });
  it('gets', () => { ${equal('get(1)', '4')}; });
  it.skip('later', () => {});
});
`;
const expects = (one: string, other: string): string => `expect(${one}).toBe(${other})`;
const asserts = (one: string, other: string): string => `assert.strictEqual(${one}, ${other})`;

const frameworks = {
  vitest: {
    file: 'a.test.js',
    text: `import { beforeEach, describe, expect, it } from 'vitest';\nimport { clamp, get, sum } from '../src/lib.js';${body(expects)}`,
  },
  mocha: {
    file: 'a.spec.js',
    text: `import assert from 'node:assert';\nimport { clamp, get, sum } from '../src/lib.js';${body(asserts)}`,
  },
  jest: { file: 'a.test.js', text: `import { clamp, get, sum } from '../src/lib.js';${body(expects)}` },
} as const;

async function run(id: keyof typeof frameworks): Promise<{ events: readonly SuiteEvent[]; file: InstrumentedFile }> {
  const root = path.join(home, id);
  const { file: testFile, text } = frameworks[id];
  const done = (await ecmascriptInstrumenter())(source, 'javascript', { id: 'src/lib.js', mutants: true })!;
  for (const folder of ['src', 'test']) mkdirSync(path.join(root, folder), { recursive: true });
  cpSync(path.join(harnessFolder(), 'javascript'), path.join(root, '.trowel-suite'), { recursive: true });
  symlinkSync(packagesWith(id)!, path.join(root, 'node_modules'));
  const manifest = { type: 'module', ...(id === 'jest' ? { jest: { transform: {} } } : {}) };
  writeFileSync(path.join(root, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(root, 'src/lib.js'), done.text);
  writeFileSync(path.join(root, 'test', testFile), text);
  const output = path.join(root, 'events.jsonl');
  const plan = path.join(root, '.trowel-suite/plan.json');
  const mutants = done.file.mutants.map((mutant) => ({
    id: mutant.id,
    file: 'src/lib.js',
    counter: mutant.counter,
    static: mutant.static,
  }));
  const testFiles = [`test/${testFile}`];
  writeFileSync(
    plan,
    JSON.stringify({
      framework: id,
      root,
      mode: 'mutate',
      output,
      files: [],
      testFiles,
      mutants,
      repeats: 1,
      seed: 3,
      milliseconds: 10_000,
      aliases: [],
      settings: {},
    }),
  );
  const framework = (await loadFramework(id))!;
  const command = framework.command({ harness: path.join(root, '.trowel-suite'), plan, folder: root, testFiles });
  await promisify(execFile)(process.execPath, command.arguments, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...command.environment },
  });
  return { events: parseEvents(readFileSync(output, 'utf8')), file: done.file };
}

describe.each(Object.keys(frameworks) as (keyof typeof frameworks)[])('%s', (id) => {
  it.skipIf(packagesWith(id) === undefined)('tells what each test covers and which mutants it kills', async () => {
    const { events, file } = await run(id);
    expect(events.filter(({ event }) => event === 'error')).toEqual([]);
    expect(events.at(-1)).toEqual({ event: 'done' });
    const tests = events.flatMap((event) => (event.event === 'test' ? [event] : []));
    expect(tests.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['numbers > clamps', 'passed'],
      ['numbers > sums', 'passed'],
      ['numbers > gets', 'passed'],
      ['numbers > later', 'skipped'],
    ]);
    const entered = (name: string): number => file.functions.find((each) => each.name === name)!.counter;
    expect(
      tests.filter(({ covered }) => covered['src/lib.js']?.includes(entered('sum'))).map(({ name }) => name),
    ).toEqual(['numbers > sums']);
    expect(events.filter(({ event }) => event === 'rerun')).toHaveLength(4);
    const statusOf = (replacement: string): unknown => {
      const { id: number } = file.mutants.find((mutant) => mutant.replacement === replacement)!;
      return events.flatMap((event) =>
        event.event === 'mutant' && event.mutant === number
          ? [[event.status, ...event.by.map((by) => by.split(' > ').at(-1))]]
          : [],
      )[0];
    };
    expect(statusOf('x >= low')).toEqual(['killed', 'clamps']);
    expect(statusOf('x <= low')).toEqual(['survived']);
    expect(statusOf('total -= list[i]')).toEqual(['killed', 'sums']);
    expect(statusOf('i--')).toEqual(['timeout']);
    expect(statusOf('n / 2')).toEqual(['killed', 'gets']);
  });
});
