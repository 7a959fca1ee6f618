import path from 'node:path';
import type { Candidate, Step } from '#generate/model/candidate.ts';
import { pythonSurface, type PythonEntry } from '#generate/knowledge/python-surface.ts';
import { readLiterals } from '#generate/knowledge/read-literals.ts';
import { pythonDoubles } from '#generate/write/python-doubles.ts';
import { pythonLiteral } from '#generate/write/python-literal.ts';
import { writePython } from '#generate/write/python-writer.ts';
import type { Toolchain } from '#sandbox/toolchains/toolchain.ts';
import type { ExploredModule } from '../explorer.ts';
import type { ProvingLanguage, StudiedFile, StudiedProject } from '../proving-language.ts';
import { pythonBenchmarkPlace, runPythonBenchmarks } from './benchmarks.ts';
import { placePythonTests, runPythonTests } from './python-run.ts';

export interface PythonTools {
  readonly python: Toolchain;
  readonly harnessFolder: string;
}

const MOST_TEXTS = 60;

export function pythonTarget({ python, harnessFolder }: PythonTools): ProvingLanguage {
  return {
    id: 'python',
    modulesOf: (files, project) =>
      new Map(
        files.map((file): readonly [string, ExploredModule] => [
          file.path,
          { file: moduleName(file.path, project), format: 'python' },
        ]),
      ),
    instrument: 'by-harness',
    async harness(_sandbox, mark, { timeZone, locale, hashSeed }) {
      return {
        program: python.program,
        arguments: ['-B', '-W', 'ignore', path.join(harnessFolder, 'python', 'explore_main.py'), mark],
        environment: {
          ...python.environment,
          TZ: timeZone,
          LANG: locale,
          LC_ALL: locale,
          PYTHONHASHSEED: hashSeed,
          PYTHONDONTWRITEBYTECODE: '1',
        },
      };
    },
    loading(files, project) {
      return {
        paths: importRoots(files, project).map((folder) => path.join(project.root, folder)),
        texts: exampleTexts(files, project),
        doubles: pythonDoubles,
      };
    },
    async surfaces(loaded) {
      return loaded.surface.map(({ entries }, module) =>
        pythonSurface(module, (entries ?? []) as unknown as readonly PythonEntry[]),
      );
    },
    fillPool(pool, files) {
      for (const { text } of files) readLiterals(text, pool);
    },
    async examples(loaded) {
      const make = (steps: readonly Step[]): Candidate => ({ steps: steps.map(asNew(loaded)), origin: 'examples' });
      return [
        ...(loaded.documented ?? []).map(({ steps, value }) => ({ ...make(steps), documented: value })),
        ...(loaded.examples ?? []).map(make),
      ];
    },
    placeTests: placePythonTests,
    specifier: (_testPath, file, project) => ({
      specifier: moduleName(file.path, project),
      name: path.posix
        .basename(file.path === '__init__.py' ? project.root : file.path.replace(/\/__init__\.py$/, ''))
        .replace(/\.py$/, ''),
    }),
    write: writePython,
    literal: (value) =>
      pythonLiteral(value, {
        step: String,
        imported: (_, path) => path.join('.'),
        callback: () => undefined,
        made: (name) => name.split(/[:.]/).at(-1)!,
      }),
    runTests: (sandbox, paths, style, project, seed) =>
      runPythonTests(
        python,
        importRoots(
          paths.map((one) => ({ path: one })),
          project,
        ),
        sandbox,
        paths,
        style,
        seed,
      ),
    placeBenchmarks: pythonBenchmarkPlace,
    runBenchmarks: (sandbox, place, project) =>
      runPythonBenchmarks(python, importRoots([{ path: place.path }], project), sandbox, place),
  };
}

/** Classes are made by `new`, so that names and reports can tell. */
function asNew(loaded: {
  readonly surface: readonly {
    readonly entries?: readonly { readonly path: readonly string[]; readonly kind: string }[];
  }[];
}): (step: Step) => Step {
  return (step) => {
    const { on } = step;
    if (step.op !== 'call' || !('module' in on)) return step;
    const isClass = loaded.surface[on.module]?.entries?.some(
      (entry) => entry.kind === 'class' && entry.path.join('.') === on.path.join('.'),
    );
    return isClass ? { ...step, op: 'new' } : step;
  };
}

/** The folders from which modules are imported: those in which the outermost packages lie. */
function importRoots(files: readonly { readonly path: string }[], project: StudiedProject): string[] {
  const roots = new Set(
    files.filter(({ path: file }) => !/(?:^|\/)tests?\//.test(file)).map(({ path: file }) => rootOf(file, project)),
  );
  const sources = project.declared?.sourceFolders ?? [];
  for (const folder of sources)
    if (folder !== '' && project.paths.some((one) => one.startsWith(`${folder}/`) && one.endsWith('.py')))
      roots.add(folder);
  roots.add('');
  if (project.paths.some((one) => one.startsWith('src/') && one.endsWith('.py'))) roots.add('src');
  return [...roots].sort((a, b) => b.length - a.length);
}

function rootOf(file: string, project: StudiedProject): string {
  let folder = path.posix.dirname(file);
  const known = new Set(project.paths);
  while (folder !== '.' && known.has(`${folder}/__init__.py`)) folder = path.posix.dirname(folder);
  return folder === '.' ? '' : folder;
}

function moduleName(file: string, project: StudiedProject): string {
  const root = rootOf(file, project);
  const inside = root === '' ? file : file.slice(root.length + 1);
  return inside
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
}

/** What shows how the modules are used: documentation, tests, examples, and the modules' own docstrings. */
function exampleTexts(files: readonly StudiedFile[], project: StudiedProject): (readonly [string, string])[] {
  const texts: (readonly [string, string])[] = [];
  const isUseful = (one: string): boolean =>
    /(?:^|\/)(?:readme[^/]*|usage|tutorial|quickstart|examples?)\.(?:md|rst|txt)$/i.test(one) ||
    /^docs?\/.*\.(?:md|rst)$/i.test(one);
  for (const one of project.paths.filter(isUseful).slice(0, 20))
    texts.push(['prose', (project.readText(one) ?? '').slice(0, 100_000)]);
  for (const { text } of files) texts.push(['prose', text.slice(0, 100_000)]);
  const tests = project.paths.filter((one) =>
    /(?:^|\/)(?:tests?|examples?)\/.*\.py$|(?:^|\/)test_[^/]*\.py$|_test\.py$/.test(one),
  );
  for (const one of tests.slice(0, 40)) texts.push(['python', (project.readText(one) ?? '').slice(0, 100_000)]);
  return texts.slice(0, MOST_TEXTS);
}
