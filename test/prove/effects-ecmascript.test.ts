/** What JavaScript reads from outside of itself is stood in for in the tests that are written, by each framework's own means. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gatewayScripts } from './effect-modules.ts';
import { installedPackages, linkPackages } from '../installed-packages.ts';
import { proveProject, sandboxes } from './prove-project.ts';

const packages = sandboxes ? installedPackages() : undefined;
const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-effects-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function textFor(framework: string, format: 'module' | 'commonjs'): Promise<string> {
  const root = path.join(folder, `${framework.replace(':', '-')}-${format}`);
  mkdirSync(root);
  const manifest = {
    name: 'gateway',
    version: '1.0.0',
    type: format,
    main: './gateway.js',
    ...(framework === 'node:test' ? {} : { scripts: { test: framework }, devDependencies: { [framework]: '*' } }),
  };
  writeFileSync(path.join(root, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(root, 'gateway.js'), gatewayScripts[format]);
  if (framework !== 'node:test') linkPackages(packages!, root);
  const report = await proveProject(root, { secondsPerModule: 18, mostModules: 1 });
  expect(report.files.map((file) => file.framework)).toEqual([framework]);
  expect(report.steadyRuns).toBe(3);
  expect(report.dropped).toEqual([]);
  const { byTests } = report.modules[0]!;
  expect(byTests.statements.reached).toBe(byTests.statements.total);
  return report.files[0]!.text;
}

describe.skipIf(!sandboxes)('the world outside, in JavaScript', () => {
  test('by node:test, in modules', { timeout: 300_000 }, async () => {
    const text = await textFor('node:test', 'module');
    expect(text).toContain("t.mock.method(globalThis, 'fetch', answerFetch(");
    expect(text).toMatch(/t\.mock\.method\(http, 'get', answerGet\(\d+,/);
    expect(text).toContain('syncBuiltinESMExports();');
    expect(text).toMatch(/t\.mock\.timers\.enable/);
    expect(text).toMatch(/t\.mock\.method\(Math, 'random'/);
    expect(text).toMatch(/process\.env = \{ DEBUG: '1' \};/);
    expect(text).toMatch(/process\.argv = \['node', 'program', /);
    expect(text).toMatch(/console\.log\.mock\.calls\.map\(\(call\) => call\.arguments\)/);
    expect(text).toMatch(/makeFile\('notes\./);
    expect(text).toMatch(/readFileSync\(input, 'utf8'\)/);
  });

  test('by node:test, in CommonJS', { timeout: 300_000 }, async () => {
    const text = await textFor('node:test', 'commonjs');
    expect(text).toContain("mock.method(childProcess, 'execFileSync');\n");
    expect(text).toContain('childProcess.execFileSync.mock.mockImplementation(runProgramSync(');
  });

  test.skipIf(packages === undefined)('by vitest', { timeout: 300_000 }, async () => {
    const text = await textFor('vitest', 'module');
    expect(text).toContain("vi.spyOn(childProcess, 'execFileSync').mockImplementation(runProgramSync(");
    expect(text).toContain('vi.useFakeTimers({ now: ');
    expect(text).toContain("vi.spyOn(Math, 'random')");
    expect(text).toContain('vi.restoreAllMocks();');
  });

  test.skipIf(packages === undefined)('by jest', { timeout: 300_000 }, async () => {
    const text = await textFor('jest', 'commonjs');
    expect(text).toContain("const execFileSync = jest.spyOn(childProcess, 'execFileSync');");
    expect(text).toContain('execFileSync.mockReset().mockImplementation(runProgramSync(');
    expect(text).toContain('jest.useFakeTimers({ now: ');
  });

  test.skipIf(packages === undefined)('by mocha, in CommonJS', { timeout: 300_000 }, async () => {
    const text = await textFor('mocha', 'commonjs');
    expect(text).toContain("standIn(childProcess, 'execFileSync');");
    expect(text).toContain('Object.assign(childProcess.execFileSync, { calls: [], stand: runProgramSync(');
    expect(text).toContain('Math.random = () => 0.5;');
  });

  test.skipIf(packages === undefined)('by mocha, in modules', { timeout: 300_000 }, async () => {
    const text = await textFor('mocha', 'module');
    expect(text).toContain("replace(globalThis, 'fetch', answerFetch(");
    expect(text).toContain('globalThis.Date = class extends RealDate');
  });
});
