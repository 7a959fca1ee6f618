/** Time of a mutant with everything (start, dry run, sandbox), and what is found, on small pure packages; Stryker beside it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { figure } from './measure/report.ts';
import { runChild, type ChildRun } from './measure/run-child.ts';
import { median } from './measure/statistics.ts';
import { installNpm, unpackWheel } from './trees/install.ts';
import { dataFolder, emptyIndexFolder, trowel } from './trowel.ts';

const home = path.join(dataFolder, 'mutation');
const tools = {
  '@stryker-mutator/core': '9.6.1',
  '@stryker-mutator/mocha-runner': '9.6.1',
  mocha: '11.7.5',
  ms: '2.1.3',
  bytes: '3.1.2',
};

interface Subject {
  readonly name: string;
  readonly folder: string;
  readonly source: string;
  readonly hasRival: boolean;
}

function npmSubject(name: 'ms' | 'bytes', installed: string): Subject {
  const folder = path.join(home, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  mkdirSync(path.join(folder, 'test'));
  copyFileSync(path.join(installed, 'node_modules', name, 'index.js'), path.join(folder, 'src/index.js'));
  copyFileSync(
    path.join(import.meta.dirname, 'mutation', `${name}.suite.mjs`),
    path.join(folder, `test/${name}.spec.mjs`),
  );
  writeFileSync(
    path.join(folder, 'package.json'),
    `{ "name": "${name}-bench", "devDependencies": { "mocha": "*" }, "scripts": { "test": "mocha" } }`,
  );
  writeFileSync(path.join(folder, '.mocharc.json'), '{ "spec": ["test/*.spec.mjs"] }');
  writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
  writeFileSync(
    path.join(folder, 'stryker.config.json'),
    JSON.stringify({
      testRunner: 'mocha',
      mutate: ['src/index.js'],
      reporters: ['json'],
      plugins: ['@stryker-mutator/mocha-runner'],
      coverageAnalysis: 'perTest',
      concurrency: 1,
      checkers: [],
      allowConsoleColors: false,
    }),
  );
  // The sandbox sees the tree alone: hard links, not a link that leads out of it.
  spawnSync('cp', ['-al', path.join(installed, 'node_modules'), path.join(folder, 'node_modules')]);
  spawnSync('git', ['init', '-q', folder]);
  return { name, folder, source: 'src/index.js', hasRival: true };
}

function pythonSubject(): Subject {
  const wheel = unpackWheel(path.join(home, 'inflection-wheel'), 'inflection==0.5.1');
  const folder = path.join(home, 'inflection');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'tests'), { recursive: true });
  const found = readdirSync(wheel, { recursive: true, encoding: 'utf8' }).find((name) =>
    /inflection(?:\/__init__)?\.py$/.test(name),
  )!;
  copyFileSync(path.join(wheel, found), path.join(folder, 'inflection.py'));
  copyFileSync(
    path.join(import.meta.dirname, 'mutation/test_inflection.py'),
    path.join(folder, 'tests/test_inflection.py'),
  );
  writeFileSync(
    path.join(folder, 'pyproject.toml'),
    '[project]\nname = "inflection-bench"\nversion = "1"\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
  );
  spawnSync('git', ['init', '-q', folder]);
  return { name: 'inflection', folder, source: 'inflection.py', hasRival: false };
}

interface Outcome {
  readonly mutants: number;
  readonly killed: number;
  readonly timeouts: number;
  readonly survived: number;
  readonly score: number;
  readonly seconds: number;
}

function outcomeOf(run: ChildRun, statuses: readonly string[]): Outcome {
  const count = (...names: string[]): number =>
    statuses.filter((status) => names.includes(status.toLowerCase())).length;
  const [killed, timeouts, survived, unreached] = [
    count('killed'),
    count('timeout'),
    count('survived'),
    count('nocoverage', 'no-coverage'),
  ];
  const mutants = killed + timeouts + survived + unreached;
  return {
    mutants,
    killed,
    timeouts,
    survived,
    score: (100 * (killed + timeouts)) / mutants,
    seconds: run.seconds,
  };
}

async function ours({ folder, source, name }: Subject): Promise<Outcome> {
  const indexes = emptyIndexFolder(`mutation-${name}`);
  const run = await runChild(trowel(indexes, 'mutate', source, folder, '--again', '--json'), { timeoutSeconds: 300 });
  if (run.stdout === '') throw new Error(`trowel mutate ${name}: ${run.stderr}`);
  const { mutants } = JSON.parse(run.stdout) as { mutants: { status: string }[] };
  return outcomeOf(
    run,
    mutants.map(({ status }) => status),
  );
}

async function stryker({ folder }: Subject): Promise<Outcome> {
  const report = path.join(folder, 'reports/mutation/mutation.json');
  rmSync(report, { force: true });
  const program = path.join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const run = await runChild({ file: 'node', args: [program, 'run'], cwd: folder }, { timeoutSeconds: 300 });
  if (!existsSync(report)) throw new Error(`stryker: ${run.stdout.slice(-2000)}${run.stderr.slice(-500)}`);
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as {
    files: Record<string, { mutants: { status: string }[] }>;
  };
  return outcomeOf(
    run,
    Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status)),
  );
}

export const mutation: Bench = async ({ runs, without, say }) => {
  const installed = installNpm(path.join(home, 'tools'), tools);
  const subjects = [npmSubject('ms', installed), npmSubject('bytes', installed)];
  try {
    subjects.push(pythonSubject());
  } catch (error) {
    say(`inflection: ${String(error)}`);
  }
  const rows: string[][] = [];
  const data: Record<string, Record<string, Outcome[]>> = {};
  for (const subject of subjects) {
    const contenders: Record<string, (subject: Subject) => Promise<Outcome>> = { trowel: ours };
    if (subject.hasRival && !without.has('stryker')) contenders['stryker'] = stryker;
    const found: Record<string, Outcome[]> = {};
    for (let round = 0; round < runs; round++)
      for (const [name, measure] of Object.entries(contenders)) (found[name] ??= []).push(await measure(subject));
    for (const [name, outcomes] of Object.entries(found)) {
      const [first] = outcomes;
      const { mutants, killed, timeouts, survived, score } = first!;
      const seconds = median(outcomes.map((each) => each.seconds));
      rows.push([
        `${subject.name}: ${name}`,
        String(mutants),
        String(killed),
        String(timeouts),
        String(survived),
        figure(score, 1),
        figure(seconds),
        figure(seconds / mutants, 3),
      ]);
    }
    data[subject.name] = found;
  }
  return {
    summary:
      'Mutation testing of small pure packages with suites of our own: the whole command, from its start to its report (index, sandbox and dry run included).',
    versions: { stryker: tools['@stryker-mutator/core'] },
    tables: [
      {
        title: 'Mutants',
        columns: ['', 'mutants', 'killed', 'timeouts', 'survived', 'score %', 'wall s', 'wall s a mutant'],
        rows,
        notes: ['Timeouts count as found in both scores, as Stryker counts them. Stryker runs one worker, as we do.'],
      },
    ],
    data,
  };
};
