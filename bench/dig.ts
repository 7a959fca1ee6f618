/** From nothing to an index, as a user runs it: wall time, processor time, resident memory, size on disk. Rivals in the same run. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { copyOf, dataRoot, dropCopies, treePath } from './bench-tree.ts';
import { type Figure, median } from './statistics.ts';

export interface Run {
  readonly seconds: number;
  /** Of all threads, user and system. */
  readonly processorSeconds: number;
  readonly residentMegabytes: number;
  readonly output: string;
}

/** GNU time's figures of a command; undefined when the command fails. */
export function timed(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Run | undefined {
  const done = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', command, ...words], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
    timeout: 900_000,
  });
  const figures = /^([\d.]+) ([\d.]+) ([\d.]+) (\d+)$/m.exec(done.stderr.trimEnd().split('\n').at(-1) ?? '');
  if (done.status !== 0 || !figures) return undefined;
  return {
    seconds: Number(figures[1]),
    processorSeconds: Number(figures[2]) + Number(figures[3]),
    residentMegabytes: Number(figures[4]) / 1024,
    output: done.stdout,
  };
}

const project = path.join(import.meta.dirname, '..');

function trowel(tree: string, data: string): Run | undefined {
  rmSync(data, { recursive: true, force: true });
  return timed(
    'sh',
    [
      path.join(project, 'scripts/node.sh'),
      '--disable-warning=ExperimentalWarning',
      path.join(project, 'dist/main.mjs'),
      'dig',
      tree,
      '--fresh',
      '--json',
      '--quiet',
    ],
    { TROWEL_DATA: data },
  );
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(path.join(entry.parentPath, entry.name)).size : 0),
    0,
  );
}

interface Goal {
  readonly tree: string;
  readonly seconds: number | undefined;
  readonly megabytes: number | undefined;
  readonly rounds: number;
}

const goals: readonly Goal[] = [
  { tree: 'django', seconds: 3, megabytes: undefined, rounds: 3 },
  { tree: 'sympy', seconds: undefined, megabytes: undefined, rounds: 1 },
  { tree: 'go', seconds: 30, megabytes: 1229, rounds: 1 },
];

export function measureDigs(wanted: (tree: string) => boolean = () => true): readonly Figure[] {
  return goals.flatMap((goal) => {
    const place = treePath(goal.tree);
    return place === undefined || !wanted(goal.tree) ? [] : measureTree(goal, place);
  });
}

function measureTree({ tree, seconds, megabytes, rounds }: Goal, place: string): readonly Figure[] {
  const root = copyOf(place, tree);
  const data = path.join(root, `../${tree}-data`);
  const runs: Run[] = [];
  const rivalRuns = new Map<string, Run[]>();
  // Interleaved, so that a busy minute of the machine hits all alike.
  for (let round = 0; round < rounds; round++) {
    const run = trowel(root, data);
    if (run) runs.push(run);
    for (const [name, rival] of Object.entries(rivals)) {
      const done = rival(root, tree);
      if (done) rivalRuns.set(name, [...(rivalRuns.get(name) ?? []), done]);
    }
  }
  if (runs.length === 0) return [];
  const summary = JSON.parse(runs[0]!.output) as {
    files: number;
    symbols: number;
    sourceBytes: number;
    codeLines: number;
  };
  const cold = timed(
    'sh',
    [
      path.join(project, 'scripts/node.sh'),
      '--disable-warning=ExperimentalWarning',
      path.join(project, 'dist/main.mjs'),
      'dig',
      root,
      '--json',
      '--quiet',
    ],
    { TROWEL_DATA: data },
  );
  const detail = `${summary.files} files, ${summary.codeLines} lines of code, ${summary.symbols} symbols`;
  const figures: Figure[] = [
    {
      name: `${tree}: dig from nothing`,
      value: median(runs.map((run) => run.seconds)),
      unit: 's',
      goal: seconds,
      detail,
    },
    { name: `${tree}: processor time`, value: median(runs.map((run) => run.processorSeconds)), unit: 's' },
    {
      name: `${tree}: resident memory`,
      value: median(runs.map((run) => run.residentMegabytes)),
      unit: 'MB',
      goal: megabytes,
    },
    {
      name: `${tree}: index and facts / source`,
      value: bytesBelow(data) / summary.sourceBytes,
      unit: '×',
      goal: 3,
      detail: `${(summary.sourceBytes / 1e6).toFixed(1)} MB of source`,
    },
    ...(cold ? [{ name: `${tree}: a command when nothing changed`, value: cold.seconds * 1000, unit: 'ms' }] : []),
    ...[...rivalRuns].flatMap(([name, done]) => [
      { name: `${tree}: ${name}`, value: median(done.map((run) => run.seconds)), unit: 's' },
      {
        name: `${tree}: ${name}, resident memory`,
        value: median(done.map((run) => run.residentMegabytes)),
        unit: 'MB',
      },
    ]),
  ];
  dropCopies();
  return figures;
}

/** Installed with `bench/run.ts --install-rivals` into bench/data; one that is missing is left out. */
const rivals: Readonly<Record<string, (root: string, tree: string) => Run | undefined>> = {
  'universal-ctags (definitions only)': (root) =>
    spawnSync('ctags', ['--version']).status === 0 ? timed('ctags', ['-R', '-f', '/dev/null', root]) : undefined,
  codegraph: (root, tree) => {
    const program = rivalProgram('codegraph');
    if (program === undefined || tree === 'go') return undefined;
    rmSync(path.join(root, '.codegraph'), { recursive: true, force: true });
    return timed(program, ['init', root]);
  },
  'scip-python': (root, tree) => {
    const program = rivalProgram('scip-python');
    if (program === undefined || tree !== 'django') return undefined;
    return timed(
      program,
      ['index', root, '--project-name', tree, '--output', path.join(root, '../rival.scip')],
      {},
      root,
    );
  },
};

function rivalProgram(name: string): string | undefined {
  const program = path.join(dataRoot, 'rivals/node_modules/.bin', name);
  return existsSync(program) ? program : undefined;
}

export function installRivals(): void {
  const folder = path.join(dataRoot, 'rivals');
  mkdirSync(folder, { recursive: true });
  for (const name of ['@colbymchenry/codegraph', '@sourcegraph/scip-python', '@sourcegraph/scip-typescript']) {
    const done = spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', name], {
      stdio: 'inherit',
    });
    if (done.status !== 0) console.error(`${name} could not be installed; it is left out`);
  }
}
