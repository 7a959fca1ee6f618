/** The result of mutation testing, as reports and formats see it. */
import type { CodePlace } from './instrumented.ts';
import type { MutantStatus } from './suite-run.ts';

export interface MutantResult {
  readonly path: string;
  readonly operator: string;
  readonly place: CodePlace;
  readonly replacement: string;
  readonly status: MutantStatus | 'equivalent';
  readonly static: boolean;
  /** Ids of tests. */
  readonly killedBy: readonly string[];
  readonly coveredBy: readonly string[];
  /** Number of tests that were run for it. */
  readonly tests: number;
  readonly milliseconds: number;
  readonly message?: string;
  /** From an earlier run of the same file and tests. */
  readonly kept: boolean;
}

export interface MutationScore {
  readonly killed: number;
  readonly survived: number;
  readonly timeouts: number;
  readonly noCoverage: number;
  /** Left out of every score. */
  readonly equivalent: number;
  /** (killed + timeouts) of all that are not equivalent, 0–100; undefined where there are none. */
  readonly score: number | undefined;
  /** The same of those that some test reaches. */
  readonly coveredScore: number | undefined;
}

export interface MutationReport {
  readonly score: MutationScore;
  readonly files: readonly {
    readonly path: string;
    readonly language: string;
    readonly source: string;
    readonly score: MutationScore;
  }[];
  readonly mutants: readonly MutantResult[];
  readonly tests: readonly {
    readonly id: string;
    readonly path: string;
    readonly name: string;
    readonly line: number;
  }[];
}
