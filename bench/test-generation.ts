/**
 * Tests generated for packages from the registries: coverage by independent tools (c8, coverage.py), mutation score, size, time,
 * and failures over ten runs in shuffled order; for Python Pynguin beside it, on the same modules with the same time, and both
 * suites on the same mutants. All code under study runs in the sandbox. TROWEL_SECONDS: time a module (60); TROWEL_MODULES: how
 * many of a package (4). What was measured is kept, so that packages can be taken one by one: the table has all with these settings.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { figure } from './measure/report.ts';
import { dataFolder } from './trowel.ts';
import { compareWithPynguin, type Rival } from './rivals/pynguin.ts';
import { silent } from '../src/base/progress.ts';
import type { TestReport } from '../src/model/test-report.ts';
import { proveTests } from '../src/prove/prove-tests.ts';
import { chooseRunner } from '../src/sandbox/registry.ts';
import { findToolchains, type Toolchains } from '../src/sandbox/toolchains/find-toolchains.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';

/** Parsers, strings, data structures, numbers and dates, state, async. */
const npmPackages = ['ms', 'qs', 'p-limit', 'yocto-queue', 'camelcase', 'fast-deep-equal'];
const pythonPackages = ['inflection', 'python-slugify', 'humanize', 'sortedcontainers', 'cachetools', 'semver'];

const SHUFFLED_RUNS = 10;
mkdirSync(dataFolder, { recursive: true });
/** Without links: sandboxes show a tree under its real path. */
const folder = path.join(realpathSync(dataFolder), 'test-generation');

interface Measured {
  readonly name: string;
  readonly statements: number;
  /** Python: lines and branches together, as coverage.py counts. */
  readonly branches: number | undefined;
  readonly report: TestReport;
  readonly failures: number;
  /** Python: score of the suite by `trowel mutate`, and what Pynguin's suite reaches. */
  readonly score?: number | undefined;
  readonly rival?: Rival | undefined;
}

const MODULES = Number(process.env['TROWEL_MODULES'] ?? 4);

