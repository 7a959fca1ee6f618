/** What running a suite tells: every test, what it covers, which mutants it kills. */
import type { InstrumentedFile, Mutant } from './instrumented.ts';
import type { TestResult } from './test-results.ts';

/** Indexes of counters that were above 0, by file. */
export type CoveredCounters = Readonly<Record<string, readonly number[]>>;

/** One test of a run suite: its id is stable in it, its path always known. */
export interface TestRun extends TestResult {
  readonly covered: CoveredCounters;
}

export type MutantStatus = 'killed' | 'survived' | 'timeout' | 'no-coverage';

export interface MutantRun {
  readonly mutant: number;
  readonly status: MutantStatus;
  /** Tests that failed under it; the first one only. */
  readonly by: readonly string[];
  /** Number of tests that were run for it. */
  readonly tests: number;
  readonly milliseconds: number;
  readonly message?: string;
}

export interface SuiteRun {
  readonly framework: string;
  /** Folder of the package, '' for the tree's root. */
  readonly folder: string;
  readonly files: readonly InstrumentedFile[];
  /** Sources that could not be rewritten, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly tests: readonly TestRun[];
  /** What loading test files covers, before any test; `path` is undefined where all were loaded at once. */
  readonly loaded: readonly { readonly path: string | undefined; readonly covered: CoveredCounters }[];
  /** Outcomes of shuffled re-runs. */
  readonly reruns: readonly { readonly round: number; readonly id: string; readonly outcome: string }[];
  readonly mutants: readonly MutantRun[];
  /** Mutants that a compiler cannot tell from the original. */
  readonly equivalent: readonly Mutant[];
  readonly errors: readonly string[];
  /** The run came to its end; else `errors` says why not. */
  readonly complete: boolean;
  readonly milliseconds: number;
}

/** Tests with more than one outcome over the run and its re-runs. */
export function flakyTests(run: Pick<SuiteRun, 'tests' | 'reruns'>): readonly string[] {
  const outcomes = new Map(run.tests.map(({ id, outcome }) => [id, new Set<string>([outcome])]));
  for (const { id, outcome } of run.reruns) outcomes.get(id)?.add(outcome);
  return [...outcomes].filter(([, seen]) => seen.size > 1).map(([id]) => id);
}
