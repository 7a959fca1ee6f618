/** Which tests reach which code, as it was when the suite ran last. */
export interface CoverageMap {
  readonly version: 2;
  /** Tests by position. */
  readonly tests: readonly {
    readonly id: string;
    readonly path: string;
    readonly framework: string;
    readonly milliseconds: number;
  }[];
  /** Content hashes of the test files when they ran. */
  readonly testFiles: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, MappedFile>>;
}

export interface MappedFile {
  /** Content hash when it ran. */
  readonly hash: string;
  /** Functions, the inner ones after the outer ones: first and last line, the first line of what runs when they are called, and the tests that enter them. */
  readonly functions: readonly {
    readonly bodyLine: number;
    readonly startLine: number;
    readonly endLine: number;
    readonly tests: readonly number[];
    /** It ran while files were loaded, too. */
    readonly atLoad: boolean;
  }[];
  /** Test files whose loading, or tests whose running, touches anything of the file. */
  readonly loadedBy: readonly string[];
  readonly tests: readonly number[];
}
