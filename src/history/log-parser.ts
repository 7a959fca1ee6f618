import type { HistoryFacts } from '#model/history.ts';
import { CHANGE_STRIDE, COMMIT_STRIDE, CommitColumn, CommitFlag } from '#model/history.ts';
import { PackedTable } from '#model/packed-table.ts';
import { isBugFix } from './bug-fix.ts';

/**
 * Parses `git log --numstat -z --format=%x01…%x02` piece by piece. A record is \x01 header \x02 and then, separated by NULs,
 * `added\tdeleted\tpath`, or for a rename `added\tdeleted\t` NUL old NUL new. Newest commit first, so that a rename met on the
 * way says what older changes of the old name belong to.
 */
export class LogParser {
  readonly #authors: { name: string; email: string }[] = [];
  readonly #authorIds = new Map<string, number>();
  readonly #hashes: string[] = [];
  readonly #subjects: string[] = [];
  readonly #commits = new PackedTable(COMMIT_STRIDE, 1024);
  readonly #paths: string[] = [];
  readonly #pathIds = new Map<string, number>();
  readonly #presentNames = new Map<string, string>();
  readonly #changes = new PackedTable(CHANGE_STRIDE, 4096);
  #rest: Buffer = Buffer.alloc(0);
  #renameCounts: readonly [number, number] | undefined;
  #renamedFrom: string | undefined;
  #headTime = 0;

  get commitCount(): number {
    return this.#hashes.length;
  }

  push(chunk: Buffer): void {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (let end = data.indexOf(0); end !== -1; end = data.indexOf(0, at)) {
      this.#token(data.toString('utf8', at, end));
      at = end + 1;
    }
    this.#rest = data.subarray(at);
  }

  /** What older changes of a name belong to: present name by former name. */
  get presentNames(): ReadonlyMap<string, string> {
    return this.#presentNames;
  }

  finish(about: Pick<HistoryFacts, 'head' | 'shallow' | 'truncated'>): HistoryFacts {
    if (this.#rest.length > 0) this.#token(this.#rest.toString());
    return {
      ...about,
      headTime: this.#headTime,
      authors: this.#authors,
      hashes: this.#hashes,
      subjects: this.#subjects,
      commits: this.#commits.finish(),
      paths: this.#paths,
      changes: this.#changes.finish(),
    };
  }

  #token(token: string): void {
    if (this.#renameCounts) {
      this.#renamed(this.#renameCounts, token);
      return;
    }
    let text = token;
    const header = text.indexOf('\u0001');
    if (header !== -1) {
      const fields = text.slice(header + 1).split('\u0002');
      this.#commit(fields);
      text = fields.slice(6).join('\u0002');
    }
    const match = /^\n*(-|\d+)\t(-|\d+)\t([\s\S]*)$/.exec(text);
    if (!match) return;
    const counts = [match[1] === '-' ? -1 : Number(match[1]), match[2] === '-' ? -1 : Number(match[2])] as const;
    const path = match[3]!;
    if (path === '') this.#renameCounts = counts;
    else this.#change(this.#presentNames.get(path) ?? path, counts);
  }

  #renamed(counts: readonly [number, number], path: string): void {
    if (this.#renamedFrom === undefined) {
      this.#renamedFrom = path;
      return;
    }
    const present = this.#presentNames.get(path) ?? path;
    this.#change(present, counts);
    this.#presentNames.set(this.#renamedFrom, present);
    this.#renameCounts = undefined;
    this.#renamedFrom = undefined;
  }

  #commit(fields: readonly string[]): void {
    const [hash = '', parents = '', name = '', email = '', time = '0', subject = ''] = fields;
    if (this.#hashes.length === 0) this.#headTime = Number(time);
    const identity = `${name}\0${email.toLowerCase()}`;
    let author = this.#authorIds.get(identity);
    if (author === undefined) {
      author = this.#authors.length;
      this.#authors.push({ name, email });
      this.#authorIds.set(identity, author);
    }
    const isMerge = parents.includes(' ');
    const flags = isMerge ? CommitFlag.merge : isBugFix(subject) ? CommitFlag.bugFix : 0;
    this.#hashes.push(hash);
    this.#subjects.push(subject);
    this.#commits.add(author, Number(time), flags, this.#changes.rows, 0);
  }

  #change(path: string, [added, deleted]: readonly [number, number]): void {
    let id = this.#pathIds.get(path);
    if (id === undefined) {
      id = this.#paths.length;
      this.#paths.push(path);
      this.#pathIds.set(path, id);
    }
    this.#changes.add(id, added, deleted);
    const commit = this.#commits.rows - 1;
    this.#commits.set(commit, CommitColumn.changeCount, this.#commits.get(commit, CommitColumn.changeCount) + 1);
  }
}
