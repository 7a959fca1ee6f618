import os from 'node:os';
import { throwIfAborted } from '#base/abort.ts';
import type { SuiteRun } from '#model/suite-run.ts';
import { buildPackages, seemsUnbuilt } from './build-packages.ts';
import { harnessFiles } from './harness-files.ts';
import { missingPackages } from './missing-packages.ts';
import { rewriteSources } from './rewrite-sources.ts';
import { runProcess, wantedMutants, type Lane } from './suite-process.ts';
import { SuiteRecord } from './suite-record.ts';
import type { SuiteRequest } from './suite-request.ts';

/** How often a process that a mutant or a test has ended is started again. */
const MAXIMUM_STARTS = 60;
/** Processes side by side, and the test files that are worth one more. */
const MOST_LANES = 4;
const FILES_OF_A_LANE = 4;

/** Runs a suite in its sandbox: what each test covers and, in mode `mutate`, which mutants it kills. */
export async function runSuite(request: SuiteRequest): Promise<SuiteRun> {
  const started = performance.now();
  const { suite, sandbox } = request;
  const language = suite.framework.language === 'python' ? 'python' : 'javascript';
  const home = suite.folder === '' ? '.trowel-suite' : `${suite.folder}/.trowel-suite`;
  const know = (record: SuiteRecord): SuiteRecord => {
    if (rewritten) record.know(rewritten.files, rewritten.skipped, rewritten.equivalent);
    return record;
  };
  for (const { name, content } of await harnessFiles(language)) await sandbox.writeFile(`${home}/${name}`, content);
  let rewritten: Awaited<ReturnType<typeof rewriteSources>> | undefined;
  if (language === 'javascript') {
    const mutates = request.mode === 'mutate' ? (request.mutates ?? (() => true)) : () => false;
    rewritten = await rewriteSources(request.sources, request.plain, !suite.framework.compiles, mutates);
    for (const [name, text] of rewritten.texts) await sandbox.writeFile(name, text);
  }
  let record = await runLanes(request, know(new SuiteRecord(suite.framework.id, suite.folder)), home);
  // What is built from rewritten sources counts for them.
  if (language === 'javascript' && seemsUnbuilt(suite, record)) {
    const problems = await buildPackages(request, record.errors);
    if (problems !== undefined) {
      record = await runLanes(request, know(new SuiteRecord(suite.framework.id, suite.folder)), home);
      if (seemsUnbuilt(suite, record)) record.note(problems);
    }
  }
  const ecosystem = language === 'python' ? 'python' : 'npm';
  for (const hint of missingPackages(record.problems, ecosystem, suite.packages, (name) => isOfTree(request, name)))
    record.note(hint);
  return record.finish(performance.now() - started, wantedMutants(request, record.files));
}

/** A module or a member of a workspace. */
function isOfTree({ suite, sources, plain }: SuiteRequest, name: string): boolean {
  const isNamed = (path: string): boolean => `/${path}`.endsWith(`/${name}.py`) || `/${path}`.includes(`/${name}/`);
  return suite.packages.some((each) => each.name === name) || [...sources, ...plain].some(({ path }) => isNamed(path));
}

async function runLanes(request: SuiteRequest, record: SuiteRecord, home: string): Promise<SuiteRecord> {
  const lanes = lanesOf(request);
  record.expect(lanes.length);
  await Promise.all(
    lanes.map(async (lane) => {
      for (let start = 1; start <= MAXIMUM_STARTS; start++) {
        throwIfAborted(request.signal);
        const events = await runProcess(request, record, home, lane, start);
        record.add(events);
        request.onProgress?.(record.settled, record.wantedCount, `${record.testCount} tests`);
        if (!record.goesOn(events)) break;
      }
    }),
  );
  return record;
}

/** Files are shared among processes as the framework itself would; Python's harness does so by itself. */
function lanesOf({ suite, mode, testFiles: given }: SuiteRequest): readonly Lane[] {
  const known = given ?? (suite.framework.needsFiles || suite.isMixed ? suite.testFiles : undefined);
  const whole = [{ name: '1', testFiles: known, shard: undefined }];
  if (mode === 'mutate' || suite.isSerial || suite.framework.language === 'python') return whole;
  const files = known ?? suite.testFiles;
  const count = Math.min(os.availableParallelism(), MOST_LANES, Math.floor(files.length / FILES_OF_A_LANE));
  if (count < 2) return whole;
  return Array.from({ length: count }, (_, at): Lane => {
    const name = String(at + 1);
    if (known) return { name, testFiles: known.filter((_, index) => index % count === at), shard: undefined };
    return { name, testFiles: undefined, shard: `${name}/${count}` };
  });
}
