/** Results of tests, whoever ran them. */
export interface TestResult {
  readonly id: string;
  /** Tree-relative; '' where it is not known. */
  readonly path: string;
  readonly name: string;
  /** 1-based; 0 where it is not known. */
  readonly line: number;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
  readonly milliseconds: number;
}

export interface TestResults {
  /** Of the suite: its framework and folder, or the file that it was read from. */
  readonly name: string;
  readonly tests: readonly TestResult[];
}
