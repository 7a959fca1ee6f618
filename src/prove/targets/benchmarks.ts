import path from 'node:path';
import type { Sandbox, SandboxResult } from '#sandbox/sandbox.ts';
import type { Toolchain } from '#sandbox/toolchains/toolchain.ts';
import type { BenchmarkPlace, StudiedFile, StudiedProject, TestPlace } from '../proving-language.ts';

/** Vitest measures where the project has it; else a script that Node runs by itself. */
export function ecmascriptBenchmarkPlace(tests: TestPlace, project: StudiedProject): BenchmarkPlace {
  const stem = path.posix.basename(tests.path).replace(/\.(?:test|spec)\.[a-z]+$/, '');
  const folder = project.declared?.folder ?? '';
  if (tests.style.framework === 'vitest')
    return {
      path: path.posix.join(path.posix.dirname(tests.path), `${stem}.bench.${tests.style.typescript ? 'ts' : 'js'}`),
      with: 'vitest',
      asFixture: majorVersion('vitest', project) >= FIRST_WITH_FIXTURE,
    };
  return { path: path.posix.join(folder, 'bench', `${stem}.bench.mjs`), with: 'node' };
}

const FIRST_WITH_FIXTURE = 5;

/** 0 where it is not installed. */
function majorVersion(name: string, project: StudiedProject): number {
  const manifest = project.readText(`node_modules/${name}/package.json`) ?? '';
  return Number(/"version"\s*:\s*"(\d+)/.exec(manifest)?.[1] ?? 0);
}

export async function runEcmascriptBenchmarks(
  node: Toolchain,
  sandbox: Sandbox,
  place: BenchmarkPlace,
): Promise<string | undefined> {
  const words =
    place.with === 'vitest' ? ['node_modules/vitest/vitest.mjs', 'bench', '--run', place.path] : [place.path];
  return failureOf(
    await sandbox.run({
      program: node.program,
      arguments: words,
      environment: { ...node.environment, FORCE_COLOR: '0', CI: '1' },
    }),
  );
}

/** pytest-benchmark where the project declares it; else a script with `timeit`. */
export function pythonBenchmarkPlace(file: StudiedFile, project: StudiedProject): BenchmarkPlace {
  const stem = path.posix.basename(
    file.path === '__init__.py' ? project.root : file.path.replace(/\/__init__\.py$/, ''),
  );
  const declares = project.declared?.dependencies.some(({ name }) => name === 'pytest-benchmark') ?? false;
  const folder = project.declared?.folder ?? '';
  return {
    path: path.posix.join(folder, 'benchmarks', `bench_${stem.replace(/\.py$/, '').replace(/^_+/, '')}.py`),
    with: declares ? 'pytest-benchmark' : 'timeit',
  };
}

export async function runPythonBenchmarks(
  python: Toolchain,
  roots: readonly string[],
  sandbox: Sandbox,
  place: BenchmarkPlace,
): Promise<string | undefined> {
  return failureOf(
    await sandbox.run({
      program: python.program,
      arguments: place.with === 'timeit' ? [place.path] : ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', place.path],
      environment: {
        ...python.environment,
        PYTHONPATH: roots.map((folder) => path.join(sandbox.root, folder)).join(':'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
    }),
  );
}

function failureOf({ exit, errors, output }: SandboxResult): string | undefined {
  if (exit.kind === 'exited' && exit.code === 0) return undefined;
  const said = /\b\w*Error\b[^\n]*/.exec(`${errors}\n${output}`)?.[0] ?? exit.kind;
  return said.slice(0, 200);
}
