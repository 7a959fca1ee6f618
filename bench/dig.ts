/** From nothing to an index: time, memory and size, beside the rivals. */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import type { Bench, BenchOptions } from './bench.ts';
import { repository } from './measure/environment.ts';
import { figure, type BenchResult, type Table } from './measure/report.ts';
import { endStragglers, runChild, type ChildRun } from './measure/run-child.ts';
import { median } from './measure/statistics.ts';
import { codegraph } from './rivals/codegraph.ts';
import { ctags } from './rivals/ctags.ts';
import { fileBytes, type Indexed, type Rival } from './rivals/rival.ts';
import { scipPython, scipTypescript } from './rivals/scip.ts';
import { Absent } from './trees/install.ts';
import { prepareTree, type Tree } from './trees/prepare-tree.ts';
import { isTreeName, type TreeName } from './trees/tree-sources.ts';
import { emptyIndexFolder, factsBytes, readDig, trowel } from './trowel.ts';

/** What takes longer than this is run once. */
const LONG_SECONDS = 45;

type RivalMaker = () => Rival;

const treesOfDig: Readonly<Partial<Record<TreeName, Readonly<Record<string, RivalMaker>>>>> = {
  django: { codegraph, 'universal-ctags': ctags, 'scip-python': scipPython },
  sympy: { codegraph, 'universal-ctags': ctags, 'scip-python': scipPython },
  typescript: { codegraph, 'universal-ctags': ctags, 'scip-typescript': scipTypescript },
};

export const dig: Bench = (options) =>
  measureTrees(options, treesOfDig, 'A whole dig from nothing (a fresh data folder), as `trowel dig` does it.');

export const go: Bench = (options) =>
  measureTrees(
    options,
    { go: { codegraph: () => codegraph(600), 'universal-ctags': ctags } },
    'A whole dig of the Go tree from nothing (a fresh data folder).',
  );

interface Measured {
  readonly contender: string;
  readonly scope: string;
  readonly runs: readonly ChildRun[];
  readonly indexed: Indexed | undefined;
  readonly problem: string | undefined;
}

async function measureTrees(
  options: BenchOptions,
  trees: Readonly<Partial<Record<TreeName, Readonly<Record<string, RivalMaker>>>>>,
  summary: string,
): Promise<BenchResult> {
  const names = options.trees?.filter(isTreeName) ?? (Object.keys(trees) as TreeName[]);
  const versions: Record<string, string> = {};
  const data: Record<string, unknown> = {};
  const tables: Table[] = [];
  for (const name of names) {
    let tree: Tree;
    try {
      tree = prepareTree(name);
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      options.say(`${name} is absent: ${error.message}`);
      tables.push({ title: `${name}: absent (${error.message})`, columns: [''], rows: [] });
      continue;
    }
    const measured = await measureTree(tree, options, trees[name] ?? { codegraph, 'universal-ctags': ctags }, versions);
    tables.push(tableOf(tree, measured));
    data[name] = { tree: { ...tree, folder: undefined }, contenders: measured.map(numbersOf) };
  }
  return {
    summary: `${summary} Medians of interleaved runs; what takes longer than ${LONG_SECONDS} s is run once.`,
    tables,
    versions,
    data,
  };
}

async function measureTree(
  tree: Tree,
  options: BenchOptions,
  rivals: Readonly<Record<string, RivalMaker>>,
  versions: Record<string, string>,
): Promise<Measured[]> {
  const contenders: Rival[] = [trowelContender()];
  const absent: Measured[] = [];
  for (const [name, make] of Object.entries(rivals)) {
    if (options.without.has(name)) continue;
    try {
      const rival = make();
      versions[name] = rival.version;
      contenders.push(rival);
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      options.say(`${name} is absent: ${error.message}`);
      absent.push({ contender: name, scope: '', runs: [], indexed: undefined, problem: `absent: ${error.message}` });
    }
  }
  const runs = new Map(contenders.map(({ name }) => [name, [] as ChildRun[]]));
  const results = new Map<string, Pick<Measured, 'indexed' | 'problem'>>();
  for (let round = 0; round < options.runs; round++) {
    // The order turns, so that none always follows the same.
    for (let turn = 0; turn < contenders.length; turn++) {
      const rival = contenders[(turn + round) % contenders.length]!;
      const before = runs.get(rival.name)!;
      if (results.get(rival.name)?.problem !== undefined || (before[0]?.seconds ?? 0) > LONG_SECONDS) continue;
      const run = await runChild(rival.index(tree), { timeoutSeconds: rival.timeoutSeconds });
      options.say(`${tree.name}, ${rival.name}: ${run.outcome === 'ok' ? `${figure(run.seconds)} s` : run.message}`);
      results.set(rival.name, outcomeOf(rival, tree, run));
      if (run.outcome === 'ok') before.push(run);
      endStragglers();
      rival.clean(tree);
    }
  }
  return [
    ...contenders.map(({ name, scope }) => ({
      contender: name,
      scope,
      runs: runs.get(name)!,
      indexed: results.get(name)?.indexed,
      problem: results.get(name)?.problem,
    })),
    ...absent,
  ];
}

