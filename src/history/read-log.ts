/** Reads `git log` as a stream into packed tables. No commit is checked out. */
import { askGit, runGit } from '#base/git.ts';
import { TrowelError } from '#base/errors.ts';
import type { Emit } from '#base/progress.ts';
import type { HistoryAbsence, HistoryFacts } from '#model/history.ts';
import { joinHistories } from './join-histories.ts';
import { LogParser } from './log-parser.ts';

export interface ReadLogOptions {
  /** Folder of the tree: a work tree's root or any folder below it; paths are relative to it. */
  readonly root: string;
  readonly maximumCommits: number;
  /** An earlier reading of the same tree: only what came since is read, if HEAD still descends from it. */
  readonly earlier?: HistoryFacts | undefined;
  readonly emit: Emit;
  readonly signal?: AbortSignal | undefined;
}

/** The commit HEAD stands at; undefined without one. */
async function headCommit(root: string, signal?: AbortSignal): Promise<string | undefined> {
  return askGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], root, signal);
}

/** The history of what HEAD reaches, or why there is none. */
export async function readLog(options: ReadLogOptions): Promise<HistoryFacts | HistoryAbsence> {
  const { root, signal } = options;
  if (options.earlier && (await isOf(options.earlier, options))) return options.earlier;
  let inside: string | undefined;
  try {
    inside = await askGit(['rev-parse', '--is-inside-work-tree', '--is-shallow-repository'], root, signal);
  } catch (error) {
    if (error instanceof TrowelError && error.code === 'git-missing') return 'git-missing';
    throw error;
  }
  const [isInside, isShallow] = (inside ?? '').split('\n');
  if (isInside !== 'true') return 'not-a-repository';
  const head = await headCommit(root, signal);
  if (head === undefined) return 'no-commits';
  // A folder that the repository around it does not hold (a package installed inside one) has no history there.
  if ((await askGit(['ls-tree', '--name-only', head, './'], root, signal)) === '') return 'not-a-repository';
  const earlier =
    options.earlier && (await isUsable(options.earlier, head, isShallow === 'true', options))
      ? options.earlier
      : undefined;
  if (earlier?.head === head) return earlier;
  const range = earlier ? `${earlier.head}..${head}` : head;
  const total = Number((await askGit(['rev-list', '--count', range], root, signal)) ?? 0);
  const expected = Math.min(total, options.maximumCommits);
  const parser = new LogParser();
  let reported = 0;
  const result = await runGit(
    [
      'log',
      range,
      '--use-mailmap',
      '--no-show-signature',
      '--no-ext-diff',
      '--no-textconv',
      '--find-renames=60%',
      '-l400',
      '--numstat',
      '-z',
      '--relative',
      `--max-count=${options.maximumCommits}`,
      '--format=%x01%H%x02%P%x02%aN%x02%aE%x02%at%x02%s%x02',
    ],
    {
      cwd: root,
      signal,
      onData: (chunk) => {
        parser.push(chunk);
        if (parser.commitCount - reported < 200) return;
        reported = parser.commitCount;
        options.emit({ type: 'progress', stage: 'history', done: reported, total: expected });
      },
    },
  );
  if (result.exitCode !== 0) {
    throw new TrowelError('git-failed', `git log failed: ${result.stderr.trim().split('\n')[0] ?? ''}`, {
      hint: 'Run git log in the repository to see why.',
    });
  }
  const read = parser.finish({ head, shallow: isShallow === 'true', truncated: total > options.maximumCommits });
  return earlier ? joinHistories(read, earlier, parser.presentNames) : read;
}

/** One question to git where HEAD stands where it stood: starting git costs more than all else then. */
async function isOf(earlier: HistoryFacts, { root, maximumCommits, signal }: ReadLogOptions): Promise<boolean> {
  if (earlier.shallow || earlier.truncated || earlier.hashes.length >= maximumCommits) return false;
  try {
    const said = await askGit(
      ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', 'HEAD^{commit}'],
      root,
      signal,
    );
    return said === `true\nfalse\n${earlier.head}`;
  } catch (error) {
    if (error instanceof TrowelError && error.code === 'git-missing') return false;
    throw error;
  }
}

async function isUsable(
  earlier: HistoryFacts,
  head: string,
  shallow: boolean,
  { root, maximumCommits, signal }: ReadLogOptions,
): Promise<boolean> {
  if (earlier.shallow || shallow || earlier.truncated || earlier.hashes.length >= maximumCommits) return false;
  return (await runGit(['merge-base', '--is-ancestor', earlier.head, head], { cwd: root, signal })).exitCode === 0;
}
