import type { Sandbox, SandboxLimits } from '#sandbox/sandbox.ts';
import type { Suite } from './find-suites.ts';

export interface SuiteSource {
  /** Tree-relative. */
  readonly path: string;
  readonly text: string;
  readonly language: string;
}

/** First and last line, 1-based, by path. */
export type LineRanges = Readonly<Record<string, readonly (readonly [number, number])[]>>;

export interface SuiteRequest {
  readonly suite: Suite;
  /** What is counted and mutated. */
  readonly sources: readonly SuiteSource[];
  /** Other files of the same languages, tests among them. */
  readonly plain: readonly SuiteSource[];
  readonly sandbox: Sandbox;
  /** The project's own interpreter, absolute. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mode: 'cover' | 'mutate';
  /** Which files get mutants; default: all. */
  readonly mutates?: (source: SuiteSource) => boolean;
  /** Mutants on these lines only; default: all. */
  readonly ranges?: LineRanges;
  /** Test files to run; default: all. */
  readonly testFiles?: readonly string[];
  /** Shuffled re-runs. */
  readonly repeats?: number;
  readonly seed?: number;
  /** The longest that one test may take. */
  readonly milliseconds?: number;
  readonly limits?: Partial<SandboxLimits>;
  readonly onProgress?: (done: number, total: number | undefined, detail: string) => void;
  readonly signal: AbortSignal;
}