function outcomeOf(rival: Rival, tree: Tree, run: ChildRun): Pick<Measured, 'indexed' | 'problem'> {
  if (run.outcome !== 'ok') return { indexed: undefined, problem: run.message };
  try {
    return { indexed: rival.indexed(tree, run), problem: undefined };
  } catch (error) {
    return { indexed: undefined, problem: String(error instanceof Error ? error.message : error) };
  }
}

function trowelContender(): Rival {
  const { version } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as { version: string };
  let indexes = '';
  return {
    name: 'trowel',
    version,
    scope: 'symbols, calls with data flow, references, metrics',
    timeoutSeconds: 900,
    index(tree) {
      indexes = emptyIndexFolder('dig');
      return trowel(indexes, 'dig', tree.folder, '--json', '--quiet');
    },
    indexed(_, run) {
      const { files, symbols, edges, indexFolder, sourceBytes, milliseconds } = readDig(run.stdout);
      const calls = Object.values(edges.calls ?? {}).reduce((sum, count) => sum + count, 0);
      const indexBytes = fileBytes(indexFolder);
      return {
        found: `${files} files, ${symbols} symbols, ${calls} calls`,
        bytes: indexBytes + factsBytes(indexes),
        more: { files, symbols, calls, indexBytes, factsBytes: factsBytes(indexes), sourceBytes, milliseconds },
      };
    },
    clean: () => emptyIndexFolder('dig'),
  };
}

function numbersOf({ contender, runs, indexed, problem }: Measured): object {
  return {
    contender,
    seconds: runs.map((run) => run.seconds),
    cpuSeconds: runs.map((run) => run.cpuSeconds),
    peakMegabytes: runs.map((run) => run.peakMegabytes),
    indexed,
    problem,
  };
}

function tableOf(tree: Tree, measured: readonly Measured[]): Table {
  const known = (values: readonly (number | undefined)[]): number | undefined => {
    const numbers = values.filter((value) => value !== undefined);
    return numbers.length > 0 ? median(numbers) : undefined;
  };
  const ours = measured[0]?.indexed?.more;
  const megabytes = (bytes: number | string | undefined): string => figure(Number(bytes) / 1e6, 1);
  return {
    title: `${tree.title}: ${figure(tree.codeLines, 0)} lines in ${figure(tree.codeFiles, 0)} code files, ${megabytes(tree.codeBytes)} MB`,
    columns: ['', 'seconds', 'slowest', 'CPU s', 'peak MB', 'disk MB', '× code', 'runs', 'what'],
    rows: measured.map(({ contender, scope, runs, indexed, problem }) => [
      contender,
      figure(known(runs.map((run) => run.seconds))),
      figure(runs.length > 0 ? Math.max(...runs.map((run) => run.seconds)) : undefined),
      figure(known(runs.map((run) => run.cpuSeconds))),
      figure(known(runs.map((run) => run.peakMegabytes)), 0),
      figure(indexed && indexed.bytes / 1e6, 1),
      figure(indexed && indexed.bytes / tree.codeBytes),
      String(runs.length),
      problem ?? `${scope}: ${indexed?.found ?? ''}`,
    ]),
    notes: ours
      ? [
          `trowel on disk: index ${megabytes(ours['indexBytes'])} MB and facts ${megabytes(ours['factsBytes'])} MB for ${megabytes(ours['sourceBytes'])} MB of indexed files of any kind = ${figure((Number(ours['indexBytes']) + Number(ours['factsBytes'])) / Number(ours['sourceBytes']))} ×. Peak memory is that of the largest process; \`× code\` is over the bytes of the code files only.`,
        ]
      : [],
  };
}
