import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { contentHash } from '#base/hash.ts';
import { writeTextFile } from '#base/write-file.ts';
import { readDiff } from '#inspect/changed-symbols.ts';
import { diffOf } from '#inspect/diff-of.ts';
import type { TestReport } from '#model/test-report.ts';
import { commitFiles } from '#prove/commit-files.ts';
import { proveTests } from '#prove/prove-tests.ts';
import { testsPage } from '#report/html/tests-page.ts';
import { testsForTerminal, type TestsShown } from '#report/tests-terminal.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  subject: z.string().optional().describe('A folder, a file or a symbol; default: where you are.'),
  diff: z.string().optional().describe('Only modules that differ from this commit, branch or tag.'),
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
    if (files.length === 0) return { ...shown, written: 'data-folder' };
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
  exitCode: ({ files }) => (files.length === 0 ? 1 : 0),
});

async function prove(
  given: z.output<typeof input>,
  context: OperationContext,
): Promise<{ readonly root: string; readonly report: TestReport }> {
  const { services, emit, signal } = context;
  const { snapshot, root, scope, subject } = await openSubject(given.subject, context);
  try {
    const changed =
      given.diff === undefined
        ? undefined
        : new Set(readDiff(await diffOf(root, given.diff, signal)).changed.map((one) => one.path));
    const report = await proveTests({
      root,
      scope: subject ?? scope,
      snapshot,
      changed,
      changes: new Map(),
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

/** A path is opened as one; what is no path is a symbol of the tree around the working folder. */
async function openSubject(
  subject: string | undefined,
  context: OperationContext,
): Promise<Awaited<ReturnType<typeof openTree>> & { readonly subject?: string }> {
  try {
    return await openTree(context, subject);
  } catch (error) {
    if (subject === undefined || !(error instanceof TrowelError) || error.code !== 'not-found') throw error;
    const opened = await openTree(context, undefined);
    const symbol = opened.snapshot.resolve(subject)[0];
    if (symbol) return { ...opened, subject: symbol.path };
    opened.snapshot.close();
    throw error;
  }
}
