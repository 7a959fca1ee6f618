import type { FileAuthor, FileHistory, HistoryFacts } from '#model/history.ts';
import { CHANGE_STRIDE, ChangeColumn, COMMIT_STRIDE, CommitColumn, CommitFlag } from '#model/history.ts';

interface Tally {
  commits: number;
  bugFixes: number;
  linesAdded: number;
  linesDeleted: number;
  firstChange: number;
  lastChange: number;
}

/**
 * Degree of authorship by Fritz et al. ("A degree-of-knowledge model", ICSE 2010), with the weights that Avelino et al. (2016)
 * use for truck factors: 3.293 + 1.098·FA + 0.164·DL − 0.321·ln(1 + AC), where FA is 1 for the file's creator, DL the author's
 * own changes and AC everyone else's.
 */
export function degreeOfAuthorship(isCreator: boolean, ownChanges: number, othersChanges: number): number {
  return 3.293 + (isCreator ? 1.098 : 0) + 0.164 * ownChanges - 0.321 * Math.log(1 + othersChanges);
}

/** History of every path that `wanted` accepts (normally: the files of the index). */
export function fileHistories(history: HistoryFacts, wanted: (path: string) => boolean): Map<string, FileHistory> {
  const keep = history.paths.map(wanted);
  const tallies = new Map<number, Tally>();
  const authorsOf = new Map<number, Map<number, number>>();
  const creatorOf = new Map<number, number>();
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE) {
    const author = history.commits[at + CommitColumn.author]!;
    const time = history.commits[at + CommitColumn.time]!;
    const isFix = (history.commits[at + CommitColumn.flags]! & CommitFlag.bugFix) !== 0;
    const first = history.commits[at + CommitColumn.firstChange]!;
    const end = first + history.commits[at + CommitColumn.changeCount]!;
    for (let row = first * CHANGE_STRIDE; row < end * CHANGE_STRIDE; row += CHANGE_STRIDE) {
      const path = history.changes[row + ChangeColumn.path]!;
      if (!keep[path]) continue;
      const tally = entry(tallies, path, () => ({
        commits: 0,
        bugFixes: 0,
        linesAdded: 0,
        linesDeleted: 0,
        firstChange: time,
        lastChange: time,
      }));
      tally.commits++;
      if (isFix) tally.bugFixes++;
      tally.linesAdded += Math.max(0, history.changes[row + ChangeColumn.added]!);
      tally.linesDeleted += Math.max(0, history.changes[row + ChangeColumn.deleted]!);
      tally.firstChange = Math.min(tally.firstChange, time);
      tally.lastChange = Math.max(tally.lastChange, time);
      // Newest commit first: the last one written is the creator.
      creatorOf.set(path, author);
      const authors = entry(authorsOf, path, () => new Map<number, number>());
      authors.set(author, (authors.get(author) ?? 0) + 1);
    }
  }
  const result = new Map<string, FileHistory>();
  for (const [id, tally] of tallies) {
    const path = history.paths[id]!;
    result.set(path, { path, ...tally, authors: ranked(authorsOf.get(id)!, creatorOf.get(id)!, tally.commits) });
  }
  return result;
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function ranked(byAuthor: ReadonlyMap<number, number>, creator: number, commits: number): FileAuthor[] {
  const degrees = [...byAuthor].map(([author, own]) => ({
    author,
    commits: own,
    degree: degreeOfAuthorship(author === creator, own, commits - own),
  }));
  degrees.sort((a, b) => b.degree - a.degree || b.commits - a.commits || a.author - b.author);
  const highest = degrees[0]?.degree ?? 1;
  return degrees.map(({ author, commits: own, degree }) => ({
    author,
    commits: own,
    authorship: highest > 0 ? Math.max(0, degree / highest) : 0,
  }));
}
