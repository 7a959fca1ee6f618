/** One process that runs a suite, or a part of it, in the sandbox: its plan, and the events that it left. */
import path from 'node:path';
import type { InstrumentedFile, Mutant } from '#model/instrumented.ts';
import { parseEvents, type SuiteEvent } from '#test-frameworks/suite-events.ts';
import type { SuiteRecord } from './suite-record.ts';
import type { SuiteRequest } from './suite-request.ts';

/** What one of several processes runs. */
export interface Lane {
  readonly name: string;
  /** Tree-relative; undefined: what the framework finds. */
  readonly testFiles: readonly string[] | undefined;
  /** For frameworks that find their own: `1/2`. */
  readonly shard: string | undefined;
}

/** Mutants by file, equivalents left out. */
export function wantedMutants(
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

export async function runProcess(
  request: SuiteRequest,
  record: SuiteRecord,
  home: string,
  lane: Lane,
  start: number,
): Promise<readonly SuiteEvent[]> {
  const { suite, sandbox } = request;
  const root = path.posix.join(sandbox.root, suite.folder);
  const output = `${home}/events-${lane.name}-${start}.jsonl`;
  const isPython = suite.framework.language === 'python';
  const mutants = wantedMutants(request, record.files)
    .filter(({ mutant }) => !record.isSettled(mutant.id) && !record.isEquivalent(mutant.id))
    .map(({ file, mutant }) => ({ id: mutant.id, file: file.id, counter: mutant.counter, static: mutant.static }));
  record.wantedCount = isPython && record.files.length === 0 ? undefined : mutants.length + record.settled;
  const relative = (name: string): string => (suite.folder === '' ? name : name.slice(suite.folder.length + 1));
  const testFiles = (lane.testFiles ?? []).filter((name) => !record.hangs(name)).map(relative);
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
    leftOut: record.hanging.map(relative),
    ...(lane.shard === undefined ? {} : { shard: lane.shard }),
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
  const planPath = `${home}/plan-${lane.name}-${start}.json`;
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
