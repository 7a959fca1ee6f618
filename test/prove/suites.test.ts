/** Suites of real projects in small, through the command line and the sandbox. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCobertura } from '#formats/coverage/cobertura.ts';
import { readLcov } from '#formats/coverage/lcov.ts';
import { selectTests } from '#coverage/select-tests.ts';
import type { CoverageMap } from '#model/coverage-map.ts';
import type { CoverOutput } from '#operations/cover.ts';
import type { ImpactOutput } from '#operations/impact.ts';
import type { MutateOutput } from '#operations/mutate.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { runTrowel } from '../e2e/run-trowel.ts';

const sandboxed = await chooseRunner().then(
  () => true,
  () => false,
);
const toolchains = await findToolchains({ tree: os.tmpdir(), environment: process.env, home: os.homedir() });
const hasPytest = ((): boolean => {
  try {
    execFileSync(toolchains.python!.program, ['-c', 'import pytest'], { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
})();

let home: string;
beforeAll(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'trowel-suites-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function project(name: string, files: Readonly<Record<string, string>>): string {
  const root = path.join(home, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  execFileSync('git', ['init', '-q', root]);
  return root;
}

async function ask<T>(words: readonly string[], cwd?: string): Promise<T> {
  const { out, err } = await runTrowel(
    [...words, '--json', '--data-folder', path.join(home, 'data')],
    cwd === undefined ? {} : { cwd },
  );
  if (out === '') throw new Error(err);
  const answer = JSON.parse(out) as T & { error?: unknown };
  if (answer.error !== undefined) throw new Error(JSON.stringify(answer.error));
  return answer;
}

const shapes = `export function area(width: number, height: number): number {
  if (width < 0 || height < 0) throw new RangeError('negative')
  return width * height
}

export const UNITS = ['mm', 'cm'].map((unit) => unit.toUpperCase())

export function count(limit: number): number {
  let total = 0
  for (let i = 0; i < limit; i++) total += 1
  return total
}

export function unused(): string {
  return 'never'
}
`;
const nodeTests = (from: string): string => `import { test, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { area, count, UNITS } from '${from}'

test('area', () => {
  assert.equal(area(2, 3), 6)
  assert.throws(() => area(-1, 1), RangeError)
})
describe('more', () => {
  it('counts', () => assert.equal(count(3), 3))
  it('units', () => assert.deepEqual(UNITS, ['MM', 'CM']))
  it.skip('later', () => {})
})
`;

/** The map that `cover` left beside the index of a project. */
function mapWith(file: string): CoverageMap {
  for (const name of readdirSync(path.join(home, 'data'), { recursive: true, encoding: 'utf8' })) {
    if (path.basename(name) !== 'coverage.json') continue;
    const map = JSON.parse(readFileSync(path.join(home, 'data', name), 'utf8')) as CoverageMap;
    if (map.files[file]) return map;
  }
  throw new Error(`no coverage map with ${file}`);
}

/** Whatever a mutant makes fail is among what its lines select. Returns how many kills were looked at. */
function expectNothingLeftOut(map: CoverageMap, file: string, mutants: MutateOutput['mutants']): number {
  const known = { ...map.files[file]!, roles: [], partial: false };
  const snapshot = {
    files: () => [],
    fileByPath: (name: string) => ({ ...known, hash: map.files[name]?.hash ?? map.testFiles[name]! }) as never,
  };
  let kills = 0;
  for (const { place, killedBy, replacement } of mutants) {
    const change = {
      before: file,
      after: file,
      hash: map.files[file]!.hash,
      lines: [[place.startLine, place.endLine]] as const,
    };
    const { tests, files, everything } = selectTests({ map, changes: [change], snapshot, reached: [] });
    for (const id of killedBy) {
      kills++;
      const owner = map.tests.find((test) => test.id === id)!.path;
      expect(everything || tests.includes(id) || files.includes(owner), `${replacement} fails ${id}`).toBe(true);
    }
  }
  return kills;
}

