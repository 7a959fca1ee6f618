/** Look-ups in an open index of Django. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { figure } from './measure/report.ts';
import { runChild } from './measure/run-child.ts';
import { quantile, seededRandom } from './measure/statistics.ts';
import { openResident } from './resident.ts';
import { codegraph } from './rivals/codegraph.ts';
import { Absent } from './trees/install.ts';
import { prepareTree, type Tree } from './trees/prepare-tree.ts';
import { isTreeName } from './trees/tree-sources.ts';
import { dataFolder } from './trowel.ts';

const LOOKUPS = 3000;

type Times = Readonly<Record<string, readonly number[]>>;

export const lookup: Bench = async (options) => {
  const tree = prepareTree(options.trees?.find(isTreeName) ?? 'django');
  const { times, found, names } = await trowelLookups(tree);
  const rows = rowsOf('trowel', times);
  let rival: Awaited<ReturnType<typeof codegraphLookups>> | undefined;
  if (!options.without.has('codegraph')) {
    rival = await codegraphLookups(tree, names);
    if (rival.problem !== undefined) {
      options.say(`codegraph: ${rival.problem}`);
      rows.push([`codegraph: ${rival.problem}`, '', '', '', '']);
    } else rows.push(...rowsOf('codegraph', rival.times));
  }
  return {
    summary: `${tree.title}: milliseconds of look-ups in an index that is held open, each of ${LOOKUPS} for a random symbol, the first included.`,
    ...(rival?.version === undefined ? {} : { versions: { codegraph: rival.version } }),
    tables: [
      {
        title: 'Look-up, resident',
        columns: ['', 'look-ups', 'p50 ms', 'p99 ms', 'max ms'],
        rows,
        notes: [
          `Found by trowel: ${Object.entries(found)
            .map(([what, count]) => `${what} ${count}`)
            .join(', ')}.`,
        ],
      },
    ],
    data: { ours: quantilesOf(times), found, rival: rival && { ...rival, times: quantilesOf(rival.times) } },
  };
};

async function trowelLookups(
  tree: Tree,
): Promise<{ times: Times; found: Record<string, number>; names: readonly string[] }> {
  const resident = await openResident(tree, 'lookup');
  const snapshot = resident.snapshot();
  try {
    const random = seededRandom(7);
    const targets = Array.from({ length: LOOKUPS }, () => snapshot.symbol(Math.floor(random() * snapshot.symbolCount)));
    const times: Record<string, number[]> = {};
    const found: Record<string, number> = {};
    const measure = (what: string, ask: (index: number) => number): void => {
      const sample: number[] = [];
      let sum = 0;
      for (let index = 0; index < LOOKUPS; index++) {
        const started = performance.now();
        sum += ask(index);
        sample.push(performance.now() - started);
      }
      times[what] = sample;
      found[what] = sum;
    };
    measure('symbol by key', (index) => (snapshot.symbolByKey(targets[index]!.key)?.id === targets[index]!.id ? 1 : 0));
    const lost = targets.filter(({ id, key }) => snapshot.symbolByKey(key)?.id !== id);
    if (lost.length > 0)
      throw new Error(`${lost.length} of ${LOOKUPS} were not found by their key, such as ${lost[0]!.key}`);
    measure('symbols by name', (index) => snapshot.resolve(targets[index]!.name).length);
    measure('symbols by qualified name', (index) => snapshot.resolve(targets[index]!.qualifiedName).length);
    measure('callers', (index) => snapshot.edgesTo(targets[index]!.id, ['calls', 'instantiates']).length);
    measure('callees', (index) => snapshot.edgesFrom(targets[index]!.id, ['calls', 'instantiates']).length);
    measure('symbol by key, with its callers as symbols', (index) => {
      const { id } = snapshot.symbolByKey(targets[index]!.key)!;
      return snapshot.edgesTo(id, ['calls', 'instantiates']).map(({ source }) => snapshot.symbol(source)).length;
    });
    for (const [what, count] of Object.entries(found)) if (count === 0) throw new Error(`no ${what} at all`);
    return { times, found, names: targets.map(({ name }) => name) };
  } finally {
    snapshot.close();
    await resident.close();
  }
}

async function codegraphLookups(
  tree: Tree,
  names: readonly string[],
): Promise<{ version?: string; times: Times; problem?: string }> {
  let rival: ReturnType<typeof codegraph>;
  try {
    rival = codegraph();
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    return { times: {}, problem: `absent: ${error.message}` };
  }
  const { version } = rival;
  const namesFile = path.join(dataFolder, 'indexes', 'names.json');
  const answers = path.join(dataFolder, 'indexes', 'codegraph-lookups.json');
  writeFileSync(namesFile, JSON.stringify(names));
  try {
    const first = await runChild(rival.index(tree), { timeoutSeconds: 600 });
    if (first.outcome !== 'ok') return { version, times: {}, problem: first.message };
    const script = path.join(import.meta.dirname, 'rivals', 'codegraph-lookups.mjs');
    const run = await runChild(rival.script(script, tree.folder, namesFile, answers), { timeoutSeconds: 300 });
    if (run.outcome !== 'ok') return { version, times: {}, problem: run.message };
    return { version, times: JSON.parse(readFileSync(answers, 'utf8')) as Times };
  } finally {
    rival.clean(tree);
  }
}

function rowsOf(who: string, times: Times): string[][] {
  return Object.entries(times).map(([what, sample]) => [
    `${who}: ${what}`,
    String(sample.length),
    figure(quantile(sample, 0.5), 3),
    figure(quantile(sample, 0.99), 3),
    figure(Math.max(...sample), 3),
  ]);
}

function quantilesOf(times: Times): object {
  return Object.fromEntries(
    Object.entries(times).map(([what, sample]) => [
      what,
      { lookUps: sample.length, p50: quantile(sample, 0.5), p99: quantile(sample, 0.99), max: Math.max(...sample) },
    ]),
  );
}
