/** A law: no change of a line makes a test fail that the map of coverage did not select for it. On projects that are made up. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { selectTests } from '#coverage/select-tests.ts';
import type { CoverageMap } from '#model/coverage-map.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { runTrowel } from '../e2e/run-trowel.ts';
import { changesOf, randomSuite, type RandomSuite } from './random-suites.ts';

const sandboxed = await chooseRunner().then(
  () => true,
  () => false,
);
const toolchains = await findToolchains({ tree: os.tmpdir(), environment: process.env, home: os.homedir() });
const home = mkdtempSync(path.join(os.tmpdir(), 'trowel-law-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ways {
  readonly program: string;
  readonly manifest: Readonly<Record<string, string>>;
  /** Prints the values of expressions, as a JSON list of texts in the language. */
  record(suite: RandomSuite): readonly [file: string, text: string];
  testFile(suite: RandomSuite, file: string, values: ReadonlyMap<string, string>): string;
  /** Runs all tests; gives the names of those that failed, and the files that could not be loaded. */
  run(root: string): string;
}

const modulesOf = (suite: RandomSuite): number[] => [...new Set(suite.tests.map(({ module }) => module))];

const ways: Readonly<Record<'javascript' | 'python', Ways>> = {
  javascript: {
    program: toolchains.node?.program ?? '',
    manifest: { 'package.json': '{ "name": "law", "type": "module", "scripts": { "test": "node --test" } }' },
    record: (suite) => [
      'record.mjs',
      `${modulesOf(suite)
        .map((module) => `import * as m${module} from './src/m${module}.js';`)
        .join('\n')}\nconst values = {};\n${suite.tests
        .map(
          ({ name, module, expression }) =>
            `{ const { ${namesOf(suite, module)} } = m${module}; values.${name} = JSON.stringify(${expression}); }`,
        )
        .join('\n')}\nconsole.log(JSON.stringify(values));\n`,
    ],
    testFile: (suite, file, values) => {
      const tests = suite.tests.filter((test) => test.file === file);
      return `import test from 'node:test';\nimport assert from 'node:assert/strict';\nimport { ${namesOf(suite, tests[0]!.module)} } from '../src/m${tests[0]!.module}.js';\n${tests
        .map(({ name, expression }) => `test('${name}', () => assert.deepEqual(${expression}, ${values.get(name)}));`)
        .join('\n')}\n`;
    },
    run: (root) => {
      const { stdout } = spawnSync(toolchains.node!.program, ['--test', '--test-reporter=tap'], {
        cwd: root,
        encoding: 'utf8',
      });
      return [...stdout.matchAll(/^\s*not ok \d+ - (\S+)/gm)].map(([, name]) => name).join('\n');
    },
  },
  python: {
    program: toolchains.python?.program ?? '',
    manifest: { 'setup.py': 'from setuptools import setup\n\nsetup(name="law")\n', 'tests/__init__.py': '' },
    record: (suite) => [
      'record.py',
      `import json\n\n${modulesOf(suite)
        .map((module) => `import m${module}`)
        .join('\n')}\n\nvalues = {}\n${suite.tests
        .map(
          ({ name, module, expression }) =>
            `values["${name}"] = repr(eval(${JSON.stringify(expression)}, vars(m${module})))`,
        )
        .join('\n')}\nprint(json.dumps(values))\n`,
    ],
    testFile: (suite, file, values) => {
      const tests = suite.tests.filter((test) => test.file === file);
      return `import unittest\n\nfrom m${tests[0]!.module} import *\n\n\nclass Tests(unittest.TestCase):\n${tests
        .map(
          ({ name, expression }) =>
            `    def ${name}(self):\n        self.assertEqual(${expression}, ${values.get(name)})\n`,
        )
        .join('\n')}`;
    },
    run: (root) => {
      const words = ['-B', '-m', 'unittest', 'discover', '-q', '-s', 'tests', '-t', '.'];
      const { stderr } = spawnSync(toolchains.python!.program, words, { cwd: root, encoding: 'utf8' });
      return [...stderr.matchAll(/^(?:FAIL|ERROR): (\S+)/gm)].map(([, name]) => name).join('\n');
    },
  },
};

