import type { BenchResult } from './measure/report.ts';

export interface BenchOptions {
  /** Interleaved runs of each contender. */
  readonly runs: number;
  /** Only these trees. */
  readonly trees: readonly string[] | undefined;
  /** Rivals that stay out. */
  readonly without: ReadonlySet<string>;
  readonly say: (message: string) => void;
}

export type Bench = (options: BenchOptions) => Promise<BenchResult>;
