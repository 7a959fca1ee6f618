/** How long a context takes in a process that stays, and whether it keeps to its budget. */
import { statSync } from 'node:fs';
import type { Bench } from './bench.ts';
import { figure } from './measure/report.ts';
import { quantile, seededRandom } from './measure/statistics.ts';
import { openResident } from './resident.ts';
import { prepareTree } from './trees/prepare-tree.ts';
import { isTreeName } from './trees/tree-sources.ts';
import { buildContext, defaultShares } from '../src/context/build-context.ts';
import type { contextFormats } from '../src/context/context-section.ts';
import { loadTokenCounter } from '../src/context/tokens/load-token-counter.ts';
import { mapDocument } from '../src/operations/context-map.ts';
import { taskSubjects } from '../src/operations/context-subjects.ts';
import type { Snapshot } from '../src/model/snapshot.ts';

const BUDGETS = [2000, 8000, 32_000];
const SYMBOLS = 300;
const TASKS = 60;

export const context: Bench = async (options) => {
  const tree = prepareTree(options.trees?.find(isTreeName) ?? 'django');
  const resident = await openResident(tree, 'context');
  const snapshot = resident.snapshot();
  try {
    const lines = snapshot.files().reduce((sum, file) => sum + file.codeLines + file.commentLines + file.blankLines, 0);
    const started = performance.now();
    const counter = await loadTokenCounter('o200k');
    const loading = performance.now() - started;
    const random = seededRandom(11);
    const targets = Array.from({ length: SYMBOLS }, () => chooseTarget(snapshot, random));
    const tasks = targets.slice(0, TASKS).map((id) => taskOf(snapshot, id));
    const rows: string[][] = [];
    const data: Record<string, unknown> = {};
    const measure = (what: string, count: number, ask: (at: number) => number): void => {
      const times: number[] = [];
      const processor: number[] = [];
      let sum = 0;
      for (let at = 0; at < count; at++) {
        const [before, spent] = [performance.now(), process.cpuUsage()];
        sum += ask(at);
        times.push(performance.now() - before);
        const { user, system } = process.cpuUsage(spent);
        processor.push((user + system) / 1000);
      }
      rows.push([
        what,
        String(count),
        ...[0.5, 0.95, 1].map((q) => figure(quantile(times, q), 1)),
        ...[0.5, 0.95].map((q) => figure(quantile(processor, q), 1)),
        figure(sum / count, 0),
      ]);
      data[what] = {
        p50: quantile(times, 0.5),
        p95: quantile(times, 0.95),
        max: Math.max(...times),
        cpuP50: quantile(processor, 0.5),
        cpuP95: quantile(processor, 0.95),
      };
    };
    const ask = (id: number, budget: number, format: (typeof contextFormats)[number]): number => {
      const shares = defaultShares;
      const built = buildContext({
        snapshot,
        counter,
        subject: 'x',
        targets: [{ symbol: id, weight: 1 }],
        budget,
        shares,
        format,
      });
      if (built.tokens > budget && built.sections.length > 0) throw new Error(`${built.tokens} of ${budget} tokens`);
      return built.tokens;
    };
    for (const budget of BUDGETS)
      measure(`symbol, ${budget} tokens, text`, SYMBOLS, (at) => ask(targets[at]!, budget, 'text'));
    measure('symbol, 8000 tokens, json', SYMBOLS, (at) => ask(targets[at]!, 8000, 'json'));
    measure('task in words, 8000 tokens, text', TASKS, (at) => {
      const found = taskSubjects(snapshot, tasks[at]!, '');
      if (found.targets.length === 0) return 0;
      const { targets: best, relevance } = found;
      return buildContext({
        snapshot,
        counter,
        subject: tasks[at]!,
        targets: best,
        relevance,
        budget: 8000,
        shares: defaultShares,
        format: 'text',
      }).tokens;
    });
    measure(
      'map, 2000 tokens',
      20,
      (at) =>
        mapDocument({
          snapshot,
          counter,
          scope: '',
          budget: 2000,
          targets: [{ symbol: targets[at]!, weight: 1 }],
          format: 'text',
        }).tokens,
    );
    return {
      summary: `${tree.title}, ${lines} lines, index ${Math.round(statSync(`${resident.indexFolder}/index.db`).size / 1e6)} MB: milliseconds of contexts in a process that stays; random symbols, the first included. Loading the vocabulary: ${Math.round(loading)} ms, once.`,
      tables: [
        {
          title: 'Context',
          columns: ['', 'asked', 'p50 ms', 'p95 ms', 'max ms', 'p50 CPU ms', 'p95 CPU ms', 'tokens, mean'],
          rows,
          notes: ['None had more tokens than its budget.'],
        },
      ],
      data,
    };
  } finally {
    snapshot.close();
    await resident.close();
  }
};

function chooseTarget(snapshot: Snapshot, random: () => number): number {
  for (;;) {
    const symbol = snapshot.symbol(Math.floor(random() * snapshot.symbolCount));
    if (symbol.kind === 'function' || symbol.kind === 'method' || symbol.kind === 'class') return symbol.id;
  }
}

/** What its documentation says first, or its name in words. */
function taskOf(snapshot: Snapshot, id: number): string {
  const { documentation, qualifiedName } = snapshot.symbol(id);
  return documentation?.split(/\.\s|\n/)[0] ?? qualifiedName.replace(/[._]+/g, ' ');
}
