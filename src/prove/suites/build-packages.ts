/** Packages whose tests load what a build makes: their own scripts are run in the sandbox, on rewritten sources. */
import path from 'node:path';
import { isProgramFailure } from './suite-problems.ts';
import type { Suite } from './find-suites.ts';
import type { SuiteRecord } from './suite-record.ts';
import type { SuiteRequest } from './suite-request.ts';

const BUILD_MILLISECONDS = 300_000;

/** A file that is not there keeps tests from loading; or they pass and run nothing of the sources. */
export function seemsUnbuilt(suite: Suite, record: SuiteRecord): boolean {
  if (suite.builds.length === 0) return false;
  return record.errors.some(isProgramFailure) || (record.testCount > 0 && !record.coversAnything());
}

/** What went wrong in words, '' for nothing; undefined where there was nothing to build. */
export async function buildPackages(request: SuiteRequest, errors: readonly string[]): Promise<string | undefined> {
  const { suite, sandbox } = request;
  const own = suite.builds.filter(({ folder }) => folder === suite.folder);
  const others = suite.builds.filter(
    ({ folder, name }) =>
      folder !== suite.folder &&
      errors.some(
        (error) => (name !== undefined && error.includes(name)) || (folder !== '' && error.includes(`/${folder}/`)),
      ),
  );
  const root = own.length + others.length === 0 ? suite.builds.filter(({ folder }) => folder === '') : [];
  const chosen = [...others, ...own, ...root];
  if (chosen.length === 0) return undefined;
  const problems: string[] = [];
  for (const { folder, script, command } of chosen) {
    request.onProgress?.(0, undefined, `${script} in ${folder === '' ? 'the root' : folder}`);
    const binaries = [...new Set([folder, ''])].map((each) => path.posix.join(sandbox.root, each, 'node_modules/.bin'));
    const result = await sandbox.run(
      {
        program: 'sh',
        arguments: ['-c', 'PATH="$1:$PATH"; export PATH; eval "$2"', 'sh', binaries.join(':'), command],
        folder: folder === '' ? '.' : folder,
        environment: { ...request.environment, CI: '1' },
        limits: { wallMilliseconds: BUILD_MILLISECONDS },
      },
      request.signal,
    );
    const isFine = result.exit.kind === 'exited' && result.exit.code === 0;
    const words = `${result.output}\n${result.errors}`.trim().split('\n').filter(Boolean).at(-1) ?? 'it said nothing';
    if (!isFine) problems.push(`the script ${script} (${command}) failed in the sandbox: ${words.slice(0, 200)}`);
  }
  return problems.join('; ');
}
