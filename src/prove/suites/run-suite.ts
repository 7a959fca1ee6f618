import path from 'node:path';
import { throwIfAborted } from '#base/abort.ts';
import type { InstrumentedFile, Mutant } from '#model/instrumented.ts';
import type { SuiteRun } from '#model/suite-run.ts';
import { parseEvents, type SuiteEvent } from '#test-frameworks/suite-events.ts';
import { harnessFiles } from './harness-files.ts';
import { rewriteSources } from './rewrite-sources.ts';
import { SuiteRecord } from './suite-record.ts';
import type { SuiteRequest } from './suite-request.ts';

/** How often a process that a mutant or a test has ended is started again. */
const MAXIMUM_STARTS = 60;

/** Runs a suite in its sandbox: what each test covers and, in mode `mutate`, which mutants it kills. */
export async function runSuite(request: SuiteRequest): Promise<SuiteRun> {
  const started = performance.now();
  const { suite, sandbox } = request;
  const language = suite.framework.language === 'python' ? 'python' : 'javascript';
  const inside = (name: string): string => (suite.folder === '' ? name : `${suite.folder}/${name}`);
  const home = inside('.trowel-suite');
  const record = new SuiteRecord(suite.framework.id, suite.folder);
  for (const { name, content } of await harnessFiles(language)) await sandbox.writeFile(`${home}/${name}`, content);
  if (language === 'javascript') {
    const mutates = request.mode === 'mutate' ? (request.mutates ?? (() => true)) : () => false;
    const done = await rewriteSources(request.sources, request.plain, !suite.framework.compiles, mutates);
    for (const [name, text] of done.texts) await sandbox.writeFile(name, text);
    record.know(done.files, done.skipped, done.equivalent);
  }
  for (let start = 1; start <= MAXIMUM_STARTS; start++) {
    throwIfAborted(request.signal);
    const events = await oneProcess(request, record, home, start);
    record.add(events);
    request.onProgress?.(record.settled, record.wantedCount, `${record.testCount} tests`);
    if (!record.goesOn(events)) break;
  }
  return record.finish(performance.now() - started, wantedMutants(request, record.files));
}

/** Mutants by file, equivalents left out. */
function wantedMutants(
  request: SuiteRequest,
  files: readonly InstrumentedFile[],
): readonly { readonly file: InstrumentedFile; readonly mutant: Mutant }[] {
  const sources = new Map(request.sources.map((source) => [source.path, source]));
  return files.flatMap((file) => {
    const source = sources.get(file.id);
    if (request.mode !== 'mutate' || !source || request.mutates?.(source) === false) return [];
    const ranges = request.ranges ? (request.ranges[file.id] ?? []) : undefined;
    return file.mutants
      .filter(({ place }) => !ranges || ranges.some(([from, to]) => place.startLine <= to && place.endLine >= from))
      .map((mutant) => ({ file, mutant }));
  });
}

async function oneProcess(
  request: SuiteRequest,
  record: SuiteRecord,
  home: string,
  start: number,
): Promise<readonly SuiteEvent[]> {
  const { suite, sandbox } = request;
  const root = path.posix.join(sandbox.root, suite.folder);
  const output = `${home}/events-${start}.jsonl`;
  const isPython = suite.framework.language === 'python';
  const mutants = wantedMutants(request, record.files)
    .filter(({ mutant }) => !record.isSettled(mutant.id) && !record.isEquivalent(mutant.id))
    .map(({ file, mutant }) => ({ id: mutant.id, file: file.id, counter: mutant.counter, static: mutant.static }));
  record.wantedCount = isPython && record.files.length === 0 ? undefined : mutants.length + record.settled;
  const relative = (name: string): string => (suite.folder === '' ? name : name.slice(suite.folder.length + 1));
  const testFiles = (request.testFiles ?? (suite.framework.needsFiles ? suite.testFiles : []))
    .filter((name) => !record.hangs(name))
    .map(relative);
  const known = !isPython || record.files.length > 0;
  const plan = {
    framework: suite.framework.id,
    root,
    isolated: true,
    mode: request.mode,
    output: path.posix.join(sandbox.root, output),
    files: isPython
      ? request.sources.map((source) => ({ path: path.posix.join(sandbox.root, source.path), id: source.path }))
      : [],
    testFiles,
    arguments: isPython ? testFiles : [],
    mutants: isPython ? (known ? mutants.map(({ id }) => id) : null) : mutants,
    skip: isPython ? [...record.settledIds()] : [],
    ...(request.ranges ? { ranges: request.ranges } : {}),
    repeats: start === 1 ? (request.repeats ?? 0) : 0,
    seed: request.seed ?? 1,
    milliseconds: request.milliseconds ?? 10_000,
    aliases: suite.aliases,
    settings: { ...suite.settings },
    sourceFolders: suite.sourceFolders.map(relative),
  };
  const planPath = `${home}/plan-${start}.json`;
  await sandbox.writeFile(planPath, JSON.stringify(plan));
  await sandbox.writeFile(output, '');
  const command = suite.framework.command({
    harness: path.posix.join(sandbox.root, home),
    plan: path.posix.join(sandbox.root, planPath),
    folder: root,
    testFiles,
  });
  const result = await sandbox.run(
    {
      program: request.program,
      arguments: command.arguments,
      folder: suite.folder === '' ? '.' : suite.folder,
      environment: { ...request.environment, ...command.environment },
      limits: { wallMilliseconds: 900_000, outputBytes: 64 * 1024 ** 2, ...request.limits },
    },
    request.signal,
  );
  const bytes = await sandbox.readFile(output);
  const events = parseEvents(bytes === undefined ? '' : Buffer.from(bytes).toString('utf8'));
  if (!events.some(({ event }) => event !== 'error')) {
    const words = `${result.errors}\n${result.output}`.trim().split('\n').slice(-6).join('\n');
    const exit = result.exit.kind === 'exited' ? `with code ${result.exit.code}` : JSON.stringify(result.exit);
    if (!events.some(({ event }) => event === 'error'))
      events.push({ event: 'error', message: `${suite.framework.id} ended ${exit}: ${words}`, fatal: true });
  } else if (result.exit.kind === 'limit') {
    events.push({
      event: 'error',
      message: `the sandbox's limit of ${result.exit.limit} was reached`,
      fatal: result.exit.limit !== 'wall',
    });
  }
  return events;
}
