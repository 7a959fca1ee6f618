import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { runGit } from '#base/git.ts';
import { contentHash } from '#base/hash.ts';
import { writeTextFile } from '#base/write-file.ts';
import { readDiff } from '#inspect/changed-symbols.ts';
import { fileHistories } from '#history/file-histories.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import { diffOf } from '#inspect/diff-of.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import type { TestReport } from '#model/test-report.ts';
import { commitFiles } from '#prove/commit-files.ts';
import type { OldRevision } from '#prove/old-revision.ts';
import type { ModuleHistory } from '#prove/plan.ts';
import { fileTestability } from '#scores/symbol-scores.ts';
import { type AskedSymbol, proveTests } from '#prove/prove-tests.ts';
import { testsPage } from '#report/html/tests-page.ts';
import { testsForTerminal, type TestsShown } from '#report/tests-terminal.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import { cachedHistory } from '#workspace/cached-history.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { isScoredIn } from './scored-tree.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  subject: z.string().optional().describe('A folder, a file or a symbol; default: where you are.'),
  diff: z
    .string()
    .optional()
    .describe('Only modules that differ from this commit, branch or tag; the changed lines come first.'),
  against: z
    .string()
    .optional()
    .describe('Run the same inputs on this commit, branch or tag as well, and say what gives another result.'),
  benchmarks: z.boolean().default(false).describe('Benchmark files as well: they measure and assert nothing.'),
  plan: z.boolean().default(false).describe('Only say what would be tested, in which order, why and for how long.'),
  seconds: z.number().min(1).max(3600).default(20).describe('Time for each module.'),
  modules: z.number().int().min(1).default(20).describe('How many modules at most, the most worthwhile first.'),
  seed: z.number().int().default(1).describe('Another seed finds other inputs.'),
  write: z.boolean().default(false).describe('Put the files where the project keeps its tests.'),
  out: z.string().optional().describe('Put the files into this folder.'),
  commit: z.boolean().default(false).describe('Make one commit of them on a branch; your work tree stays as it is.'),
  html: z.string().optional().describe('Write the report as a page to this file.'),
});

export const operation = defineOperation<typeof input, TestsShown>({
  name: 'test',
  group: 'prove',
  summary: 'Write tests, run them in a sandbox, and keep those that prove something.',
  effect: 'execute',
  input,
  positional: ['subject'],
  examples: [
    {
      command: 'trowel test src/parser.ts',
      explains: 'Tests for one module, shown and kept aside; nothing in the tree changes.',
    },
    {
      command: 'trowel test --diff main --write',
      explains: 'Tests for what your branch changed, put where the project keeps its tests.',
    },
    {
      command: 'trowel test Purse.put',
      explains: 'Tests for one function, class or method; an ambiguous name lists what it may mean.',
    },
    {
      command: 'trowel test . --against v1.2.0',
      explains: 'What behaves otherwise than at v1.2.0 is listed, and not asserted.',
    },
    {
      command: 'trowel test . --seconds 60 --commit',
      explains: 'A minute for each module; the result is one commit on a branch.',
    },
  ],
  async run(given, context) {
    if ([given.write, given.out !== undefined, given.commit].filter(Boolean).length > 1) {
      throw new TrowelError('usage', 'Give only one of --write, --out and --commit.');
    }
    const { services } = context;
    const { root, report } = await prove(given, context);
    const files = report.files.map(({ path: file, text }) => ({ path: file, text }));
    const shown = { ...report, folder: root };
    if (given.html !== undefined) writeTextFile(path.resolve(services.workingFolder, given.html), testsPage(report));
    if (given.plan || files.length === 0) return { ...shown, written: 'data-folder' };
    if (given.write) {
      for (const { path: file, text } of files) writeTextFile(path.join(root, file), text);
      return { ...shown, written: 'tree' };
    }
    if (given.commit) {
      const branch = await commitFiles(root, files, report, context.signal);
      return { ...shown, written: 'commit', branch };
    }
    const folder =
      given.out === undefined
        ? path.join(services.folders.data, 'tests', contentHash(root).slice(0, 12))
        : path.resolve(services.workingFolder, given.out);
    for (const { path: file, text } of files) writeTextFile(path.join(folder, file), text);
    return { ...shown, folder, written: given.out === undefined ? 'data-folder' : 'folder' };
  },
  render: testsForTerminal,
  exitCode: ({ files, executed }) => (files.length === 0 && executed > 0 ? 1 : 0),
});

