/**
 * What `check` costs on a tree: judged for the first time, again with nothing changed, and after one file changed; as a command of
 * its own each time, and in a process that stays. All rules, dead code and duplication; findings of both ways are compared.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configOf } from '../src/config/schema.ts';
import { checkTree } from '../src/findings/check-tree.ts';
import type { CheckReport } from '../src/model/check.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { type ChildRun, runChild } from './measure/run-child.ts';
import { median, quantile } from './measure/statistics.ts';
import { openResident } from './resident.ts';
import { prepareTree, type Tree } from './trees/prepare-tree.ts';
import { isTreeName } from './trees/tree-sources.ts';
import { emptyIndexFolder, trowel } from './trowel.ts';
import { type PlannedUpdate, planUpdates } from './update/plan-updates.ts';
import { bodyEdits } from './update/python-edits.ts';

/** Files that are edited in the process that stays; each in a body and in what it offers. */
const FILES = 20;
const limits = { timeoutSeconds: 600 } as const;

interface Cost {
  readonly what: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export const check: Bench = async (options) => {
  const tree = prepareTree(options.trees?.find(isTreeName) ?? 'django');
  const plan = planUpdates(tree, FILES);
  const inBody = plan.filter(({ kind }) => bodyEdits.some((each) => each === kind));
  const outward = plan.filter((edit) => !inBody.includes(edit));
  const oneShot = await commands(tree, inBody[0]!, outward[0]!, options);
  const resident = await staying(tree, [...inBody, ...outward], options);
  const kindOf = (edit: PlannedUpdate): string =>
    inBody.includes(edit) ? 'a body changed' : 'what a file offers changed';
  const rows = ['a body changed', 'what a file offers changed'].flatMap((kind) => {
    const own = resident.filter(({ edit }) => kindOf(edit) === kind);
    const times = (pick: (each: Answer) => number): string =>
      [0.5, 0.95].map((share) => quantile(own.map(pick), share).toFixed(0)).join(' / ');
    return [
      [kind, String(own.length), times((each) => each.refresh), times((each) => each.check), times((each) => each.cpu)],
    ];
  });
  return {
    summary: `${tree.title}, ${tree.codeLines} lines of code: all rules, dead code and duplication. A command of its own walks the tree, reads what is kept, and judges the rest.`,
    tables: [
      {
        title: 'check as a command, seconds',
        columns: ['', 'wall', 'processor'],
        rows: oneShot.map(({ what, seconds, cpuSeconds }) => [what, seconds.toFixed(2), cpuSeconds.toFixed(2)]),
      },
      {
        title: 'check in a process that stays, milliseconds, p50 / p95',
        columns: ['', 'edits', 'index refreshed', 'judged', 'judged, processor'],
        rows,
      },
    ],
    data: { oneShot, resident: resident.map(({ edit, ...times }) => ({ ...times, path: edit.path, kind: edit.kind })) },
  };
};

async function commands(
  tree: Tree,
  body: PlannedUpdate,
  outward: PlannedUpdate,
  options: BenchOptions,
): Promise<Cost[]> {
  const indexes = emptyIndexFolder('check');
  const command = trowel(indexes, 'check', tree.folder, '--quiet');
  await runChild(trowel(indexes, 'dig', tree.folder, '--quiet'), limits);
  const cost = (what: string, runs: readonly ChildRun[]): Cost => ({
    what,
    seconds: median(runs.map(({ seconds }) => seconds)),
    cpuSeconds: median(runs.map(({ cpuSeconds, seconds }) => cpuSeconds ?? seconds)),
  });
  const found = [cost('first', [await runChild(command, limits)])];
  const again: ChildRun[] = [];
  for (let run = 0; run < options.runs; run++) again.push(await runChild(command, limits));
  found.push(cost('nothing changed', again));
  for (const [what, edit] of [
    ['a body changed', body],
    ['what a file offers changed', outward],
  ] as const) {
    const file = path.join(tree.folder, edit.path);
    writeFileSync(file, edit.text);
    try {
      await runChild(trowel(indexes, 'dig', tree.folder, '--quiet'), limits);
      found.push(cost(`${what} (index refreshed before)`, [await runChild(command, limits)]));
    } finally {
      writeFileSync(file, edit.before);
    }
  }
  found.push(cost('one category, first', [await oneCategory(tree)]));
  return found;
}

async function oneCategory(tree: Tree): Promise<ChildRun> {
  const indexes = emptyIndexFolder('check-category');
  await runChild(trowel(indexes, 'dig', tree.folder, '--quiet'), limits);
  return runChild(trowel(indexes, 'check', tree.folder, '--quiet', '--category', 'bug'), limits);
}

interface Answer {
  readonly edit: PlannedUpdate;
  /** Milliseconds. */
  readonly refresh: number;
  readonly check: number;
  readonly cpu: number;
}

async function staying(tree: Tree, plan: readonly PlannedUpdate[], { say }: BenchOptions): Promise<Answer[]> {
  const resident = await openResident(tree, 'check-resident');
  const signal = new AbortController().signal;
  const ask = async (): Promise<CheckReport> => {
    const snapshot = resident.snapshot();
    try {
      return await checkTree({
        snapshot,
        root: resident.root,
        scope: '',
        config: configOf({ scan: {}, search: {}, parse: {}, history: {}, check: {} }),
        asked: { category: [], rule: [], severity: 1 },
        onlyNew: false,
        indexFolder: resident.indexFolder,
        trustRules: false,
        acceptAll: false,
        history: async () => undefined,
        emit: () => undefined,
        signal,
      });
    } finally {
      snapshot.close();
    }
  };
  try {
    const before = await ask();
    const answers: Answer[] = [];
    for (const edit of plan) {
      const file = path.join(tree.folder, edit.path);
      const change = async (text: string): Promise<Answer> => {
        writeFileSync(file, text);
        resident.markDirty([edit.path]);
        const start = performance.now();
        await resident.refresh();
        const refreshed = performance.now();
        const cpu = process.cpuUsage();
        await ask();
        const spent = process.cpuUsage(cpu);
        return {
          edit,
          refresh: refreshed - start,
          check: performance.now() - refreshed,
          cpu: (spent.user + spent.system) / 1000,
        };
      };
      try {
        answers.push(await change(edit.text));
      } finally {
        await change(edit.before);
      }
      say(`${edit.kind} in ${edit.path}: ${answers.at(-1)!.check.toFixed(0)} ms`);
    }
    const after = await ask();
    if (JSON.stringify(after.findings) !== JSON.stringify(before.findings))
      throw new Error('the findings after all edits were taken back are others');
    if (readFileSync(path.join(tree.folder, plan[0]!.path), 'utf8') !== plan[0]!.before)
      throw new Error('an edit was not taken back');
    return answers;
  } finally {
    await resident.close();
  }
}
