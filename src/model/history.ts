/** What git's log says, as packed tables, newest commit first. Times are seconds since the epoch. */
export interface HistoryFacts {
  /** Commit at which the log was read. Its time is the history's "now". */
  readonly head: string;
  readonly headTime: number;
  /** The clone holds only the latest commits: ages and authorship are lower bounds. */
  readonly shallow: boolean;
  /** Older commits were left out by the limit. */
  readonly truncated: boolean;
  readonly authors: readonly { readonly name: string; readonly email: string }[];
  readonly hashes: readonly string[];
  readonly subjects: readonly string[];
  /** Rows of COMMIT_STRIDE. */
  readonly commits: Int32Array;
  /** Present names of files; a renamed file's older changes count for its present name. */
  readonly paths: readonly string[];
  /** Rows of CHANGE_STRIDE, grouped by commit, merges left out. */
  readonly changes: Int32Array;
}

export const CommitColumn = { author: 0, time: 1, flags: 2, firstChange: 3, changeCount: 4 } as const;
export const COMMIT_STRIDE = 5;
export const CommitFlag = { bugFix: 1, merge: 2 } as const;

/** Lines added and deleted are −1 for binary files. */
export const ChangeColumn = { path: 0, added: 1, deleted: 2 } as const;
export const CHANGE_STRIDE = 3;

/** Why there is no history to speak of. */
export type HistoryAbsence = 'not-a-repository' | 'no-commits' | 'git-missing';

export interface FileHistory {
  readonly path: string;
  readonly commits: number;
  readonly bugFixes: number;
  readonly linesAdded: number;
  readonly linesDeleted: number;
  /** Seconds since the epoch. */
  readonly firstChange: number;
  readonly lastChange: number;
  /** By degree of authorship, highest first. */
  readonly authors: readonly FileAuthor[];
}

export interface FileAuthor {
  /** Index into HistoryFacts.authors. */
  readonly author: number;
  readonly commits: number;
  /** Degree of authorship (Fritz et al., 2010), divided by the file's highest. */
  readonly authorship: number;
}

export interface SymbolHistory {
  /** Commits that changed these lines, newest first; at most `SYMBOL_COMMITS`. */
  readonly commits: readonly {
    readonly hash: string;
    readonly author: string;
    readonly time: number;
    readonly subject: string;
    readonly bugFix: boolean;
  }[];
  readonly truncated: boolean;
  /** Authors by number of those commits. */
  readonly owners: readonly { readonly name: string; readonly commits: number; readonly share: number }[];
}

export interface BlamedCommit {
  /** The commit that introduced the lines. */
  readonly introduced: string;
  /** The commit that mended them. */
  readonly fixed: string;
  /** The file's name before the mend. */
  readonly path: string;
  readonly lines: number;
}

export interface CoChange {
  readonly first: string;
  readonly second: string;
  /** Commits that changed both. */
  readonly support: number;
  /** support / commits that changed the rarer of the two. */
  readonly confidence: number;
}
