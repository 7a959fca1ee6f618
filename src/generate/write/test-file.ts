import type { ProvenTest } from '../keep/proven-test.ts';

/** How tests of a project are written. */
export interface TestStyle {
  readonly framework: 'node:test' | 'vitest' | 'jest' | 'mocha' | 'pytest' | 'unittest';
  /** Of the test file; Python: ignored. */
  readonly format: 'module' | 'commonjs';
  /** Vitest and Jest with `globals`: nothing is imported. */
  readonly globals: boolean;
  readonly typescript: boolean;
  /** The project's library for property-based tests; without one they loop over inputs that were tried. */
  readonly properties?: 'fast-check' | 'hypothesis';
  /** Numbers without separators, letters beyond U+FFFF as two. */
  readonly plainSyntax?: true;
  /** Milliseconds that a test may take, where the framework's own limit is too short. */
  readonly patience?: number;
  /** Python: the steps of a test share one event loop. */
  readonly oneLoop?: true;
}

/** A module that a test file imports. */
export interface ImportedModule {
  readonly module: number;
  /** `../src/vector.js`; Python: `package.module`. */
  readonly specifier: string;
  readonly format: 'module' | 'commonjs';
  /** What a variable for the whole is called: `slugify`. */
  readonly name: string;
}

export interface TestFileRequest {
  readonly style: TestStyle;
  readonly modules: readonly ImportedModule[];
  readonly tests: readonly ProvenTest[];
  /** Comments that a framework reads, or statements that come before all imports. */
  readonly head?: readonly string[];
  /** Statements between imports and tests. */
  readonly setup?: readonly string[];
  /** By what tests replace, the names under which modules hold it (Python). */
  readonly bindings?: Readonly<Record<string, readonly string[]>>;
}

/** One test as it stands in a file, so that a failing one can be found and taken out. */
export interface WrittenTest {
  readonly test: ProvenTest;
  /** `slugify › returns 'a-b' for 'a b'`. */
  readonly title: string;
}

export interface WrittenFile {
  readonly text: string;
  readonly tests: readonly WrittenTest[];
}
