import { describe, expect, test } from 'vitest';
import type { Step } from '#generate/model/candidate.ts';
import { SEEN_TIME } from '#generate/search/goal.ts';
import { call, heal, helped, shows } from './heal-project.ts';
import { sandboxes } from './prove-project.ts';

const doubles = 'export const double = (value) => 2 * value;\n';

describe.skipIf(!sandboxes)('a suite that fails is healed by the kind of its failure', () => {
  test('syntax: a parser that knows no separators in numbers', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'old-parser',
      files: { 'package.json': '{ "type": "module" }', 'double.js': doubles },
      subject: 'double.js',
      tests: [shows([call('double', 20_000)], [40_000])],
      draft: { path: 'test/double.test.js', specifier: '../double.js' },
      disturb: (target) => ({
        ...target,
        async runTests(sandbox, paths, ...rest) {
          const text = new TextDecoder().decode(await sandbox.readFile(paths[0]!));
          return /\d_\d/.test(text)
            ? { passed: new Set(), failed: new Map(), broken: 'SyntaxError: Invalid or unexpected token' }
            : target.runTests(sandbox, paths, ...rest);
        },
      }),
    });
    expect(helped(settled)).toEqual(['syntax: writes numbers and texts as older parsers read them']);
    expect(settled.files[0]!.written.text).toContain('assert.equal(result, 40000);');
    expect(settled.dropped).toEqual([]);
  });

  test('syntax: one test that cannot be parsed takes no other with it', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'one-broken',
      files: { 'package.json': '{ "type": "module" }', 'double.js': doubles },
      subject: 'double.js',
      tests: [
        shows([call('double', 1)], [2]),
        shows([call('double', 2)], [4]),
        shows([call('double', { $: 'number', v: '1..2' })], [5]),
        shows([call('double', 3)], [6]),
      ],
      draft: { path: 'test/double.test.js', specifier: '../double.js' },
    });
    expect(settled.files[0]!.written.tests).toHaveLength(3);
    expect(settled.dropped).toHaveLength(1);
    expect(settled.steadyRuns).toBe(3);
  });

  test('imports and paths: the module lies elsewhere', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'wrong-path',
      files: { 'package.json': '{ "type": "module" }', 'lib/double.js': doubles },
      subject: 'lib/double.js',
      tests: [shows([call('double', 2)], [4])],
      draft: { path: 'test/double.test.js', specifier: '../lib/double' },
    });
    expect(helped(settled)).toEqual(['imports and paths: names the file itself: ../lib/double.js']);
    expect(settled.files[0]!.written.text).toContain("from '../lib/double.js'");
    expect(settled.files[0]!.written.text).toContain('assert.equal(result, 4);');
  });

  test('imports and paths: a Python module under another name', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'wrong-module',
      files: {
        'pyproject.toml': '[project]\nname = "pack"\n',
        'pack/__init__.py': '',
        'pack/double.py': 'def double(value):\n    return 2 * value\n',
      },
      subject: 'pack/double.py',
      tests: [shows([call('double', 2)], [4])],
      draft: { path: 'tests/test_double.py', specifier: 'source.pack.double' },
    });
    expect(helped(settled)).toEqual(['imports and paths: imports from the root of the tree: pack.double']);
    expect(settled.files[0]!.written.text).toContain('self.assertEqual(result, 4)');
  });

  test('module format: CommonJS in a package of modules', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'wrong-format',
      files: { 'package.json': '{ "type": "module" }', 'double.js': doubles },
      subject: 'double.js',
      tests: [shows([call('double', 2)], [4])],
      draft: { path: 'test/double.test.js', specifier: '../double.js', format: 'commonjs' },
    });
    expect(helped(settled)).toEqual(['module format: is written as a module (.mjs)']);
    expect(settled.files[0]!.draft.path).toBe('test/double.test.mjs');
  });

  test('module format: names that CommonJS makes while it runs', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'computed-exports',
      files: {
        'package.json': '{}',
        'double.cjs': "module.exports = Object.fromEntries([['double', (value) => 2 * value]]);\n",
      },
      subject: 'double.cjs',
      tests: [shows([call('double', 2)], [4])],
      draft: { path: 'test/double.test.mjs', specifier: '../double.cjs' },
    });
    expect(helped(settled)).toEqual(['module format: imports the whole module and takes its members']);
  });

  test('missing mocks: the time', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'clock',
      files: { 'package.json': '{ "type": "module" }', 'clock.js': 'export const stamp = () => Date.now();\n' },
      subject: 'clock.js',
      tests: [shows([call('stamp')], [SEEN_TIME], { effects: { time: 1 } })],
      draft: { path: 'test/clock.test.js', specifier: '../clock.js' },
    });
    expect(helped(settled)).toEqual(['missing mocks: fixes the time']);
    expect(settled.files[0]!.written.text).toContain('mock.timers.enable');
  });

  test('fixture data: a file of the project, read from the working folder', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'table',
      files: {
        'package.json': '{ "type": "module" }',
        'packages/a/data/table.json': '{ "x": 3 }',
        'packages/a/table.js':
          "import fs from 'node:fs';\nexport const valueOf = (key) => JSON.parse(fs.readFileSync('data/table.json', 'utf8'))[key];\n",
      },
      subject: 'packages/a/table.js',
      tests: [shows([call('valueOf', 'x')], [3])],
      draft: { path: 'packages/a/test/table.test.js', specifier: '../table.js' },
    });
    expect(helped(settled)).toEqual(['fixture data: runs in packages/a, where data/table.json is']);
    expect(settled.files[0]!.written.text).toContain("process.chdir(new URL('../', import.meta.url).pathname);");
  });

  test('async: what belongs to one event loop', { timeout: 240_000 }, async () => {
    const steps: Step[] = [
      { op: 'new', on: { module: 0, path: ['Promised'] }, with: [] },
      { op: 'call', on: { step: 0, path: ['start'] }, with: [] },
      { op: 'call', on: { step: 0, path: ['finish'] }, with: [7] },
    ];
    const proven = shows(steps, [{ $: 'instance', c: 'Promised', p: [] }, null, 7]);
    const settled = await heal({
      name: 'loops',
      files: {
        'pyproject.toml': '[project]\nname = "promised"\n',
        'promised.py':
          'import asyncio\n\n\nclass Promised:\n    async def start(self):\n        self.future = asyncio.get_running_loop().create_future()\n\n    async def finish(self, value):\n        asyncio.get_running_loop().call_soon(self.future.set_result, value)\n        return await self.future\n',
      },
      subject: 'promised.py',
      tests: [
        {
          ...proven,
          seen: {
            ...proven.seen,
            steps: proven.seen.steps.map((step, i) => (i > 0 ? { ...step, awaited: true } : step)),
          },
        },
      ],
      draft: { path: 'tests/test_promised.py', specifier: 'promised' },
    });
    expect(helped(settled)).toEqual(['async: runs the steps of a test in one event loop']);
    expect(settled.files[0]!.written.text).toContain('asyncio.run(scenario())');
    expect(settled.files[0]!.written.text).toContain('self.assertEqual(result, 7)');
  });

  test('environment: code that asks whether tests are running', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'mode',
      files: {
        'package.json': '{ "type": "module" }',
        'mode.js': "export const mode = () => (process.env.NODE_ENV === 'test' ? 'quiet' : 'loud');\n",
      },
      subject: 'mode.js',
      tests: [shows([call('mode')], ['quiet'])],
      draft: { path: 'test/mode.test.js', specifier: '../mode.js' },
    });
    expect(helped(settled)).toEqual(['environment: sets NODE_ENV to test']);
    expect(settled.dropped).toEqual([]);
  });

  test('a test that is wrong is taken out, and what was tried is said', { timeout: 240_000 }, async () => {
    const settled = await heal({
      name: 'wrong',
      files: { 'package.json': '{ "type": "module" }', 'double.js': doubles },
      subject: 'double.js',
      tests: [shows([call('double', 2)], [4]), shows([call('double', 3)], [7], { effects: { random: 1 } })],
      draft: { path: 'test/double.test.js', specifier: '../double.js' },
    });
    expect(settled.dropped).toHaveLength(1);
    expect(settled.attempts).toEqual([
      { path: 'test/double.test.js', kind: 'missing mocks', what: 'fixes chance', helped: false },
    ]);
    expect(settled.files[0]!.written.tests).toHaveLength(1);
  });
});
