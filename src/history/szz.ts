/**
 * Which commits put in the lines that bug-fix commits took out: SZZ (Śliwerski, Zimmermann, Zeller, MSR 2005), in the variant
 * that passes over blank and comment lines and white-space changes (Kim et al., 2006).
 */
import { throwIfAborted } from '#base/abort.ts';
import { runGit } from '#base/git.ts';
import type { Emit } from '#base/progress.ts';
import type { BlamedCommit, HistoryFacts } from '#model/history.ts';
import { COMMIT_STRIDE, CommitColumn, CommitFlag } from '#model/history.ts';
import { deletedLines } from './deleted-lines.ts';

export interface SzzOptions {
  readonly root: string;
  /** Only the latest so many bug-fix commits: each costs a diff, and a blame a file. */
  readonly maximumFixes: number;
  readonly emit: Emit;
  readonly signal?: AbortSignal | undefined;
}

/** Fixes that touch more files than this are sweeping changes, not mends of one fault. */
const MAXIMUM_FILES_A_FIX = 12;

export async function blameFixes(history: HistoryFacts, options: SzzOptions): Promise<BlamedCommit[]> {
  const fixes = history.hashes
    .filter((_, row) => {
      const at = row * COMMIT_STRIDE;
      const changes = history.commits[at + CommitColumn.changeCount]!;
      return (
        (history.commits[at + CommitColumn.flags]! & CommitFlag.bugFix) !== 0 &&
        changes > 0 &&
        changes <= MAXIMUM_FILES_A_FIX
      );
    })
    .slice(0, options.maximumFixes);
  const blamed: BlamedCommit[] = [];
  for (const [index, fix] of fixes.entries()) {
    throwIfAborted(options.signal);
    options.emit({ type: 'progress', stage: 'history', done: index, total: fixes.length, detail: 'bug fixes' });
    const diff = await runGit(
      [
        'diff',
        '-U0',
        '--no-ext-diff',
        '--no-textconv',
        '--relative',
        '--ignore-all-space',
        '--find-renames',
        `${fix}^`,
        fix,
      ],
      { cwd: options.root, signal: options.signal },
    );
    // A root commit has no parent: it mends nothing.
    if (diff.exitCode !== 0) continue;
    for (const { path, ranges } of deletedLines(diff.stdout.toString()))
      blamed.push(...(await blame(fix, path, ranges, options)));
  }
  return blamed;
}

async function blame(
  fix: string,
  path: string,
  ranges: readonly (readonly [number, number])[],
  options: SzzOptions,
): Promise<BlamedCommit[]> {
  const result = await runGit(
    [
      'blame',
      '--no-textconv',
      '-w',
      '--porcelain',
      ...ranges.map(([first, last]) => `-L${first},${last}`),
      `${fix}^`,
      '--',
      path,
    ],
    {
      cwd: options.root,
      signal: options.signal,
    },
  );
  if (result.exitCode !== 0) return [];
  const lines = new Map<string, number>();
  for (const line of result.stdout.toString().split('\n')) {
    const commit = /^([0-9a-f]{40,64}) \d+ \d+/.exec(line)?.[1];
    if (commit) lines.set(commit, (lines.get(commit) ?? 0) + 1);
  }
  return Array.from(lines, ([introduced, count]) => ({ introduced, fixed: fix, path, lines: count }));
}
