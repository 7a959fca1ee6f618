import type { SkippedFile, SourceFile } from '#model/source-file.ts';
import type { GitFolder } from './git-folder.ts';

export interface ScanOptions {
  /** Larger files are skipped. Default 4 MiB. */
  readonly maxBytes?: number;
  /** Rules in the form of `.gitignore`, from the configuration; stronger than any file's. */
  readonly excludes?: readonly string[];
  /** Where the user's own ignore file is found (`HOME`, `XDG_CONFIG_HOME`). */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface ScanResult {
  /** Real path of the root. */
  readonly root: string;
  /** By path. A file that git tracks is here even where an ignore rule speaks of it: what is tracked belongs to the project. */
  readonly files: readonly SourceFile[];
  /** An ignored folder is one entry, with a slash at its end. */
  readonly skipped: readonly SkippedFile[];
  /** Paths of the files that describe projects (package.json, pyproject.toml, go.mod, …), a part of `files`. */
  readonly manifests: readonly string[];
  /** What a person should know: why next to nothing was found, names that differ in case only, a root that its repository ignores, … */
  readonly notes: readonly string[];
  /** The repository whose work tree holds the root. */
  readonly repository: GitFolder | undefined;
}