describe.skipIf(!sandboxed || !toolchains.node)('a suite of node:test, in TypeScript', () => {
  let root: string;
  beforeAll(() => {
    root = project('shapes', {
      'package.json': '{ "name": "shapes", "type": "module", "scripts": { "test": "node --test" } }',
      'src/shapes.ts': shapes,
      'test/shapes.test.ts': nodeTests('../src/shapes.ts'),
    });
  });

  it('is covered line by line, test by test, in the sandbox alone', async () => {
    const lcov = path.join(home, 'lcov.info');
    const cobertura = path.join(home, 'cobertura.xml');
    const found = await ask<CoverOutput>(['cover', root, '--lcov', lcov, '--cobertura', cobertura, '--repeats', '2']);
    expect(found.suites).toMatchObject([
      { framework: 'node:test', tests: 4, failed: [], skipped: 1, flaky: [], errors: [] },
    ]);
    const [file] = found.coverage.files;
    expect(file!.lines.filter(({ hits }) => hits === 0).map(({ line }) => line)).toEqual([6, 15]);
    expect(file!.lines.find(({ line }) => line === 6)).toMatchObject({ importOnly: true });
    expect(file!.branchShare).toEqual({ total: 4, covered: 4, importOnly: 0 });
    expect(found.untested.map(({ name }) => name)).toContain('unused');
    expect(readdirSync(root).sort()).toEqual(['.git', 'package.json', 'src', 'test']);
    for (const read of [readLcov(readFileSync(lcov, 'utf8')), readCobertura(readFileSync(cobertura, 'utf8'))]) {
      expect(read.files.map(({ path: name }) => name)).toEqual(['src/shapes.ts']);
      expect(read.lines).toMatchObject({ total: found.coverage.lines.total, covered: found.coverage.lines.covered });
      expect(read.branches).toMatchObject({ total: 4, covered: 4 });
    }
  });

  it('tells which tests reach a symbol', async () => {
    const { reaching } = await ask<CoverOutput>(['cover', root, '--symbol', 'count']);
    expect(reaching?.tests).toEqual(['test/shapes.test.ts::more > counts']);
  });

  it('has its mutants run: killed, survived, late, static and unreached ones apart; what is known is kept', async () => {
    const report = path.join(home, 'mutants.json');
    const found = await ask<MutateOutput>(['mutate', root, '--report', report]);
    const statusOf = (operator: string, replacement: string): unknown =>
      found.mutants.find((mutant) => mutant.operator === operator && mutant.replacement === replacement)?.status;
    expect(statusOf('ArithmeticOperator', 'width / height')).toBe('killed');
    expect(statusOf('EqualityOperator', 'width <= 0')).toBe('survived');
    expect(statusOf('UpdateOperator', 'i--')).toBe('timeout');
    expect(statusOf('StringLiteral', '""')).toBeDefined();
    expect(found.mutants.find(({ replacement }) => replacement === 'unit.toLowerCase()')).toMatchObject({
      status: 'killed',
      killedBy: ['test/shapes.test.ts::more > units'],
    });
    expect(found.mutants.filter(({ place }) => place.startLine === 15).map(({ status }) => status)).toEqual([
      'no-coverage',
    ]);
    const stryker = JSON.parse(readFileSync(report, 'utf8')) as {
      schemaVersion: string;
      files: Record<string, { mutants: { status: string }[] }>;
    };
    expect(stryker.schemaVersion).toBe('2');
    expect(stryker.files['src/shapes.ts']!.mutants).toHaveLength(found.mutants.length);
    expect(expectNothingLeftOut(mapWith('src/shapes.ts'), 'src/shapes.ts', found.mutants)).toBeGreaterThan(10);
    const again = await ask<MutateOutput>(['mutate', root]);
    expect(again.run.mutants).toBe(0);
    expect(again.score).toEqual(found.score);
  });
});

