import { TrowelError } from '#base/errors.ts';
import { runGit } from '#base/git.ts';
import { contentHash } from '#base/hash.ts';
import type { TestReport } from '#model/test-report.ts';

/** One commit on a branch of its own, made beside the work tree and the index; the branch's name. */
export async function commitFiles(
  root: string,
  files: readonly { readonly path: string; readonly text: string }[],
  report: TestReport,
  signal: AbortSignal,
): Promise<string> {
  const git = async (words: readonly string[], input?: string): Promise<string> => {
    const result = await runGit(words, { cwd: root, signal, ...(input === undefined ? {} : { input }) });
    if (result.exitCode !== 0)
      throw new TrowelError('git-failed', `git ${words[0]} failed: ${result.stderr.trim().split('\n')[0] ?? ''}`, {
        hint: 'Is it a git repository with at least one commit?',
      });
    return result.stdout.toString().trim();
  };
  const head = await git(['rev-parse', 'HEAD']);
  const prefix = await git(['rev-parse', '--show-prefix']);
  const branch = `trowel/tests-${contentHash(files.map((file) => file.path + file.text).join('\0')).slice(0, 8)}`;
  const lines: string[] = [];
  for (const file of files) {
    const blob = await git(['hash-object', '-w', '--stdin', '--no-filters'], file.text);
    lines.push(`100644 ${blob}\t${prefix}${file.path}`);
  }
  const tree = await treeWith(git, head, lines);
  const tests = report.files.reduce((sum, file) => sum + file.tests.length, 0);
  const message = `test: ${tests} generated tests for ${report.files.length === 1 ? report.files[0]!.subject : `${report.files.length} modules`}\n\nEach was run ${report.steadyRuns} times in different orders on ${report.runtime}.\n`;
  const commit = await git(['commit-tree', tree, '-p', head, '-m', message]);
  await git(['branch', '--no-track', branch, commit]);
  return branch;
}

type Git = (words: readonly string[], input?: string) => Promise<string>;

/** HEAD's tree with blobs put in, folder by folder: no index is touched. */
async function treeWith(git: Git, head: string, lines: readonly string[]): Promise<string> {
  const put = async (
    tree: string | undefined,
    entries: readonly { readonly parts: readonly string[]; readonly line: string }[],
  ): Promise<string> => {
    const listing = tree === undefined ? '' : await git(['ls-tree', tree]);
    const held = new Map(
      listing
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => [line.slice(line.indexOf('\t') + 1), line]),
    );
    const folders = new Map<string, { parts: readonly string[]; line: string }[]>();
    for (const { parts, line } of entries) {
      const [first = '', ...rest] = parts;
      if (rest.length === 0) held.set(first, `${line.slice(0, line.indexOf('\t')).replace(' ', ' blob ')}\t${first}`);
      else folders.set(first, [...(folders.get(first) ?? []), { parts: rest, line }]);
    }
    for (const [name, inside] of folders) {
      const existing = /^040000 tree (\w+)/.exec(held.get(name) ?? '')?.[1];
      held.set(name, `040000 tree ${await put(existing, inside)}\t${name}`);
    }
    return git(['mktree'], `${[...held.values()].join('\n')}\n`);
  };
  return put(
    `${head}^{tree}`,
    lines.map((line) => ({ parts: line.slice(line.indexOf('\t') + 1).split('/'), line })),
  );
}
