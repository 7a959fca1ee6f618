/** How the suite of one test framework is run with our harness: the port that each of the six implements. */

export interface SuitePlaces {
  /** Absolute, as commands see them. */
  readonly harness: string;
  readonly plan: string;
  /** Folder of the package. */
  readonly folder: string;
  /** Test files to run, relative to the folder; empty: what the framework finds. */
  readonly testFiles: readonly string[];
}

export interface SuiteCommand {
  readonly program: 'node' | 'python';
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface TestFramework {
  /** As projects' declarations name it. */
  readonly id: string;
  readonly language: 'ecmascript' | 'python';
  /** Compiles TypeScript by the project's own settings; without it, files lose their types before they are run. */
  readonly compiles: boolean;
  /** Does not look for test files by itself. */
  readonly needsFiles: boolean;
  /** What a test file says that only this framework's test files say. */
  readonly signs: RegExp;
  command(places: SuitePlaces): SuiteCommand;
  /** What the framework's own settings file says that the harness needs, as data. */
  settings?(text: string): Readonly<Record<string, unknown>>;
  /** What a script that starts the framework says; undefined where it does not start it. */
  commandLine?(command: string): CommandLine | undefined;
}

export interface CommandLine {
  /** Files, folders and globs, as written. */
  readonly files: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
}
