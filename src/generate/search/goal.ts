import type { Candidate, Seen } from '../model/candidate.ts';

/** What the search is after: a counter of an instrumented file that is to grow. */
export interface Goal {
  readonly id: number;
  /** Number of the instrumented file. */
  readonly file: number;
  readonly kind: 'statement' | 'branch' | 'function';
  readonly line: number;
  /** Runs when the module is loaded: no test is needed for it. */
  readonly atLoad: boolean;
  /** Where the harness measures how near a candidate came: number of the distance in the row of all files. */
  readonly distance?: number;
  /** Counts in reports; a loop that is not entered is a goal of the search alone. */
  readonly counted: boolean;
}

/** Executes candidates; the same order as given. A candidate that ends the worker is `hung`. */
export interface Executor {
  run(candidates: readonly Candidate[], options: RunOptions): Promise<readonly Seen[]>;
}

export interface RunOptions {
  /** Whole values, and state of receivers and arguments before and after. */
  readonly full?: boolean;
  /** Say which members results have. */
  readonly members?: boolean;
  /** Distances of branches that were not taken, and constants that were compared. */
  readonly near?: boolean;
  readonly mutant?: number;
  /** New instances of all modules for each candidate. */
  readonly fresh?: boolean;
  /** New instances of all modules before the first one. */
  readonly reopen?: boolean;
  /** The mutant takes effect while modules are loaded: load them again. */
  readonly reload?: boolean;
  /** The time that the code sees, in milliseconds. */
  readonly now: number;
  /** Milliseconds by which it goes on with each look at the clock; default 0. */
  readonly tick?: number;
  /** Seed of the randomness that the code sees; 0: one half each time. */
  readonly random: number;
}

/** 2024-02-29T12:34:56.789Z: a leap day, no field of which is alike another. */
export const SEEN_TIME = 1709210096789;
