/** Pynguin beside generated tests: its suite for the same modules, and both suites on the same mutants. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestReport } from '../../src/model/test-report.ts';
import { chooseRunner } from '../../src/sandbox/registry.ts';
import { findToolchains } from '../../src/sandbox/toolchains/find-toolchains.ts';

export interface Rival {
  /** Lines and branches together. */
  readonly covered: number | undefined;
  readonly score: number | undefined;
  readonly tests: number;
  /** Modules without any test in the end. */
  readonly unfinished: number;
}

interface Comparison {
  readonly root: string;
  readonly name: string;
  readonly report: TestReport;
  readonly seconds: number;
  /** Of the bench's data. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** Pynguin, pytest and coverage.py in an environment of their own; undefined where they cannot be had. */
function rivalPython(folder: string): string | undefined {
  const venv = path.join(folder, 'pynguin');
  const python = path.join(venv, 'bin/python');
  if (existsSync(path.join(venv, 'bin/pynguin'))) return python;
  try {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '-q', 'pynguin', 'pytest', 'coverage'], { stdio: 'ignore' });
    return python;
  } catch {
    return undefined;
  }
}

/** Both suites on the same mutants; Pynguin writes its own in the sandbox, on the modules that were tested. */
export async function compareWithPynguin({
  root,
  name,
  report,
  seconds,
  folder,
  say,
}: Comparison): Promise<{ readonly score?: number | undefined; readonly rival?: Rival | undefined }> {
  const python = rivalPython(folder);
  if (python === undefined) return {};
  const packages = path.join(path.dirname(root), 'packages');
  const modules = report.modules.map(({ path: file }) => file);
  const score = await scoreOf({ root, name, folder, say }, report.files, modules, python, packages);
  const files: { path: string; text: string }[] = [];
  const tools = await findToolchains({ tree: root, environment: process.env, home: os.homedir() });
  const sandbox = await (
    await chooseRunner()
  ).open({
    tree: root,
    readable: [folder, ...tools.readable],
    searchPath: tools.searchPath,
    dataFolder: path.join(folder, 'data'),
    limits: { wallMilliseconds: (2 * seconds + 30) * 1000 },
  });
  let unfinished = 0;
  try {
    for (const module of modules) {
      const dotted = module
        .replace(/\.py$/, '')
        .replace(/\/__init__$/, '')
        .replaceAll('/', '.');
      const out = `.pynguin/${dotted}`;
      const ended = await sandbox.run({
        program: python,
        arguments: [
          path.join(path.dirname(python), 'pynguin'),
          '--project-path',
          sandbox.root,
          '--module-name',
          dotted,
          '--output-path',
          path.join(sandbox.root, out),
          '--maximum-search-time',
          String(seconds),
          '--seed',
          '1',
          // Its process of its own hangs in a sandbox; its default assertions, from mutants, take minutes a module.
          '--use-master-worker',
          'False',
          '--assertion-generation',
          'SIMPLE',
          '--no-rich',
        ],
        environment: {
          ...tools.python!.environment,
          PYNGUIN_DANGER_AWARE: '1',
          PYTHONPATH: `${sandbox.root}:${packages}`,
        },
      });
      const file = `test_${dotted.replaceAll('.', '_')}.py`;
      // It names its file by the module alone, without the packages around it.
      const text = await sandbox.readFile(`${out}/test_${dotted.split('.').at(-1)}.py`);
      if (text === undefined) {
        unfinished++;
        say(
          `pynguin, ${dotted}: ${JSON.stringify(ended.exit)} ${ended.output.trim().slice(-300)} ${ended.errors.trim().slice(-300)}`,
        );
      } else files.push({ path: `tests/${file}`, text: new TextDecoder().decode(text) });
    }
    let covered: number | undefined = 0;
    if (files.length > 0) {
      for (const { path: file, text } of files) await sandbox.writeFile(file, text);
      const environment = {
        ...tools.python!.environment,
        PYTHONPATH: `${sandbox.root}:${packages}`,
        PYTHONDONTWRITEBYTECODE: '1',
      };
      const run = (words: readonly string[]) => sandbox.run({ program: python, arguments: words, environment });
      await run([
        '-m',
        'coverage',
        'run',
        '--branch',
        `--include=${modules.join(',')}`,
        '-m',
        'pytest',
        '-q',
        ...files.map((file) => file.path),
      ]);
      await run(['-m', 'coverage', 'json', `--include=${modules.join(',')}`, '-o', '.bench/coverage.json']);
      const found = await sandbox.readFile('.bench/coverage.json');
      covered =
        found === undefined
          ? undefined
          : (JSON.parse(new TextDecoder().decode(found)) as { totals: { percent_covered: number } }).totals
              .percent_covered;
    }
    const tests = files.reduce((sum, { text }) => sum + (text.match(/^def test_/gm)?.length ?? 0), 0);
    return {
      score,
      rival: {
        covered,
        score: await scoreOf({ root, name, folder, say }, files, modules, python, packages),
        tests,
        unfinished,
      },
    };
  } finally {
    await sandbox.close();
  }
}

/** What `trowel mutate` finds on these modules with these tests, in per cent; endless mutants count as seen. */
async function scoreOf(
  { root, name, folder, say }: Pick<Comparison, 'root' | 'name' | 'folder' | 'say'>,
  files: readonly { readonly path: string; readonly text: string }[],
  modules: readonly string[],
  python: string,
  packages: string,
): Promise<number | undefined> {
  if (files.length === 0) return 0;
  const tree = path.join(folder, 'mutate', name);
  rmSync(tree, { recursive: true, force: true });
  cpSync(root, tree, { recursive: true });
  for (const { path: file, text } of files) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  try {
    // It ends with 1 where mutants survive.
    const stdout = await promisify(execFile)(path.resolve('bin/trowel'), ['mutate', '--json', '--again'], {
      cwd: tree,
      maxBuffer: 1 << 28,
      env: {
        ...withoutSettings(process.env),
        PATH: `${path.dirname(python)}:${process.env['PATH']}`,
        PYTHONPATH: packages,
      },
    }).then(
      (ended) => ended.stdout,
      (error: unknown) => (error as { readonly stdout: string }).stdout,
    );
    type Score = Readonly<Record<'killed' | 'survived' | 'timeouts' | 'noCoverage', number>>;
    const { files: found } = JSON.parse(stdout) as {
      readonly files: readonly { readonly path: string; readonly score: Score }[];
    };
    const scores = found.filter((file) => modules.includes(file.path)).map((file) => file.score);
    const sum = (pick: (one: Score) => number): number => scores.reduce((total, one) => total + pick(one), 0);
    const seen = sum(({ killed, timeouts }) => killed + timeouts);
    const all = seen + sum(({ survived, noCoverage }) => survived + noCoverage);
    return all === 0 ? undefined : (100 * seen) / all;
  } catch (error) {
    say(`no score by mutate: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
    return undefined;
  }
}

/** The bench's own variables are no settings of Trowel, which refuses what it does not know. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('TROWEL_')));
}
