import type { ProvenTest } from '#generate/keep/proven-test.ts';
import type { Candidate } from '#generate/model/candidate.ts';
import { isMarked, valuesIn } from '#generate/model/value.ts';
import type { ImportedModule, TestStyle, WrittenFile } from '#generate/write/test-file.ts';
import type { GenerationRequest } from './generate-tests.ts';
import type { Draft } from './heal/draft.ts';
import { type Attempt, healDrafts } from './heal/heal-drafts.ts';
import type { StudiedFile, TestPlace } from './proving-language.ts';
import type { Study } from './study.ts';
import { withSandbox } from './with-sandbox.ts';

export interface SuiteFile extends WrittenFile {
  /** From the tree's root. */
  readonly path: string;
  /** The module that it tests. */
  readonly subject: string;
  readonly style: TestStyle;
}

export interface Suite {
  readonly files: readonly SuiteFile[];
  readonly dropped: readonly { readonly title: string; readonly reason: string }[];
  /** What was tried to put failing files right. */
  readonly attempts: readonly Attempt[];
  /** How often each file was run with the framework, without a failure, at the end. */
  readonly runs: number;
}

/** Writes the tests, a file a module, and has the project's own framework run them until they pass in several orders. */
export async function settleSuite(
  request: GenerationRequest,
  study: Study,
  tests: readonly ProvenTest[],
): Promise<Suite> {
  const { language, project } = request;
  return withSandbox(request.openSandbox, async (sandbox) => {
    const settled = await healDrafts(draftsOf(study, tests, request), {
      target: language,
      language: language.id,
      project,
      sources: new Map(study.modules.map((file, module) => [module, file])),
      sandbox,
    });
    return {
      files: settled.files.map(({ draft, written }) => ({
        ...written,
        path: draft.path,
        subject: draft.subject.path,
        style: draft.style,
      })),
      dropped: settled.dropped,
      attempts: settled.attempts,
      runs: settled.steadyRuns,
    };
  });
}

function draftsOf(study: Study, tests: readonly ProvenTest[], { language, project }: GenerationRequest): Draft[] {
  const groups = new Map<string, ProvenTest[]>();
  for (const test of tests) {
    const key = `${subjectModule(test)} ${isIntegration(test) ? 'integration' : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), test]);
  }
  const formatOf = (one: StudiedFile): ImportedModule['format'] =>
    language.modulesOf([one], project).get(one.path)!.format === 'commonjs' ? 'commonjs' : 'module';
  return [...groups.values()].map((group): Draft => {
    const subject = study.modules[subjectModule(group[0]!)]!;
    const place = isIntegration(group[0]!)
      ? besideUnitTests(language.placeTests(subject, project))
      : language.placeTests(subject, project);
    const used = new Set(group.flatMap(({ candidate }) => modulesUsed(candidate)));
    const mustImport =
      language.id === 'ecmascript' && [...used].some((one) => formatOf(study.modules[one]!) === 'module');
    const { path, style } = freePlace(mustImport ? asModule(place) : place, project.paths);
    const modules = study.modules.map((one, number) => ({
      module: number,
      format: formatOf(one),
      ...language.specifier(path, one, project),
    }));
    return { subject, path, style, modules, tests: group, bindings: study.loaded.bindings ?? {} };
  });
}

function isIntegration({ candidate }: ProvenTest): boolean {
  return candidate.origin === 'integration';
}

/** `decode.integration.test.js`, `test_decode_integration.py` */
function besideUnitTests(place: TestPlace): TestPlace {
  return {
    ...place,
    path: place.path.replace(/(?=\.(?:test|spec)\.[a-z]+$)/, '.integration').replace(/\.py$/, '_integration.py'),
  };
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
