/** Files by what git knows of them: who changed them, and when last. */
import { TrowelError } from '#base/errors.ts';
import { CHANGE_STRIDE, ChangeColumn, COMMIT_STRIDE, CommitColumn, type HistoryFacts } from '#model/history.ts';

export interface ChangeQuestion {
  /** Part of a name or mail address, in any case. */
  readonly author: string | undefined;
  /** A day (2026-01-31), a span back from now (30d, 12w, 6m, 1y), or the first digits of a commit. */
  readonly since: string | undefined;
}

/** Paths of files that a commit of the author, not older than that, changed. Throws `usage` and `not-found`. */
export function filesChangedBy(history: HistoryFacts, { author, since }: ChangeQuestion, now: number): Set<string> {
  const from = since === undefined ? -Infinity : timeOf(since, history, now);
  const wanted = author?.toLowerCase();
  const isWanted = history.authors.map(
    ({ name, email }) =>
      wanted === undefined || name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted),
  );
  if (!isWanted.includes(true))
    throw new TrowelError('not-found', `No commit is by ${author}.`, {
      hint: `Authors: ${history.authors
        .slice(0, 8)
        .map(({ name }) => name)
        .join(', ')}.`,
    });
  const paths = new Set<string>();
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE) {
    if (!isWanted[history.commits[at + CommitColumn.author]!] || history.commits[at + CommitColumn.time]! < from)
      continue;
    const first = history.commits[at + CommitColumn.firstChange]!;
    const last = first + history.commits[at + CommitColumn.changeCount]!;
    for (let change = first; change < last; change++)
      paths.add(history.paths[history.changes[change * CHANGE_STRIDE + ChangeColumn.path]!]!);
  }
  return paths;
}

const spans: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30.44, y: 365.25 };
const DAY = 86_400;

/** Seconds since the epoch. */
function timeOf(since: string, history: HistoryFacts, now: number): number {
  const span = /^(\d{1,5})\s*([dwmy])/i.exec(since);
  if (span) return now / 1000 - Number(span[1]) * spans[span[2]!.toLowerCase()]! * DAY;
  if (/^\d{4}-\d{2}(?:-\d{2})?/.test(since)) {
    const time = Date.parse(since);
    if (!Number.isNaN(time)) return time / 1000;
  }
  if (/^[0-9a-f]{4,40}$/i.test(since)) {
    const commit = history.hashes.findIndex((hash) => hash.startsWith(since.toLowerCase()));
    if (commit >= 0) return history.commits[commit * COMMIT_STRIDE + CommitColumn.time]!;
  }
  throw new TrowelError('usage', `${since} is no time.`, {
    hint: 'Give a day (2026-01-31), a span (30d, 12w, 6m, 1y), or a commit.',
  });
}