describe.skipIf(!sandboxed || !toolchains.node)('the tests that a change needs', () => {
  it('are those that ran the changed function; unknown files ask for all', async () => {
    const root = project('selected', {
      'package.json': '{ "name": "selected", "type": "module", "scripts": { "test": "node --test" } }',
      'src/shapes.ts': shapes,
      'test/shapes.test.ts': nodeTests('../src/shapes.ts'),
      'test/other.test.ts': "import test from 'node:test';\nimport '../src/other.js';\ntest('other', () => {});\n",
      'src/other.js': 'export const other = 1;\n',
    });
    const git = (...words: string[]): void => {
      execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { stdio: 'ignore' });
    };
    git('add', '-A');
    git('commit', '-m', 'begin');
    await ask(['cover', root]);
    const selected = async (): Promise<unknown> => {
      const answer = await ask<ImpactOutput>(['impact', '--diff', 'HEAD'], root);
      if (answer.status !== 'report') throw new Error('no report');
      const { everything, tests, files } = answer.selection!;
      return { everything, tests, files };
    };
    const edit = (file: string, from: string, to: string): void => {
      const text = readFileSync(path.join(root, file), 'utf8');
      expect(text).toContain(from);
      writeFileSync(path.join(root, file), text.replace(from, to));
    };
    expect(await selected()).toEqual({ everything: false, tests: [], files: [] });
    edit('src/shapes.ts', 'total += 1', 'total += 2');
    expect(await selected()).toEqual({ everything: false, tests: ['test/shapes.test.ts::more > counts'], files: [] });
    edit('src/shapes.ts', "'mm', 'cm'", "'mm', 'm'");
    expect(await selected()).toEqual({ everything: false, tests: [], files: ['test/shapes.test.ts'] });
    edit('src/other.js', '1', '2');
    expect(await selected()).toMatchObject({ files: ['test/other.test.ts', 'test/shapes.test.ts'] });
    edit('package.json', 'selected', 'renamed');
    expect(await selected()).toMatchObject({ everything: true });
  });
});

describe.skipIf(!sandboxed || !toolchains.node)('hostile code', () => {
  it('that never returns, ends the process, deletes files or patches globals spoils nothing else', async () => {
    const root = project('hostile', {
      'package.json': '{ "name": "hostile", "type": "module", "scripts": { "test": "node --test" } }',
      'src/good.js': 'export const twice = (n) => n * 2;\n',
      'src/bad.js':
        "import fs from 'node:fs';\nexport const spin = () => { const end = /^(a+)+$/; return end.test('a'.repeat(60) + '!'); };\nexport const leave = () => process.kill(process.pid, 'SIGKILL');\nexport const wipe = () => fs.rmSync(new URL('./good.js', import.meta.url));\nexport const patch = () => { Array.prototype.map = () => []; JSON.stringify = () => 'x'; };\n",
      'test/a-spin.test.js':
        "import test from 'node:test';\nimport { spin } from '../src/bad.js';\ntest('spins', () => { spin(); });\n",
      'test/b-leave.test.js':
        "import test from 'node:test';\nimport { leave } from '../src/bad.js';\ntest('leaves', async () => { leave(); await new Promise(() => {}); });\n",
      'test/c-wipe.test.js':
        "import test from 'node:test';\nimport { wipe } from '../src/bad.js';\ntest('wipes', () => { wipe(); });\n",
      'test/d-good.test.js':
        "import test from 'node:test';\nimport assert from 'node:assert';\nimport { twice } from '../src/good.js';\ntest('doubles', () => { assert.equal(twice(2), 4); });\n",
    });
    const { suites } = await ask<CoverOutput>(['cover', root]);
    const failed = suites[0]!.failed.map(({ id }) => id);
    expect(failed).toEqual(expect.arrayContaining(['test/a-spin.test.js::spins', 'test/b-leave.test.js::leaves']));
    expect(failed).not.toContain('test/d-good.test.js::doubles');
    expect(existsSync(path.join(root, 'src/good.js'))).toBe(true);
  });
});

const calc = `"""Sums."""
LIMIT = 10 * 2


def clamp(value, low=0, high=LIMIT):
    """Keeps it in bounds."""
    if value < low:
        return low
    if value > high:
        return high
    return value


def total(values):
    result = 0
    while values:
        result += values.pop()
    return result


def never():
    return 1
`;

