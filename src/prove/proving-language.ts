import type { Candidate } from '#generate/model/candidate.ts';
import type { ModuleSurface } from '#generate/model/surface.ts';
import type { BenchmarkRequest } from '#generate/write/benchmark-file.ts';
import type { TestFileRequest, TestStyle, WrittenFile } from '#generate/write/test-file.ts';
import type { Value } from '#generate/model/value.ts';
import type { ValuePool } from '#generate/values/value-pool.ts';
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import type { InstrumentedFile } from '#model/instrumented.ts';
import type { Sandbox, SandboxCommand } from '#sandbox/sandbox.ts';
import type { ExploredModule, LoadedModules } from './explorer.ts';

/** A file of the project that tests are generated for. */
export interface StudiedFile {
  /** From the tree's root. */
  readonly path: string;
  readonly text: string;
  readonly language: string;
}

/** The project as a language's part sees it. */
export interface StudiedProject {
  readonly root: string;
  readonly declared: DeclaredPackage | undefined;
  /** Every file of the tree. */
  readonly paths: readonly string[];
  /** Of any file of the tree; undefined where it cannot be read. */
  readText(path: string): string | undefined;
}

/** Surroundings in which tests must hold. */
export interface Surroundings {
  readonly timeZone: string;
  readonly locale: string;
  readonly hashSeed: string;
}

export const usualSurroundings: Surroundings = { timeZone: 'UTC', locale: 'C.UTF-8', hashSeed: '0' };
export const otherSurroundings: readonly Surroundings[] = [
  { timeZone: 'Pacific/Auckland', locale: 'de_DE.UTF-8', hashSeed: '12345' },
];

export interface TestPlace {
  /** From the tree's root. */
  readonly path: string;
  readonly style: TestStyle;
}

export interface BenchmarkPlace {
  /** From the tree's root. */
  readonly path: string;
  readonly with: BenchmarkRequest['with'];
  readonly asFixture?: BenchmarkRequest['asFixture'];
}

/** Title of a test → what became of it. */
export interface FrameworkRun {
  readonly passed: ReadonlySet<string>;
  /** With the reason, in the framework's words. */
  readonly failed: ReadonlyMap<string, string>;
  /** The file could not be run at all. */
  readonly broken: string | undefined;
}

/** What test generation needs of a language. Two implement it: JavaScript with TypeScript, and Python. */
export interface ProvingLanguage {
  readonly id: 'ecmascript' | 'python';
  /** Files that a test imports, with how; those that cannot be are left out. */
  modulesOf(files: readonly StudiedFile[], project: StudiedProject): ReadonlyMap<string, ExploredModule>;
  /** Rewrites a file so that it counts; undefined: left as it is. `by-harness`: the harness does it when it loads. */
  readonly instrument:
    | 'by-harness'
    | ((
        file: StudiedFile,
        id: string,
        firstMutant: number,
      ) => Promise<{ readonly text: string; readonly file: InstrumentedFile } | undefined>);
  /** What else the harness is told when it loads. */
  loading?(files: readonly StudiedFile[], project: StudiedProject): Readonly<Record<string, unknown>>;
  /** Puts the harness into the sandbox; what starts it. */
  harness(sandbox: Sandbox, mark: string, surroundings: Surroundings): Promise<SandboxCommand>;
  surfaces(loaded: LoadedModules, files: readonly StudiedFile[], project: StudiedProject): Promise<ModuleSurface[]>;
  fillPool(pool: ValuePool, files: readonly StudiedFile[], project: StudiedProject): void;
  examples(
    loaded: LoadedModules,
    files: readonly StudiedFile[],
    surfaces: readonly ModuleSurface[],
    project: StudiedProject,
  ): Promise<Candidate[]>;
  /** Where a test file for a module goes, and in which style. */
  placeTests(file: StudiedFile, project: StudiedProject): TestPlace;
  /** What a test file writes to import a module. */
  specifier(
    testPath: string,
    file: StudiedFile,
    project: StudiedProject,
  ): { readonly specifier: string; readonly name: string };
  write(request: TestFileRequest): WrittenFile;
  /** A value as a report shows it. */
  literal(value: Value): string;
  /** Runs files with the project's framework; in another order for each `seed`. */
  runTests(
    sandbox: Sandbox,
    paths: readonly string[],
    style: TestStyle,
    project: StudiedProject,
    seed: number,
  ): Promise<FrameworkRun>;
  placeBenchmarks(file: StudiedFile, project: StudiedProject): BenchmarkPlace;
  /** Why a benchmark file does not run to its end; undefined when it does. */
  runBenchmarks(sandbox: Sandbox, place: BenchmarkPlace, project: StudiedProject): Promise<string | undefined>;
}
