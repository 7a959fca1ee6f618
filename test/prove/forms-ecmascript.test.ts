/** Forms of generated files that a framework alone can judge: benchmarks and inline snapshots, run by Vitest and Jest. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { TestReport } from '#model/test-report.ts';
import { installedPackages, linkPackages } from '../installed-packages.ts';
import { makeProject, proveProject, sandboxes } from './prove-project.ts';

const rows = `export function rowsOf(start) {
  const rows = [];
  for (let i = 0; i < 12; i++) {
    const number = start + i;
    rows.push({
      number,
      square: number * number,
      cube: number ** 3,
      kind: number % 2 === 0 ? 'even' : 'odd',
      sign: number < 0 ? 'below zero' : 'not below "zero"',
    });
  }
  return { title: 'rows of \`numbers\`', rows, empty: [], none: null };
}

export function shout(text) {
  return text.toUpperCase() + '!';
}
`;

function projectWith(framework: string, packages: string, name: string): string {
  const root = makeProject(name, {
    'package.json': JSON.stringify({
      name,
      type: framework === 'jest' ? 'commonjs' : 'module',
      main: './rows.js',
      scripts: { test: framework },
      devDependencies: { [framework]: '*' },
    }),
    'rows.js': framework === 'jest' ? `${rows.replaceAll('export ', '')}module.exports = { rowsOf, shout };\n` : rows,
  });
  linkPackages(packages, root);
  return root;
}

async function textsFor(root: string, benchmarks: boolean): Promise<{ report: TestReport; texts: readonly string[] }> {
  const report = await proveProject(root, { benchmarks });
  expect(report.left).toEqual([]);
  expect(report.dropped).toEqual([]);
  expect(report.steadyRuns).toBe(3);
  return { report, texts: report.files.map(({ text }) => text) };
}

describe.skipIf(!sandboxes)('forms that only a framework can judge', () => {
  let packages: string | undefined;
  let newest: string | undefined;
  beforeAll(() => {
    packages = installedPackages();
    newest = installedPackages({ vitest: '5.1.1', vite: '8.0.0' });
  }, 600_000);

  test('Vitest up to 4: bench files, and results as inline snapshots', { timeout: 300_000 }, async ({ skip }) => {
    skip(packages === undefined, 'no registry answers');
    const { report, texts } = await textsFor(projectWith('vitest', packages!, 'bench-four'), true);
    const bench = report.files.find(({ path }) => path === 'test/rows.bench.js');
    expect(bench!.text).toContain("import { bench, describe } from 'vitest';");
    expect(bench!.text).toMatch(/describe\('shout', \(\) => \{\n {2}bench\(/);
    expect(texts.join('\n')).toMatch(/toMatchInlineSnapshot\(`\n/);
  });

  test('Vitest 5: bench is given to a test', { timeout: 300_000 }, async ({ skip }) => {
    skip(newest === undefined, 'no registry answers');
    const { report } = await textsFor(projectWith('vitest', newest!, 'bench-five'), true);
    const bench = report.files.find(({ path }) => path === 'test/rows.bench.js');
    expect(bench!.text).toContain("import { describe, test } from 'vitest';");
    expect(bench!.text).toMatch(/async \(\{ bench \}\) => \{\n {4}await bench\(/);
  });

  test('Jest: inline snapshots', { timeout: 300_000 }, async ({ skip }) => {
    skip(packages === undefined, 'no registry answers');
    const { texts } = await textsFor(projectWith('jest', packages!, 'snapshot-jest'), false);
    expect(texts.join('\n')).toMatch(/toMatchInlineSnapshot\(`\n/);
  });
});
