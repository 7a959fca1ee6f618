/** What is known of one tool or framework of the Python world. */
import type { DeclaredEntry } from '../ecosystem.ts';
import type { PythonPackage } from './python-package.ts';

export interface PythonTool {
  readonly id: string;
  /** In use where one of these modules is imported or depended on; empty: wherever a conventional file is. Normalised names. */
  readonly packages: readonly string[];
  /** Files that it loads by convention: globs from the package's folder. */
  readonly conventions?: readonly {
    readonly globs: readonly string[];
    readonly use: DeclaredEntry['use'];
    /** The only names that it reads. */
    readonly exports?: readonly string[];
  }[];
  /** Reads its settings, from its own files or from pyproject.toml's data. */
  read?(into: PythonPackage, pyproject: Readonly<Record<string, unknown>>): void;
}
