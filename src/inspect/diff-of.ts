import { TrowelError } from '#base/errors.ts';
import { runGit, withoutFilters } from '#base/git.ts';

/** What differs from a commit, branch or tag in the work tree, as a diff without context lines. */
export async function diffOf(root: string, reference: string, signal: AbortSignal): Promise<string> {
  const commit = await runGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`], {
    cwd: root,
    signal,
  });
  if (commit.exitCode !== 0)
    throw new TrowelError('not-found', `${reference} is no commit of this repository.`, {
      hint: 'Give a branch, a tag or a commit, such as HEAD or main.',
    });
  const result = await runGit(
    [
      'diff',
      '-U0',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--relative',
      '--find-renames',
      commit.stdout.toString().trim(),
      '--',
    ],
    { cwd: root, signal, settings: await withoutFilters(root, signal) },
  );
  if (result.exitCode !== 0)
    throw new TrowelError('git-failed', `git diff failed: ${result.stderr.trim().split('\n')[0] ?? ''}`);
  return result.stdout.toString();
}
