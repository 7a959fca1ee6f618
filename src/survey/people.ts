import { coChanges } from '#history/co-change.ts';
import { knowledgeIslands, truckFactor } from '#history/truck-factor.ts';
import type { FileHistory, HistoryFacts } from '#model/history.ts';
import { COMMIT_STRIDE, CommitColumn, CommitFlag } from '#model/history.ts';
import type { SurveyCoupling, SurveyMonth, SurveyPeople } from '#model/survey.ts';

const HALF_A_YEAR = 183 * 24 * 3600;

/** Who knows the code, measured at the time of HEAD's commit. */
export function people(history: HistoryFacts, files: ReadonlyMap<string, FileHistory>): SurveyPeople {
  const name = (author: number): string => history.authors[author]?.name || history.authors[author]?.email || 'unknown';
  const truck = truckFactor(files.values());
  const active = new Set<number>();
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  let bugFixes = 0;
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE) {
    const time = history.commits[at + CommitColumn.time]!;
    first = Math.min(first, time);
    last = Math.max(last, time);
    if (time >= history.headTime - HALF_A_YEAR) active.add(history.commits[at + CommitColumn.author]!);
    if ((history.commits[at + CommitColumn.flags]! & CommitFlag.bugFix) !== 0) bugFixes++;
  }
  return {
    commits: history.hashes.length,
    authors: history.authors.length,
    activeAuthors: active.size,
    truckFactor: truck.factor,
    keyAuthors: truck.keyAuthors.map(({ author, files: known }) => ({ name: name(author), files: known })),
    // One author for all is not an island: it is the whole sea.
    islands:
      history.authors.length < 2
        ? []
        : knowledgeIslands(files.values()).map((island) => ({ ...island, author: name(island.author) })),
    firstCommit: Number.isFinite(first) ? first : 0,
    lastCommit: last,
    bugFixes,
    shallow: history.shallow,
    truncated: history.truncated,
  };
}

/** Commits and bug fixes by calendar month (UTC), oldest first, months without commits included. */
export function activity(history: HistoryFacts): SurveyMonth[] {
  const months = new Map<string, { commits: number; bugFixes: number }>();
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE) {
    const month = new Date(history.commits[at + CommitColumn.time]! * 1000).toISOString().slice(0, 7);
    const entry = months.get(month) ?? { commits: 0, bugFixes: 0 };
    entry.commits++;
    if ((history.commits[at + CommitColumn.flags]! & CommitFlag.bugFix) !== 0) entry.bugFixes++;
    months.set(month, entry);
  }
  const known = [...months.keys()].sort();
  if (known.length === 0) return [];
  const result: SurveyMonth[] = [];
  const [year = 0, month = 1] = known[0]!.split('-').map(Number);
  for (const date = new Date(Date.UTC(year, month - 1, 1)); ; date.setUTCMonth(date.getUTCMonth() + 1)) {
    const key = date.toISOString().slice(0, 7);
    result.push({ month: key, ...(months.get(key) ?? { commits: 0, bugFixes: 0 }) });
    if (key === known[known.length - 1]) return result;
  }
}

/** Files that change together; `hidden` where nothing in the code joins them. */
export function coupling(
  history: HistoryFacts,
  wanted: (path: string) => boolean,
  joined: (first: string, second: string) => boolean,
): SurveyCoupling[] {
  return coChanges(history, { wanted }).map((pair) => ({ ...pair, hidden: !joined(pair.first, pair.second) }));
}
