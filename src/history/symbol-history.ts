import type { SymbolHistory } from '#model/history.ts';
import { runGit } from '#base/git.ts';
import { isBugFix } from './bug-fix.ts';

const SYMBOL_COMMITS = 30;

/**
 * Who changed a range of lines, followed back by `git log -L`. Undefined outside a repository, and for lines that are not
 * committed.
 */
export async function symbolHistory(
  root: string,
  path: string,
  firstLine: number,
  lastLine: number,
  signal?: AbortSignal,
): Promise<SymbolHistory | undefined> {
  const result = await runGit(
    [
      'log',
      '--use-mailmap',
      '--no-show-signature',
      '--no-ext-diff',
      '--no-textconv',
      '-s',
      `-L${firstLine},${lastLine}:${path}`,
      `--max-count=${SYMBOL_COMMITS + 1}`,
      '--format=%H%x1f%aN%x1f%at%x1f%s',
    ],
    { cwd: root, signal },
  );
  if (result.exitCode !== 0) return undefined;
  const rows = result.stdout
    .toString()
    .split('\n')
    .filter((line) => line.includes('\u001f'));
  if (rows.length === 0) return undefined;
  const commits = rows.slice(0, SYMBOL_COMMITS).map((row) => {
    const [hash = '', author = '', time = '0', subject = ''] = row.split('\u001f');
    return { hash, author, time: Number(time), subject, bugFix: isBugFix(subject) };
  });
  const owners = [...Map.groupBy(commits, ({ author }) => author)]
    .map(([name, own]) => ({ name, commits: own.length, share: own.length / commits.length }))
    .sort((a, b) => b.commits - a.commits || (a.name < b.name ? -1 : 1));
  return { commits, truncated: rows.length > SYMBOL_COMMITS, owners };
}