/** What the expressions of a module's tests use. */
function namesOf(suite: RandomSuite, module: number): string {
  const words = suite.tests
    .filter((test) => test.module === module)
    .flatMap(({ expression }) => expression.match(/[A-Za-z]+\d+/g) ?? []);
  return [...new Set(words)].join(', ');
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

async function mapOf(root: string, file: string): Promise<CoverageMap> {
  const data = path.join(home, 'data', path.basename(root));
  const { out, err } = await runTrowel(['cover', root, '--json', '--data-folder', data]);
  const { suites } = JSON.parse(out || `{"error":${JSON.stringify(err)}}`) as {
    suites?: { failed: unknown[]; errors: unknown[] }[];
  };
  expect(
    suites?.map(({ failed, errors }) => [failed, errors]),
    out + err,
  ).toEqual([[[], []]]);
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    if (path.basename(name) !== 'coverage.json') continue;
    const map = JSON.parse(readFileSync(path.join(data, name), 'utf8')) as CoverageMap;
    if (map.files[file]) return map;
  }
  throw new Error('cover left no map');
}

/** Ids of the tests that a change selects. */
function selected(map: CoverageMap, file: string, line: number): ReadonlySet<string> {
  const snapshot = {
    files: () => [],
    fileByPath: (name: string) =>
      ({ hash: map.files[name]?.hash ?? map.testFiles[name]!, roles: [], partial: false }) as never,
  };
  const change = { before: file, after: file, hash: map.files[file]!.hash, lines: [[line, line]] as const };
  const { tests, files, everything } = selectTests({ map, changes: [change], snapshot, reached: [] });
  return new Set(
    map.tests
      .filter(({ id, path: owner }) => everything || tests.includes(id) || files.includes(owner))
      .map(({ id }) => id),
  );
}

let count = 0;
/** Of each file: a run of the tests takes a third of a second. */
const MOST_CHANGES = 8;

/** How many changes made a test fail, and how many tests were left out of all. */
async function check(
  language: 'javascript' | 'python',
  suite: RandomSuite,
): Promise<{ failing: number; leftOut: number }> {
  const way = ways[language];
  const root = path.join(home, `${language}-${++count}`);
  const [recorder, text] = way.record(suite);
  write(root, { ...way.manifest, ...suite.files, [recorder]: text });
  const values = new Map(
    Object.entries(
      JSON.parse(execFileSync(way.program, [recorder], { cwd: root, encoding: 'utf8' })) as Record<string, string>,
    ),
  );
  rmSync(path.join(root, recorder));
  const testFiles = [...new Set(suite.tests.map(({ file }) => file))];
  write(root, Object.fromEntries(testFiles.map((file) => [file, way.testFile(suite, file, values)])));
  execFileSync('git', ['init', '-q', root]);
  const map = await mapOf(root, suite.sources[0]!);
  let failing = 0;
  let leftOut = 0;
  for (const file of suite.sources) {
    const original = suite.files[file]!;
    const changes = changesOf(original, language);
    const step = Math.ceil(changes.length / MOST_CHANGES);
    for (const { line, text: changed } of changes.filter((_, at) => at % step === count % step)) {
      writeFileSync(path.join(root, file), changed);
      const failed = way.run(root).split('\n').filter(Boolean);
      if (failed.length === 0) continue;
      failing++;
      const chosen = selected(map, file, line);
      leftOut += map.tests.length - chosen.size;
      const failedIds = map.tests.filter(({ id, path: owner }) => {
        const name = id.split(/::|\./).at(-1)!;
        const module = owner.replace(/\.py$/, '').replaceAll('/', '.');
        return failed.includes(name) || failed.includes(owner) || failed.includes(module);
      });
      const missed = failedIds.filter(({ id }) => !chosen.has(id)).map(({ id }) => id);
      expect(missed, `${file}:${line}\n${changed.split('\n')[line - 1]}\n\n${original}`).toEqual([]);
    }
    writeFileSync(path.join(root, file), original);
  }
  rmSync(root, { recursive: true });
  return { failing, leftOut };
}

describe.skipIf(!sandboxed)('no test that a change makes fail is left out', () => {
  it.each(['javascript', 'python'] as const)('%s', { timeout: 300_000 }, async (language) => {
    if (ways[language].program === '') return;
    let failing = 0;
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
        const found = await check(
          language,
          randomSuite(language, (below) => numbers.next().value % below),
        );
        failing += found.failing;
        leftOut += found.leftOut;
      }),
      { numRuns: 2, endOnFailure: true },
    );
    // It would be no news of a selection that takes all, or of changes that nothing notices.
    expect(failing).toBeGreaterThan(10);
    expect(leftOut).toBeGreaterThan(10);
  });
});