describe.skipIf(!sandboxed || !toolchains.python)('Python', () => {
  it.skipIf(!hasPytest)('by pytest: coverage, mutants, timeouts', async () => {
    const root = project('calc', {
      'pyproject.toml': '[project]\nname = "calc"\nversion = "1"\n[tool.pytest.ini_options]\npythonpath = ["src"]\n',
      'src/calc.py': calc,
      'tests/test_calc.py':
        'import pytest\nfrom calc import LIMIT, clamp, total\n\n\n@pytest.mark.parametrize("value, expected", [(-1, 0), (5, 5), (21, 20)])\ndef test_clamp(value, expected):\n    assert clamp(value) == expected\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n',
    });
    const covered = await ask<CoverOutput>(['cover', root, '--repeats', '1']);
    expect(covered.suites).toMatchObject([{ framework: 'pytest', tests: 4, failed: [], flaky: [], errors: [] }]);
    expect(
      covered.coverage.files[0]!.lines.filter(({ hits, importOnly }) => hits === 0 && !importOnly).map(
        ({ line }) => line,
      ),
    ).toEqual([22]);
    const { mutants, score } = await ask<MutateOutput>(['mutate', root]);
    const statusOf = (replacement: string, line: number): unknown =>
      mutants.find((mutant) => mutant.replacement === replacement && mutant.place.startLine === line)?.status;
    expect(statusOf('10 / 2', 2)).toBe('killed');
    expect(statusOf('value <= low', 7)).toBe('survived');
    expect(statusOf('pass', 17)).toBe('timeout');
    expect(statusOf('result -= values.pop()', 17)).toBe('killed');
    expect(score.noCoverage).toBe(2);
    expect(expectNothingLeftOut(mapWith('src/calc.py'), 'src/calc.py', mutants)).toBeGreaterThan(10);
    expect(score.timeouts).toBeGreaterThan(0);
  });

  it.skipIf(!hasPytest)('by pytest: a conftest that loads the package, tests that bear none beside them', async () => {
    const shared =
      'import os, time\n\nfrom prices import price\n\n\ndef test_alone_%s():\n    assert not os.path.exists("lock")\n    open("lock", "w").close()\n    time.sleep(0.02)\n    os.remove("lock")\n    assert price(%d) == %d\n';
    const root = project('prices', {
      'pyproject.toml': '[project]\nname = "prices"\nversion = "1"\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
      'prices.py':
        'RATES = [(10, 2), (100, 3)]\nFLOOR = 2 - 1\nDEFAULT = 2 + 3\n\n\ndef price(count):\n    for least, rate in RATES:\n        if count < least:\n            return count * rate\n    return max(FLOOR, count * DEFAULT)\n',
      'conftest.py': 'import prices\n\nassert prices.price\n',
      'tests/test_one.py': shared.replace('%s', 'one').replace('%d', '4').replace('%d', '8'),
      'tests/test_two.py': shared.replace('%s', 'two').replace('%d', '20').replace('%d', '60'),
      'tests/test_order.py':
        'seen = []\n\n\ndef test_first():\n    seen.append(1)\n\n\ndef test_second():\n    assert seen == [1]\n',
    });
    const covered = await ask<CoverOutput>(['cover', root]);
    expect(covered.suites).toMatchObject([{ framework: 'pytest', tests: 4, failed: [], errors: [] }]);
    const { mutants } = await ask<MutateOutput>(['mutate', root]);
    const on = (line: number): string[] =>
      mutants.filter(({ place }) => place.startLine === line).map(({ status }) => status);
    expect(on(1).length).toBeGreaterThan(0);
    expect(on(1).every((status) => status === 'killed')).toBe(true);
    // Nothing asks for what the last line gives: a kill there would be one of tests in each other's way.
    expect([...on(2), ...on(3), ...on(10)].filter((status) => status === 'killed')).toEqual([]);
    expect(mutants.filter(({ place }) => place.startLine <= 3).every((mutant) => mutant.static)).toBe(true);
  });

  it('by unittest, with fixtures of the class', async () => {
    const root = project('unit', {
      'setup.py': 'from setuptools import setup\nsetup(name="unit")\n',
      'calc.py': calc,
      'tests/__init__.py': '',
      'tests/test_calc.py':
        'import unittest\n\nimport calc\n\n\nclass Clamps(unittest.TestCase):\n    @classmethod\n    def setUpClass(cls):\n        cls.high = 3\n\n    def test_high(self):\n        self.assertEqual(calc.clamp(7, 0, self.high), 3)\n\n    @unittest.skip("later")\n    def test_later(self):\n        pass\n',
    });
    const covered = await ask<CoverOutput>(['cover', root]);
    expect(covered.suites).toMatchObject([{ framework: 'unittest', tests: 2, failed: [], skipped: 1 }]);
    const { mutants } = await ask<MutateOutput>(['mutate', 'calc.py', root]);
    expect(mutants.find(({ replacement }) => replacement === 'value <= high')).toMatchObject({
      status: 'killed',
      killedBy: ['tests.test_calc.Clamps.test_high'],
    });
  });
});
