import { describe, expect, test } from 'vitest';
import type { TestReport } from '#model/test-report.ts';
import { makeProject, proveProject, sandboxes } from './prove-project.ts';
import { doubtfulModule, hostileModule, ledgerModule, purseModule } from './sample-modules.ts';

const prove = (name: string, files: Readonly<Record<string, string>>): Promise<TestReport> =>
  proveProject(makeProject(name, files), { secondsPerModule: 12 });

describe.skipIf(!sandboxes)('tests are generated in a sandbox', () => {
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
