/** One file changes while the tree is held open: how long until the index knows. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench, BenchOptions } from './bench.ts';
import { figure } from './measure/report.ts';
import { runChild } from './measure/run-child.ts';
import { quantile } from './measure/statistics.ts';
import { openResident } from './resident.ts';
import { codegraph } from './rivals/codegraph.ts';
import { Absent } from './trees/install.ts';
import { prepareTree, type Tree } from './trees/prepare-tree.ts';
import { isTreeName } from './trees/tree-sources.ts';
import { dataFolder } from './trowel.ts';
import { type PlannedUpdate, planUpdates } from './update/plan-updates.ts';
import { bodyEdits, type EditKind, interfaceEdits } from './update/python-edits.ts';

const FILES = 60;
/** A rival that needs seconds for each is given fewer. */
const RIVAL_UPDATES = 24;
const RIVAL_SECONDS = 600;
/** When updates are slow, fewer are made. */
const BUDGET_SECONDS = 300;

interface Update {
  readonly kind: EditKind;
  readonly path: string;
  readonly milliseconds: number;
  /** Files whose edges were computed again; the time in each stage. */
  readonly linked?: number;
  readonly stages?: Readonly<Record<'parse' | 'link' | 'index', number>>;
}

export const update: Bench = async (options) => {
  const tree = prepareTree(options.trees?.find(isTreeName) ?? 'django');
  const plan = planUpdates(tree, FILES);
  if (plan.length < 10) throw new Error(`only ${plan.length} edits could be planned`);
  const ours: Update[] = [];
  for (let round = 0; round < options.runs; round++) ours.push(...(await trowelUpdates(tree, plan, options)));
  const theirs = options.without.has('codegraph') ? undefined : await codegraphUpdates(tree, plan, options);
  const all: Row[] = [
    ...rowsOf('trowel', ours),
    ...(theirs?.updates ? rowsOf('codegraph, sync in its own process', theirs.updates) : []),
    ...(theirs?.problem !== undefined ? [[`codegraph: ${theirs.problem}`, '', '', '', '', '', '']] : []),
  ];
  return {
    summary: `${tree.title}: one file of at most 32 KB changes while the tree is held open; milliseconds from the changed bytes on disk to the commit, over ${FILES} random files, each edited inside a body and in what it offers to others. Ranks and communities are made when asked for.`,
    ...(theirs?.version === undefined ? {} : { versions: { codegraph: theirs.version } }),
    tables: [
      {
        title: 'One-file update, resident',
        columns: ['', 'edits', 'p50 ms', 'p95 ms', 'max ms', 'p50 parse + link + index', 'p95 files linked again'],
        rows: all,
      },
    ],
    data: { ours, theirs: theirs?.updates ?? [], problem: theirs?.problem },
  };
};

async function trowelUpdates(tree: Tree, plan: readonly PlannedUpdate[], { say }: BenchOptions): Promise<Update[]> {
  const resident = await openResident(tree, 'update');
  say(`${tree.name} is open; ${plan.length} edits`);
  const updates: Update[] = [];
  const began = performance.now();
  try {
    for (const { path: file, text, before, kind, declares } of plan) {
      const at = path.join(tree.folder, file);
      if (performance.now() - began > BUDGET_SECONDS * 1000) {
        say(`${updates.length} of ${plan.length} edits were made in ${BUDGET_SECONDS} s`);
        break;
      }
      try {
        writeFileSync(at, text);
        const started = performance.now();
        resident.markDirty([file]);
        const report = await resident.refresh();
        const milliseconds = performance.now() - started;
        if (report?.changed !== 1) throw new Error(`${file}: ${kind} was not seen`);
        updates.push({ kind, path: file, milliseconds, linked: report.linked, stages: report.milliseconds });
        if (declares !== undefined) assertDeclared(resident.snapshot(), file, declares);
      } finally {
        writeFileSync(at, before);
        resident.markDirty([file]);
        await resident.refresh();
      }
    }
  } finally {
    await resident.close();
  }
  return updates;
}

function assertDeclared(
  snapshot: ReturnType<Awaited<ReturnType<typeof openResident>>['snapshot']>,
  file: string,
  name: string,
): void {
  try {
    if (!snapshot.resolve(name).some((symbol) => symbol.path === file))
      throw new Error(`${file}: ${name} is not in the index`);
  } finally {
    snapshot.close();
  }
}

interface RivalUpdates {
  readonly version?: string;
  readonly updates?: readonly Update[];
  readonly problem?: string;
}

async function codegraphUpdates(
  tree: Tree,
  plan: readonly PlannedUpdate[],
  { say }: BenchOptions,
): Promise<RivalUpdates> {
  let rival: ReturnType<typeof codegraph>;
  try {
    rival = codegraph();
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    say(`codegraph is absent: ${error.message}`);
    return { problem: `absent: ${error.message}` };
  }
  const { version } = rival;
  const few = plan.slice(0, RIVAL_UPDATES);
  const planFile = path.join(dataFolder, 'indexes', 'updates.json');
  const answers = path.join(dataFolder, 'indexes', 'codegraph-updates.json');
  writeFileSync(planFile, JSON.stringify(few));
  try {
    const first = await runChild(rival.index(tree), { timeoutSeconds: RIVAL_SECONDS });
    if (first.outcome !== 'ok') return { version, problem: first.message };
    const script = path.join(import.meta.dirname, 'rivals', 'codegraph-updates.mjs');
    const run = await runChild(rival.script(script, tree.folder, planFile, answers), { timeoutSeconds: RIVAL_SECONDS });
    if (run.outcome !== 'ok') return { version, problem: run.message };
    const times = JSON.parse(readFileSync(answers, 'utf8')) as number[];
    return {
      version,
      updates: few.map(({ kind, path: file }, index) => ({ kind, path: file, milliseconds: times[index]! })),
    };
  } finally {
    // It may have been ended between an edit and its undoing.
    for (const { path: file, before } of few)
      if (readFileSync(path.join(tree.folder, file), 'utf8') !== before)
        writeFileSync(path.join(tree.folder, file), before);
    rival.clean(tree);
  }
}

type Row = readonly string[];

function rowsOf(who: string, updates: readonly Update[]): Row[] {
  const groups: [string, readonly EditKind[]][] = [
    ['body edits', bodyEdits],
    ['interface edits', interfaceEdits],
    ...[...bodyEdits, ...interfaceEdits].map((kind): [string, readonly EditKind[]] => [`  ${kind}`, [kind]]),
  ];
  return groups.flatMap(([title, kinds]) => {
    const some = updates.filter(({ kind }) => kinds.includes(kind));
    if (some.length === 0) return [];
    const times = some.map(({ milliseconds }) => milliseconds);
    const stage = (name: 'parse' | 'link' | 'index'): string =>
      figure(
        quantile(
          some.map(({ stages }) => stages?.[name] ?? Number.NaN),
          0.5,
        ),
        1,
      );
    const known = some[0]?.stages !== undefined;
    return [
      [
        `${who}: ${title}`,
        String(some.length),
        figure(quantile(times, 0.5), 1),
        figure(quantile(times, 0.95), 1),
        figure(Math.max(...times), 1),
        known ? `${stage('parse')} + ${stage('link')} + ${stage('index')}` : '–',
        known
          ? figure(
              quantile(
                some.map(({ linked }) => linked ?? 0),
                0.95,
              ),
              0,
            )
          : '–',
      ],
    ];
  });
}
