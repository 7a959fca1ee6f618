import type { ProvenTest } from '#generate/keep/proven-test.ts';
import type { ImportedModule, TestStyle } from '#generate/write/test-file.ts';
import type { ProvingLanguage, StudiedFile, StudiedProject } from '../proving-language.ts';

/** A test file to be. Healing changes how it is written and what surrounds its tests; what they assert it cannot touch. */
export interface Draft {
  /** The module that it tests. */
  readonly subject: StudiedFile;
  /** From the tree's root. */
  readonly path: string;
  readonly style: TestStyle;
  readonly modules: readonly ImportedModule[];
  readonly tests: readonly ProvenTest[];
  readonly bindings: Readonly<Record<string, readonly string[]>>;
  /** Comments that a framework reads, at the very top. */
  readonly head?: readonly string[];
  /** Statements between imports and tests. */
  readonly setup?: readonly string[];
}

export type FailureKind =
  'syntax' | 'imports and paths' | 'module format' | 'missing mocks' | 'fixture data' | 'async' | 'environment';

/** What the framework said of a file, or of one of its tests. */
export interface Failure {
  readonly reason: string;
  /** Undefined: the file as a whole could not be run. */
  readonly test: ProvenTest | undefined;
}

/** Another way of writing the same tests. */
export interface Repair {
  /** What is done, as the report says it: `imports ../lib/a.js instead of ../lib/a`. */
  readonly what: string;
  readonly draft: Draft;
}

export interface HealContext {
  readonly project: StudiedProject;
  readonly language: ProvingLanguage['id'];
  /** The files behind the numbers of `modules`. */
  readonly sources: ReadonlyMap<number, StudiedFile>;
}

/** Knows one kind of failure, and what may put it right: the likeliest first. */
export interface Healer {
  readonly kind: FailureKind;
  recognises(failure: Failure): boolean;
  repairs(draft: Draft, failure: Failure, context: HealContext): readonly Repair[];
}
