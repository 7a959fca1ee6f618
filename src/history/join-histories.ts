import type { HistoryFacts } from '#model/history.ts';
import { CHANGE_STRIDE, ChangeColumn, COMMIT_STRIDE, CommitColumn } from '#model/history.ts';

/**
 * Newer commits put before older ones that were read at another time. Old paths take the names that the newer commits gave
 * them, so that the result equals one reading of all.
 */
export function joinHistories(
  newer: HistoryFacts,
  older: HistoryFacts,
  presentNames: ReadonlyMap<string, string>,
): HistoryFacts {
  const authors = [...newer.authors];
  const authorIds = new Map(authors.map((author, index) => [identity(author), index]));
  const authorOf = older.authors.map((author) => {
    const known = authorIds.get(identity(author));
    if (known !== undefined) return known;
    authorIds.set(identity(author), authors.length);
    return authors.push(author) - 1;
  });
  const paths = [...newer.paths];
  const pathIds = new Map(paths.map((path, index) => [path, index]));
  const pathOf = older.paths.map((old) => {
    const path = presentNames.get(old) ?? old;
    const known = pathIds.get(path);
    if (known !== undefined) return known;
    pathIds.set(path, paths.length);
    return paths.push(path) - 1;
  });
  const commits = new Int32Array(newer.commits.length + older.commits.length);
  commits.set(newer.commits);
  commits.set(older.commits, newer.commits.length);
  const newerChanges = newer.changes.length / CHANGE_STRIDE;
  for (let at = newer.commits.length; at < commits.length; at += COMMIT_STRIDE) {
    commits[at + CommitColumn.author] = authorOf[commits[at + CommitColumn.author]!]!;
    commits[at + CommitColumn.firstChange]! += newerChanges;
  }
  const changes = new Int32Array(newer.changes.length + older.changes.length);
  changes.set(newer.changes);
  changes.set(older.changes, newer.changes.length);
  for (let at = newer.changes.length; at < changes.length; at += CHANGE_STRIDE)
    changes[at + ChangeColumn.path] = pathOf[changes[at + ChangeColumn.path]!]!;
  return {
    head: newer.head,
    headTime: newer.hashes.length > 0 ? newer.headTime : older.headTime,
    shallow: newer.shallow,
    truncated: newer.truncated,
    authors,
    hashes: [...newer.hashes, ...older.hashes],
    subjects: [...newer.subjects, ...older.subjects],
    commits,
    paths,
    changes,
  };
}

function identity({ name, email }: { readonly name: string; readonly email: string }): string {
  return `${name}\0${email.toLowerCase()}`;
}