async function prove(
  given: z.output<typeof input>,
  context: OperationContext,
): Promise<{ readonly root: string; readonly report: TestReport }> {
  const { services, emit, signal } = context;
  const { snapshot, root, scope, indexFolder, symbol } = await openSubject(given.subject, context);
  try {
    const { diff, against } = given;
    const changed =
      diff === undefined
        ? undefined
        : new Map(readDiff(await diffOf(root, diff, signal)).changed.map(({ path: file, ranges }) => [file, ranges]));
    const report = await proveTests({
      root,
      scope: symbol?.path ?? scope,
      snapshot,
      changed,
      changes: await historyOf(root, indexFolder, context),
      easeOf: (file) => fileTestability(snapshot, file, isScoredIn('')),
      symbol,
      old: against === undefined ? undefined : await oldRevision(root, against, signal),
      planOnly: given.plan,
      benchmarks: given.benchmarks,
      runner: await chooseRunner(),
      environment: services.environment,
      home: os.homedir(),
      dataFolder: services.folders.data,
      secondsPerModule: given.seconds,
      mostModules: given.modules,
      seed: given.seed,
      now: () => services.clock.now(),
      emit,
      signal,
    });
    return { root, report };
  } finally {
    snapshot.close();
  }
}

type Opened = Awaited<ReturnType<typeof openTree>> & { readonly symbol?: AskedSymbol };

/** A path is opened as one; what is no path is a symbol of the tree around the working folder. */
async function openSubject(subject: string | undefined, context: OperationContext): Promise<Opened> {
  try {
    return await openTree(context, subject);
  } catch (error) {
    if (subject === undefined || !(error instanceof TrowelError) || error.code !== 'not-found') throw error;
    const opened = await openTree(context, undefined);
    try {
      const { path: file, qualifiedName, startLine, endLine } = oneSymbol(opened, subject);
      // A module is all of its file.
      if (qualifiedName === '') return { ...opened, scope: file };
      return { ...opened, symbol: { name: qualifiedName, path: file, lines: [startLine, endLine] } };
    } catch (failure) {
      opened.snapshot.close();
      throw failure;
    }
  }
}

const LISTED_CHOICES = 8;

function oneSymbol({ snapshot, scope }: Opened, name: string): SymbolRecord {
  const chosen = chooseSymbol(snapshot, name, scope);
  if (chosen.status === 'one') return chosen.symbol;
  const { choices } = chosen;
  const listed = choices.slice(0, LISTED_CHOICES).map(({ key, kind, line }) => `  ${key} (${kind}, line ${line})`);
  const rest = choices.length - listed.length;
  throw new TrowelError('usage', `${name} may mean ${choices.length} things.`, {
    hint: `Name one of them:\n${[...listed, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n')}`,
  });
}

/** Seconds of a day. */
const DAY = 86_400;

async function historyOf(
  root: string,
  indexFolder: string,
  { services, emit, signal }: OperationContext,
): Promise<ReadonlyMap<string, ModuleHistory>> {
  const { maxCommits } = services.configFor(root).values.history;
  const history = await cachedHistory(indexFolder, { root, maximumCommits: maxCommits, emit, signal });
  if (typeof history === 'string') return new Map();
  return new Map(
    [...fileHistories(history, () => true).values()].map(({ path: file, commits, bugFixes, lastChange }) => [
      file,
      { commits, bugFixes, daysSince: (history.headTime - lastChange) / DAY },
    ]),
  );
}

/** The text that changed files had at a revision. */
async function oldRevision(root: string, name: string, signal: AbortSignal): Promise<OldRevision> {
  const { changed } = readDiff(await diffOf(root, name, signal));
  const texts = new Map<string, string>();
  for (const { path: file } of changed) {
    const { exitCode, stdout } = await runGit(['show', `${name}:./${file}`], { cwd: root, signal });
    if (exitCode === 0) texts.set(file, stdout.toString());
  }
  return { name, texts };
}
