/** Where the time of one dig goes: its own stage times, and a processor profile of the main thread and of the workers. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';
import { repository } from './measure/environment.ts';
import { figure, type Table } from './measure/report.ts';
import { runChild } from './measure/run-child.ts';
import { prepareTree } from './trees/prepare-tree.ts';
import { isTreeName } from './trees/tree-sources.ts';
import { emptyIndexFolder, readDig } from './trowel.ts';

const TOP_FUNCTIONS = 25;

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
}

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface SelfTime {
  /** Milliseconds. */
  readonly time: number;
  /** Of the sources: `src/link/flow/`; or what else it was. */
  readonly place: string;
  readonly name: string;
}

export const profile: Bench = async (options) => {
  const tree = prepareTree(options.trees?.find(isTreeName) ?? 'django');
  const stages = await digOnce(tree.folder, []);
  const folder = emptyIndexFolder('profiles');
  try {
    await digOnce(tree.folder, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
    const threads = readdirSync(folder)
      .filter((name) => name.endsWith('.cpuprofile'))
      .map((name) => ({
        // CPU.<date>.<time>.<process>.<thread>.<sequence>.cpuprofile; the main thread is 0.
        isMain: name.split('.')[4] === '0',
        times: selfTimes(JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as CpuProfile),
      }));
    const main = threads.filter(({ isMain }) => isMain).flatMap(({ times }) => times);
    const workers = threads.filter(({ isMain }) => !isMain).flatMap(({ times }) => times);
    if (main.length === 0) throw new Error('no profile was written');
    return {
      summary: `One dig of ${tree.title} from nothing. The stages are of a run without the profiler, whose own cost is about a tenth.`,
      tables: [
        stageTable(stages),
        placeTable('Main thread, self time by folder', main),
        functionTable('Main thread, self time by function', main),
        ...(workers.length > 0
          ? [
              placeTable(`Parse workers (${threads.length - 1} together), self time by folder`, workers),
              functionTable('Parse workers, self time by function', workers),
            ]
          : []),
      ],
      data: { stages, main: sumBy(main, ({ place }) => place), workers: sumBy(workers, ({ place }) => place) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

async function digOnce(folder: string, flags: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const indexes = emptyIndexFolder('profile');
  const run = await runChild(
    {
      file: process.execPath,
      args: [
        ...flags,
        '--disable-warning=ExperimentalWarning',
        path.join(repository, 'dist', 'main.mjs'),
        'dig',
        folder,
        '--json',
        '--verbose',
        '--data-folder',
        indexes,
      ],
    },
    { timeoutSeconds: 600 },
  );
  if (run.outcome !== 'ok') throw new Error(run.message);
  readDig(run.stdout);
  emptyIndexFolder('profile');
  const stages = [...run.stderr.matchAll(/trowel: ([^:\n]+): (\d+) ms/g)].map(
    ([, name, time]) => [name!, Number(time)] as const,
  );
  return { ...Object.fromEntries(stages), 'the whole command': run.seconds * 1000 };
}

function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): SelfTime[] {
  const byNode = new Map<number, number>();
  for (const [index, id] of samples.entries()) byNode.set(id, (byNode.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  return nodes.flatMap(({ id, callFrame }) => {
    const time = byNode.get(id) ?? 0;
    if (time === 0) return [];
    const { functionName, url, lineNumber, columnNumber } = callFrame;
    const source = url.startsWith('file:') ? sourceOf(fileURLToPath(url), lineNumber, columnNumber) : undefined;
    const file = source ?? (url || 'the runtime');
    const place = file.startsWith('src/') ? `${path.posix.dirname(file)}/` : otherPlace(functionName, file);
    return [{ time, place, name: `${functionName || '(anonymous)'} · ${file.replace(/.*node_modules\//, '')}` }];
  });
}

function otherPlace(functionName: string, file: string): string {
  if (/^\((idle|program|garbage collector|root)\)$/.test(functionName)) return functionName;
  if (file.startsWith('wasm:')) return 'WebAssembly (tree-sitter)';
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? (file.startsWith('node:') ? 'Node' : file);
}

const maps = new Map<string, SourceMap | undefined>();

/** The file of ours that a place in the bundle came from, relative to the repository. */
function sourceOf(bundle: string, line: number, column: number): string | undefined {
  if (!maps.has(bundle)) {
    let map: SourceMap | undefined;
    try {
      map = new SourceMap(
        JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0],
      );
    } catch {
      // A package's own file.
    }
    maps.set(bundle, map);
  }
  const entry = maps.get(bundle)?.findEntry(line, column);
  const original = entry && 'originalSource' in entry ? entry.originalSource : path.relative(repository, bundle);
  return original
    .split(path.sep)
    .join('/')
    .replace(/^(\.\.\/)+/, '');
}

function sumBy(times: readonly SelfTime[], key: (time: SelfTime) => string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const each of times) sums[key(each)] = (sums[key(each)] ?? 0) + each.time;
  return Object.fromEntries(Object.entries(sums).sort(([, a], [, b]) => b - a));
}

function stageTable(stages: Readonly<Record<string, number>>): Table {
  return {
    title: 'Stages',
    columns: ['', 'ms'],
    rows: Object.entries(stages).map(([name, time]) => [name, figure(time, 0)]),
  };
}

function placeTable(title: string, times: readonly SelfTime[]): Table {
  const total = times.reduce((sum, { time, place }) => (place === '(idle)' ? sum : sum + time), 0);
  return {
    title,
    columns: ['', 'ms', '% of busy'],
    rows: Object.entries(sumBy(times, ({ place }) => place))
      .filter(([, time]) => time > total * 0.004)
      .map(([place, time]) => [place, figure(time, 0), place === '(idle)' ? '' : figure((time / total) * 100, 1)]),
  };
}

function functionTable(title: string, times: readonly SelfTime[]): Table {
  return {
    title,
    columns: ['', 'ms'],
    rows: Object.entries(sumBy(times, ({ name }) => name))
      .filter(([name]) => !name.startsWith('(idle)'))
      .slice(0, TOP_FUNCTIONS)
      .map(([name, time]) => [name, figure(time, 0)]),
  };
}