export const testGeneration: Bench = async ({ say, trees }) => {
  const seconds = Number(process.env['TROWEL_SECONDS'] ?? 60);
  const wanted = (name: string): boolean => trees === undefined || trees.includes(name);
  for (const [kind, names, fetch, cover] of [
    ['npm', npmPackages, fetchNpm, coverNpm],
    ['Python', pythonPackages, fetchPython, coverPython],
  ] as const) {
    for (const name of names.filter(wanted)) {
      try {
        const root = fetch(name);
        const report = await generate(root, seconds);
        const { statements, branches, failures } = await measure(root, report, cover);
        const suites = kind === 'Python' ? await compareWithPynguin({ root, name, report, seconds, folder, say }) : {};
        say(
          `${name}: ${figure(statements, 1)} ${branches === undefined ? '' : figure(branches, 1)}, ${failures} failures`,
        );
        keep(seconds, kind, { name, statements, branches, report, failures, ...suites });
      } catch (error) {
        say(`${name} is left out: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const measured = kept(seconds);
  const rows = measured.map(({ kind, one }) => {
    const { name, statements, branches, report, failures } = one;
    const mutants = report.modules.map((module) => module.mutants);
    const sum = (pick: (one: (typeof mutants)[number]) => number): number =>
      mutants.reduce((total, each) => total + pick(each), 0);
    const killed = sum((each) => each.killed);
    const all = sum((each) => each.killed + each.survived + each.notReached + each.timedOut);
    const tests = report.files.reduce((total, file) => total + file.tests.length, 0);
    return [
      kind,
      name,
      `${figure(statements, 1)} %`,
      branches === undefined ? '–' : `${figure(branches, 1)} %`,
      all === 0 ? '–' : `${figure((100 * killed) / all, 0)} % of ${all}`,
      String(tests),
      String(report.modules.length),
      `${figure(report.milliseconds / 1000, 0)} s`,
      String(failures),
      one.score === undefined ? '–' : `${figure(one.score, 0)} %`,
      ...rivalCells(one.rival),
    ];
  });
  const median = (kind: string, pick: (one: Measured) => number): string => {
    const values = measured
      .filter((each) => each.kind === kind)
      .map(({ one }) => pick(one))
      .sort((a, b) => a - b);
    if (values.length === 0) return '–';
    const middle = values.length >> 1;
    return `${figure(values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2, 1)} %`;
  };
  return {
    summary: 'Tests generated for packages from the registries, measured by other tools than Trowel’s own.',
    tables: [
      {
        title: `Generated tests, ${seconds} s a module`,
        columns: [
          'registry',
          'package',
          'statements (c8) or lines and branches (coverage.py)',
          'branches (c8)',
          'mutants killed',
          'tests',
          'modules',
          'time',
          `failures in ${SHUFFLED_RUNS} shuffled runs`,
          'score by mutate',
          'Pynguin: lines and branches',
          'Pynguin: score by mutate',
          'Pynguin: tests',
          'Pynguin: modules unfinished',
        ],
        rows: [
          ...rows,
          [
            'npm',
            'median',
            median('npm', (one) => one.statements),
            median('npm', (one) => one.branches ?? 0),
            ...Array.from({ length: 10 }, () => ''),
          ],
          [
            'Python',
            'median',
            median('Python', (one) => one.statements),
            '–',
            ...Array.from({ length: 5 }, () => ''),
            median('Python', (one) => one.score ?? 0),
            median('Python', (one) => one.rival?.covered ?? 0),
            median('Python', (one) => one.rival?.score ?? 0),
            '',
            '',
          ],
        ],
        notes: [
          'Mutants are Trowel’s own; those that make a test endless count as not killed. Published medians for JavaScript: 51 % of statements and 26 % of branches without a model (Nessie), 70 % and 53 % with one (TestPilot). Pynguin had the same time for its search and as much again to end, with its simple assertions (those from mutants take minutes a module) and in one process (its second one hangs in a sandbox); what it had not written then counts as unfinished and as nothing reached. At most TROWEL_MODULES modules of a package are taken. The score by mutate is of what `trowel mutate` finds on the same mutants with either suite, endless mutants counted as seen for both. ',
        ],
      },
    ],
    data: measured.map(({ kind, one }) => ({
      kind,
      name: one.name,
      statements: one.statements,
      branches: one.branches,
      failures: one.failures,
      score: one.score,
      rival: one.rival,
      modules: one.report.modules.map(({ path: file, byTests, mutants }) => ({ path: file, byTests, mutants })),
    })),
  };
};

function fetchNpm(name: string): string {
  const store = path.join(folder, 'npm');
  mkdirSync(store, { recursive: true });
  if (!existsSync(path.join(store, 'package.json')))
    writeFileSync(path.join(store, 'package.json'), '{ "private": true }');
  if (!existsSync(path.join(store, 'node_modules', name)) || !existsSync(path.join(store, 'node_modules/c8')))
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', name, 'c8'], {
      cwd: store,
      stdio: 'ignore',
    });
  const root = path.join(store, 'node_modules', `.study-${name}`);
  rmSync(root, { recursive: true, force: true });
  cpSync(path.join(store, 'node_modules', name), root, { recursive: true });
  return root;
}

function fetchPython(name: string): string {
  const store = path.join(folder, 'python', name);
  if (!existsSync(store)) {
    mkdirSync(store, { recursive: true });
    execFileSync(
      'python3',
      ['-m', 'pip', 'install', '-q', '--no-compile', '--target', path.join(store, 'packages'), name, 'coverage'],
      { stdio: 'ignore' },
    );
  }
  const root = path.join(store, 'study');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  // The package alone is the project; what it needs lies beside it.
  for (const entry of readdirSync(path.join(store, 'packages'))) {
    if (/^(?:coverage|bin|__pycache__)|\.dist-info$/.test(entry)) continue;
    cpSync(path.join(store, 'packages', entry), path.join(root, entry), { recursive: true });
  }
  return root;
}

async function generate(root: string, seconds: number): Promise<TestReport> {
  return proveTests({
    root,
    scope: '',
    snapshot: undefined,
    changed: undefined,
    changes: new Map(),
    runner: await chooseRunner(),
    environment: process.env,
    home: os.homedir(),
    dataFolder: path.join(folder, 'data'),
    secondsPerModule: seconds,
    mostModules: MODULES,
    seed: 1,
    now: Date.now,
    emit: silent,
    signal: new AbortController().signal,
  });
}

const resultsFolder = (seconds: number): string => path.join(folder, 'results', `${seconds}-${MODULES}`);

function keep(seconds: number, kind: string, one: Measured): void {
  mkdirSync(resultsFolder(seconds), { recursive: true });
  writeFileSync(path.join(resultsFolder(seconds), `${one.name}.json`), JSON.stringify({ kind, one }));
}

function kept(seconds: number): { readonly kind: string; readonly one: Measured }[] {
  const names = [...npmPackages, ...pythonPackages];
  return names
    .map((name) => path.join(resultsFolder(seconds), `${name}.json`))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as { readonly kind: string; readonly one: Measured });
}

function rivalCells(rival: Rival | undefined): string[] {
  if (!rival) return ['–', '–', '–', '–'];
  return [
    rival.covered === undefined ? '–' : `${figure(rival.covered, 1)} %`,
    rival.score === undefined ? '–' : `${figure(rival.score, 0)} %`,
    String(rival.tests),
    String(rival.unfinished),
  ];
}

type Cover = (
  sandbox: Sandbox,
  tools: Toolchains,
  report: TestReport,
  shuffle: number | undefined,
) => Promise<{ readonly statements: number; readonly branches: number | undefined } | undefined>;

async function measure(
  root: string,
  report: TestReport,
  cover: Cover,
): Promise<{ readonly statements: number; readonly branches: number | undefined; readonly failures: number }> {
  const tools = await findToolchains({ tree: root, environment: process.env, home: os.homedir() });
  const runner = await chooseRunner();
  const sandbox = await runner.open({
    tree: root,
    readable: [folder, ...tools.readable],
    searchPath: tools.searchPath,
    dataFolder: path.join(folder, 'data'),
  });
  try {
    for (const { path: file, text } of report.files) await sandbox.writeFile(file, text);
    let failures = 0;
    for (let run = 1; run <= SHUFFLED_RUNS; run++)
      if ((await cover(sandbox, tools, report, run)) === undefined) failures++;
    const whole = await cover(sandbox, tools, report, undefined);
    return { statements: whole?.statements ?? 0, branches: whole?.branches, failures };
  } finally {
    await sandbox.close();
  }
}

/** Seeded, so that a failure can be seen again. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed * 2654435761;
  return items
    .map((item) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return { item, key: state };
    })
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const coverNpm: Cover = async (sandbox, { node }, report, shuffle) => {
  const files = report.files.map(({ path: file }) => file);
  const tests = ['--test', ...(shuffle === undefined ? files : shuffled(files, shuffle))];
  const c8 = path.join(folder, 'npm/node_modules/c8/bin/c8.js');
  const words =
    shuffle === undefined
      ? [
          c8,
          '--all',
          '--src',
          '.',
          ...report.modules.flatMap(({ path: file }) => ['--include', file]),
          '--exclude',
          'test/**',
          '--reporter',
          'json-summary',
          '--reports-dir',
          '.c8',
          node!.program,
          ...tests,
        ]
      : tests;
  const result = await sandbox.run({ program: node!.program, arguments: words, environment: { ...node!.environment } });
  if (result.exit.kind !== 'exited' || result.exit.code !== 0) return undefined;
  if (shuffle !== undefined) return { statements: 0, branches: 0 };
  const summary = JSON.parse(new TextDecoder().decode(await sandbox.readFile('.c8/coverage-summary.json'))) as {
    readonly total: { readonly statements: { readonly pct: number }; readonly branches: { readonly pct: number } };
  };
  return { statements: summary.total.statements.pct, branches: summary.total.branches.pct };
};

const SHUFFLE = `
import random, sys, unittest
def flatten(suite):
    for one in suite:
        yield from (flatten(one) if isinstance(one, unittest.TestSuite) else [one])
cases = list(flatten(unittest.defaultTestLoader.discover("tests")))
random.Random(int(sys.argv[1])).shuffle(cases)
sys.exit(0 if cases and unittest.TextTestRunner(verbosity=0).run(unittest.TestSuite(cases)).wasSuccessful() else 1)
`;

const coverPython: Cover = async (sandbox, { python }, report, shuffle) => {
  const packages = path.join(path.dirname(sandbox.root), 'packages');
  await sandbox.writeFile('.bench/shuffle.py', SHUFFLE);
  const environment = {
    ...python!.environment,
    PYTHONPATH: `${sandbox.root}:${packages}`,
    PYTHONHASHSEED: String(shuffle ?? 0),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const run = async (words: readonly string[]): Promise<boolean> => {
    const { exit } = await sandbox.run({ program: python!.program, arguments: words, environment });
    return exit.kind === 'exited' && exit.code === 0;
  };
  if (shuffle !== undefined)
    return (await run(['.bench/shuffle.py', String(shuffle)])) ? { statements: 0, branches: undefined } : undefined;
  const include = report.modules.map(({ path: file }) => file).join(',');
  if (!(await run(['-m', 'coverage', 'run', '--branch', `--include=${include}`, '.bench/shuffle.py', '0'])))
    return undefined;
  if (!(await run(['-m', 'coverage', 'json', '-o', '.bench/coverage.json']))) return undefined;
  const found = JSON.parse(new TextDecoder().decode(await sandbox.readFile('.bench/coverage.json'))) as {
    readonly totals: { readonly percent_covered: number };
  };
  return { statements: found.totals.percent_covered, branches: undefined };
};
