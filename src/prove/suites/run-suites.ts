import os from 'node:os';
import { TrowelError } from '#base/errors.ts';
import type { Emit } from '#base/progress.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { SuiteRun } from '#model/suite-run.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { findSuites, type Suite } from './find-suites.ts';
import { runSuite } from './run-suite.ts';
import type { LineRanges, SuiteSource } from './suite-request.ts';

export interface SuitesRequest {
  readonly snapshot: Snapshot;
  readonly root: string;
  /** Folder or file of the tree that is looked at; '' for all of it. */
  readonly scope: string;
  readonly mode: 'cover' | 'mutate';
  /** Mutants on these lines only. */
  readonly ranges?: LineRanges;
  /** Only these of the files in scope get mutants. */
  readonly mutates?: (path: string) => boolean;
  readonly testFiles?: readonly string[];
  readonly repeats?: number;
  readonly seed?: number;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

const ecmascript = new Set(['javascript', 'jsx', 'typescript', 'tsx']);

/** Every suite of a tree that has to do with the scope, run in the sandbox. */
export async function runSuites(request: SuitesRequest): Promise<readonly SuiteRun[]> {
  const { snapshot, root, scope } = request;
  const files = snapshot.files();
  const suites = await findSuites(
    files.map(({ path }) => path),
    (path) => {
      const file = snapshot.fileByPath(path);
      return file === undefined ? undefined : snapshot.text(file.id);
    },
  );
  const fitting = suites.filter(
    ({ folder }) => isWithin(scope, folder) || isWithin(folder, scope) || scope === '' || folder === '',
  );
  if (fitting.length === 0)
    throw new TrowelError('not-found', 'No test suite was found here.', {
      hint: 'Known are vitest, jest, mocha, node:test, pytest and unittest, by what the project declares or its test files import.',
    });
  const runner = await chooseRunner();
  const runs: SuiteRun[] = [];
  for (const suite of fitting) {
    const sources = sourcesOf(snapshot, files, suite, scope);
    const counted = sources.counted.filter(
      ({ path }) => isWithin(path, scope) && (request.mode === 'cover' || request.mutates?.(path) !== false),
    );
    if (counted.length === 0) continue;
    const question = { tree: root, folder: suite.folder === '' ? '.' : suite.folder, environment: request.environment };
    const toolchains = await findToolchains({ ...question, home: os.homedir() });
    const toolchain = suite.framework.language === 'python' ? toolchains.python : toolchains.node;
    if (!toolchain)
      throw new TrowelError(
        'not-found',
        `${suite.framework.id} needs ${suite.framework.language === 'python' ? 'Python' : 'Node'}, and none was found for this project.`,
        {
          hint: 'Install it, or put it on PATH.',
        },
      );
    const sandbox = await runner.open(
      { tree: root, readable: toolchains.readable, searchPath: toolchains.searchPath, dataFolder: request.dataFolder },
      request.signal,
    );
    try {
      runs.push(
        await runSuite({
          suite,
          sources: request.mode === 'cover' ? sources.counted : counted,
          plain: sources.plain,
          sandbox,
          program: toolchain.program,
          environment: toolchains.environment,
          mode: request.mode,
          ...(request.mutates ? { mutates: ({ path }) => request.mutates!(path) } : {}),
          ...(request.ranges ? { ranges: request.ranges } : {}),
          ...(request.testFiles ? { testFiles: request.testFiles.filter((path) => isWithin(path, suite.folder)) } : {}),
          ...(request.repeats === undefined ? {} : { repeats: request.repeats }),
          ...(request.seed === undefined ? {} : { seed: request.seed }),
          onProgress: (done, total, detail) =>
            request.emit({ type: 'progress', stage: 'test', done, total, detail: `${suite.framework.id}: ${detail}` }),
          signal: request.signal,
        }),
      );
    } finally {
      await sandbox.close();
    }
  }
  return runs;
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** What is counted, and the other files of the language. */
function sourcesOf(
  snapshot: Snapshot,
  files: readonly FileRecord[],
  suite: Suite,
  scope: string,
): { readonly counted: readonly SuiteSource[]; readonly plain: readonly SuiteSource[] } {
  const counted: SuiteSource[] = [];
  const plain: SuiteSource[] = [];
  const tests = new Set(suite.testFiles);
  for (const file of files) {
    const { path, language, roles } = file;
    const fits = suite.framework.language === 'python' ? language === 'python' : ecmascript.has(language);
    if (!fits || !isWithin(path, suite.folder) || roles.includes('types')) continue;
    const text = snapshot.text(file.id);
    if (text === undefined) continue;
    const isSource = roles.every((role) => role === 'source');
    const isCounted = isSource && !tests.has(path) && !isConfiguration(path) && (!isBeside(path) || isBeside(scope));
    (isCounted ? counted : plain).push({ path, text, language });
  }
  return { counted, plain };
}

/** What a project shows or measures itself with: no test is expected to reach it. */
function isBeside(path: string): boolean {
  return /(?:^|\/)(?:bench(?:mark)?s?|examples?|demos?|perf)(?:\/|$)|(?:^|\/)bench(?:mark)?[\w-]*\.[^/]+$/i.test(path);
}

/** Files that tools load, not tests. */
function isConfiguration(path: string): boolean {
  return /(?:^|\/)(?:[\w.-]+\.(?:config|conf)\.[cm]?[jt]s|(?:[Gg]runt|[Gg]ulp|[Jj]ake)file\.[cm]?[jt]s|\.[\w-]+rc\.[cm]?js|setup\.py|conftest\.py|noxfile\.py)$/.test(
    path,
  );
}
