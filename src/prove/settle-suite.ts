import type { ProvenTest } from '#generate/keep/proven-test.ts';
import type { Candidate } from '#generate/model/candidate.ts';
import { isMarked, valuesIn } from '#generate/model/value.ts';
import type { TestStyle, WrittenFile } from '#generate/write/test-file.ts';
import type { GenerationRequest } from './generate-tests.ts';
import type { StudiedFile, TestPlace } from './proving-language.ts';
import type { Study } from './study.ts';

export interface SuiteFile extends WrittenFile {
  /** From the tree's root. */
  readonly path: string;
  /** The module that it tests. */
  readonly subject: string;
  readonly style: TestStyle;
}

export interface Dropped {
  readonly title: string;
  readonly reason: string;
}

export interface Suite {
  readonly files: readonly SuiteFile[];
  readonly dropped: readonly Dropped[];
  /** How often each file was run with the framework, without a failure, at the end. */
  readonly runs: number;
}

const ROUNDS = 4;
const STEADY_RUNS = 3;

/**
 * Writes the tests, runs them with the project's own framework, and takes out what fails, until all pass in several orders: a
 * test that fails there is never kept by weakening it.
 */
export async function settleSuite(
  request: GenerationRequest,
  study: Study,
  tests: readonly ProvenTest[],
): Promise<Suite> {
  const { language, project } = request;
  const sandbox = await request.openSandbox();
  const dropped: Dropped[] = [];
  const out = new Set<ProvenTest>();
  try {
    const bySubject = groupBySubject(study, tests, request);
    let files: SuiteFile[] = [];
    let steady = 0;
    for (let round = 0; round < ROUNDS + STEADY_RUNS && steady < STEADY_RUNS; round++) {
      if (steady === 0) {
        files = writeAll(bySubject, out, study, request);
        for (const file of files) await sandbox.writeFile(file.path, file.text);
      }
      let failures = 0;
      for (const [style, group] of groupByStyle(files)) {
        const run = await language.runTests(
          sandbox,
          group.map(({ path }) => path),
          style,
          project,
          round + 1,
        );
        for (const file of group) {
          for (const { test, title } of file.tests) {
            if (run.passed.has(title) && !run.failed.has(title)) continue;
            failures++;
            out.add(test);
            dropped.push({ title, reason: run.failed.get(title) ?? run.broken ?? 'The framework did not run it.' });
          }
        }
      }
      steady = failures === 0 ? steady + 1 : 0;
    }
    return {
      files: steady >= STEADY_RUNS ? files.filter(({ tests: kept }) => kept.length > 0) : [],
      dropped,
      runs: steady,
    };
  } finally {
    await sandbox.close();
  }
}

interface Subject {
  readonly file: StudiedFile;
  readonly place: TestPlace;
  readonly tests: readonly ProvenTest[];
}

function groupBySubject(
  study: Study,
  tests: readonly ProvenTest[],
  { language, project }: GenerationRequest,
): Subject[] {
  const groups = new Map<number, ProvenTest[]>();
  for (const test of tests) {
    const module = subjectModule(test);
    groups.set(module, [...(groups.get(module) ?? []), test]);
  }
  const isModule = (one: StudiedFile): boolean => language.modulesOf([one], project).get(one.path)!.format === 'module';
  return [...groups].map(([module, group]) => {
    const place = language.placeTests(study.modules[module]!, project);
    const used = new Set(group.flatMap(({ candidate }) => modulesUsed(candidate)));
    const mustImport = [...used].some((one) => isModule(study.modules[one]!));
    return {
      file: study.modules[module]!,
      place: freePlace(mustImport ? asModule(place) : place, project.paths),
      tests: group,
    };
  });
}

function modulesUsed({ steps }: Candidate): number[] {
  return steps.flatMap((step) => [
    ...('module' in step.on ? [step.on.module] : []),
    ...[...(step.with ?? []), ...(step.named ?? []).map(([, value]) => value)]
      .flatMap((value) => [...valuesIn(value)])
      .flatMap((value) => (isMarked(value) && value.$ === 'import' ? [value.m] : [])),
  ]);
}

/** CommonJS cannot load modules on every Node: a file that needs one is one. */
function asModule(place: TestPlace): TestPlace {
  if (place.style.format === 'module' || !/^(?:node:test|mocha)$/.test(place.style.framework)) return place;
  return { path: place.path.replace(/\.c?js$/, '.mjs'), style: { ...place.style, format: 'module' } };
}

/** The module that the test's last own call is on. */
function subjectModule({ candidate, property }: ProvenTest): number {
  if (property) return property.functions[0]!.module;
  for (const step of candidate.steps.toReversed()) if ('module' in step.on) return step.on.module;
  return 0;
}

/** Existing files are never touched. */
function freePlace(place: TestPlace, paths: readonly string[]): TestPlace {
  let path = place.path;
  for (let number = 1; paths.includes(path); number++) {
    path = place.path.replace(
      /(?=\.(?:test|spec)\.[a-z]+$|\.py$)/,
      number === 1 ? '-generated' : `-generated-${number}`,
    );
    if (place.path.endsWith('.py')) path = path.replaceAll('-', '_');
  }
  return { ...place, path };
}

function writeAll(
  subjects: readonly Subject[],
  out: ReadonlySet<ProvenTest>,
  study: Study,
  { language, project }: GenerationRequest,
): SuiteFile[] {
  return subjects.flatMap(({ file, place, tests }): SuiteFile[] => {
    const kept = tests.filter((test) => !out.has(test));
    const modules = study.modules.map((one, module) => ({
      module,
      format:
        language.modulesOf([one], project).get(one.path)!.format === 'commonjs'
          ? ('commonjs' as const)
          : ('module' as const),
      ...language.specifier(place.path, one, project),
    }));
    return [
      {
        ...language.write({ style: place.style, modules, tests: kept, bindings: study.loaded.bindings ?? {} }),
        path: place.path,
        subject: file.path,
        style: place.style,
      },
    ];
  });
}

/** Files of one framework and format run together. */
function groupByStyle(files: readonly SuiteFile[]): [TestStyle, SuiteFile[]][] {
  const groups = new Map<string, [TestStyle, SuiteFile[]]>();
  for (const file of files) {
    if (file.tests.length === 0) continue;
    const key = `${file.style.framework} ${file.style.format}`;
    const group = groups.get(key) ?? [file.style, []];
    group[1].push(file);
    groups.set(key, group);
  }
  return [...groups.values()];
}
