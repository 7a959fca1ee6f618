import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { silent } from '#base/progress.ts';
import { proveTests } from '#prove/prove-tests.ts';
import { loadRunner } from '#sandbox/registry.ts';
import { doubtfulModule, hostileModule, ledgerModule, purseModule } from './sample-modules.ts';

const runner = await loadRunner('bubblewrap');
const availability = await runner.availability();
const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-prove-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function prove(name: string, files: Readonly<Record<string, string>>) {
  const root = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return proveTests({
    root,
    scope: '',
    snapshot: undefined,
    changed: undefined,
    changes: new Map(),
    runner,
    environment: process.env,
    home: os.homedir(),
    dataFolder: path.join(folder, 'data'),
    secondsPerModule: 12,
    mostModules: 5,
    seed: 1,
    now: Date.now,
    emit: silent,
    signal: new AbortController().signal,
  });
}

describe.skipIf(!availability.available)('tests are generated in a sandbox', () => {
  test('a class with state, guards and a function beside it', { timeout: 120_000 }, async () => {
    const report = await prove('purse', {
      'package.json': '{ "name": "purse", "type": "module", "exports": "./purse.js" }',
      'purse.js': purseModule,
    });
    const [module] = report.modules;
    expect(module!.byTests.branches).toEqual({
      reached: module!.byTests.branches.total,
      total: module!.byTests.branches.total,
    });
    expect(module!.mutants.killed).toBeGreaterThan(module!.mutants.survived);
    expect(report.steadyRuns).toBe(3);
    const [file] = report.files;
    expect(file!.path).toBe('test/purse.test.js');
    expect(file!.text).toContain("import { describe, it } from 'node:test';");
    expect(file!.text).toMatch(/from '\.\.\/purse\.js';/);
    expect(file!.tests.every(({ assertions }) => assertions > 0)).toBe(true);
  });

  test(
    'hostile code: the process ends, loops do not, files are deleted, globals are patched, output floods',
    { timeout: 180_000 },
    async () => {
      const report = await prove('hostile', {
        'package.json': '{ "name": "hostile", "main": "./hostile.js" }',
        'hostile.js': hostileModule,
        'notes.txt': 'stays',
      });
      const text = report.files.map((file) => file.text).join('\n');
      expect(text).not.toMatch(/quit|spin|wipe|call home/);
      expect(text).toContain('double');
    },
  );

  test('Python: a class, operators, exceptions and a doctest', { timeout: 180_000 }, async () => {
    const report = await prove('ledger', {
      'pyproject.toml': '[project]\nname = "ledger"\nversion = "1"\n',
      'ledger.py': ledgerModule,
    });
    const module = report.modules.find((one) => one.path === 'ledger.py')!;
    expect(module.byTests.branches.reached).toBe(module.byTests.branches.total);
    expect(module.mutants.killed).toBeGreaterThan(module.mutants.survived);
    const text = report.files.map((file) => file.text).join('\n');
    expect(text).toContain('from ledger import ');
    expect(text).toMatch(/parse_amount\("1,200"\)/);
    expect(text).toMatch(/self\.assertRaises\(ValueError\)/);
    expect(report.steadyRuns).toBe(3);
  });

  test('what looks like a bug is said and not asserted', { timeout: 120_000 }, async () => {
    const report = await prove('doubtful', {
      'package.json': '{ "name": "doubtful", "type": "module", "exports": "./doubtful.js" }',
      'doubtful.js': doubtfulModule,
    });
    const said = report.suspicions.map(({ call, seen, why }) => `${call} ${seen}: ${why}`).join('\n');
    expect(said).toContain('triple(2) gives 6: documentation shows another result');
    expect(said).not.toContain('double(3)');
    expect(said).toMatch(/greeting\(.*\) gives undefined: it is declared to give string/);
    expect(report.files.map(({ text }) => text).join('\n')).not.toContain('triple(2)');
  });
});
