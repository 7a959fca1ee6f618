/** A question from the shell, nothing running beforehand. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench, BenchOptions } from './bench.ts';
import { figure } from './measure/report.ts';
import { type Command, runChild } from './measure/run-child.ts';
import { median, quantile } from './measure/statistics.ts';
import { codegraph } from './rivals/codegraph.ts';
import { Absent } from './trees/install.ts';
import { codeFilesOf, prepareTree, type Tree } from './trees/prepare-tree.ts';
import { isTreeName, type TreeName } from './trees/tree-sources.ts';
import { emptyIndexFolder, readDig, trowel } from './trowel.ts';

const ROUNDS_A_RUN = 5;

interface Question {
  readonly name: string;
  readonly command: Command;
  /** What must be in the answer. */
  readonly expect: string;
}

export const cold: Bench = async (options) => {
  const names: readonly TreeName[] = options.trees?.filter(isTreeName) ?? ['small', 'django'];
  const versions: Record<string, string> = {};
  const data: Record<string, unknown> = {};
  const tables = [];
  for (const name of names) {
    const tree = prepareTree(name);
    const symbol = aDeclaredName(tree);
    const indexes = emptyIndexFolder('cold');
    const dug = await runChild(trowel(indexes, 'dig', tree.folder, '--json'), { timeoutSeconds: 600 });
    if (dug.outcome !== 'ok') throw new Error(dug.message);
    readDig(dug.stdout);
    const questions: Question[] = [
      { name: 'trowel --version', command: trowel(indexes, '--version'), expect: '.' },
      {
        name: `trowel show ${symbol}`,
        command: trowel(indexes, 'show', symbol, tree.folder, '--verbose'),
        expect: symbol,
      },
      {
        name: 'trowel dig, nothing changed',
        command: trowel(indexes, 'dig', tree.folder, '--verbose'),
        expect: 'up to date',
      },
    ];
    const rival = options.without.has('codegraph') ? undefined : await codegraphQuestions(tree, symbol, options);
    if (rival) {
      versions['codegraph'] = rival.version;
      questions.push(...rival.questions);
    }
    const { times, walks } = await ask(questions, options);
    rival?.clean();
    data[name] = { symbol, times: Object.fromEntries(times), walks: Object.fromEntries(walks) };
    tables.push({
      title: `${tree.title} (${figure(tree.codeLines, 0)} lines)`,
      columns: ['', 'runs', 'median ms', 'p95 ms', 'walk ms', 'median without the walk'],
      rows: questions.map(({ name: question }) => {
        const sample = times.get(question) ?? [];
        const walk = walks.get(question);
        const walked = walk && walk.length > 0 ? median(walk) : undefined;
        return [
          question,
          String(sample.length),
          figure(median(sample), 0),
          figure(quantile(sample, 0.95), 0),
          figure(walked, 0),
          figure(walked === undefined ? undefined : median(sample) - walked, 0),
        ];
      }),
      notes: [
        'The walk compares the tree with the index, so that no answer is stale; codegraph answers from what it indexed last.',
      ],
    });
  }
  return {
    summary:
      'Milliseconds from the shell to the answer, program start included; nothing runs beforehand, files in the page cache.',
    versions,
    tables,
    data,
  };
};

async function ask(
  questions: readonly Question[],
  { runs }: BenchOptions,
): Promise<{ times: ReadonlyMap<string, readonly number[]>; walks: ReadonlyMap<string, readonly number[]> }> {
  const times = new Map(questions.map(({ name }) => [name, [] as number[]]));
  const walks = new Map(questions.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < runs * ROUNDS_A_RUN; round++) {
    for (const { name, command, expect } of questions) {
      const run = await runChild(command, { timeoutSeconds: 60, wallOnly: true });
      if (run.outcome !== 'ok') throw new Error(`${name}: ${run.message}`);
      if (!run.stdout.includes(expect))
        throw new Error(`${name} answered without ${expect}: ${run.stdout.slice(0, 200)}`);
      // The first round fills the caches that any second command finds filled.
      if (round < 0) continue;
      times.get(name)!.push(run.seconds * 1000);
      const walk = /walking the tree: (\d+) ms/.exec(run.stderr)?.[1];
      if (walk !== undefined) walks.get(name)!.push(Number(walk));
    }
  }
  return { times, walks };
}

/** A function or class whose name is declared once. */
function aDeclaredName(tree: Tree): string {
  const counts = new Map<string, number>();
  for (const file of codeFilesOf(tree.folder, /\.(py|ts)$/))
    for (const [, name] of readFileSync(path.join(tree.folder, file), 'utf8').matchAll(
      /^(?:export )?(?:def|class|function) ([A-Za-z]\w{5,})/gm,
    ))
      counts.set(name!, (counts.get(name!) ?? 0) + 1);
  const single = [...counts].filter(([, count]) => count === 1).map(([name]) => name);
  const chosen = single[Math.floor(single.length / 2)];
  if (chosen === undefined) throw new Error(`${tree.name} declares nothing`);
  return chosen;
}

async function codegraphQuestions(
  tree: Tree,
  symbol: string,
  { say }: BenchOptions,
): Promise<{ version: string; questions: readonly Question[]; clean: () => void } | undefined> {
  try {
    const rival = codegraph();
    const first = await runChild(rival.index(tree), { timeoutSeconds: rival.timeoutSeconds });
    if (first.outcome !== 'ok') throw new Absent(first.message);
    return {
      version: rival.version,
      questions: [
        {
          name: `codegraph query ${symbol}`,
          command: rival.command('query', '-p', tree.folder, symbol),
          expect: symbol,
        },
        { name: `codegraph node ${symbol}`, command: rival.command('node', '-p', tree.folder, symbol), expect: symbol },
      ],
      clean: () => rival.clean(tree),
    };
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    say(`codegraph is absent: ${error.message}`);
    return undefined;
  }
}
