/** A tree as the readers of declarations see it: its paths, and the text of a file where it can be had. */
import { DerivedTexts } from './derived-texts.ts';
import { fileMatcher } from './file-pattern.ts';

/** What was drawn from texts before; `read` is not noted as a read of the whole. */
export interface DerivedReads {
  readonly texts: DerivedTexts;
  read(path: string): string | undefined;
}

export class ProjectFiles {
  readonly paths: readonly string[];
  readonly #set: ReadonlySet<string>;
  readonly #read: (path: string) => string | undefined;
  readonly #texts = new Map<string, string | undefined>();
  readonly #derived: DerivedReads;

  /** `readText` may know more files than `paths` lists: what ignore rules leave out, such as installed packages. */
  constructor(
    paths: readonly string[],
    readText: (path: string) => string | undefined,
    derived: DerivedReads = { texts: new DerivedTexts(), read: readText },
  ) {
    this.#derived = derived;
    this.paths = [...paths].sort();
    this.#set = new Set(paths);
    this.#read = readText;
  }

  has(path: string): boolean {
    return this.#set.has(path);
  }

  /** Undefined: not there, or not readable. A byte order mark is left out. */
  text(path: string): string | undefined {
    if (!this.#texts.has(path)) {
      this.#texts.set(path, withoutMark(this.#read(path)));
    }
    return this.#texts.get(path);
  }

  /**
   * What a reader draws from a text, '' where there is none: of files that are read for one thing among many. `what` names it;
   * the value is plain data.
   */
  derive<Value>(path: string, what: string, from: (text: string) => Value): Value {
    return this.#derived.texts.of(path, what, () => withoutMark(this.#derived.read(path)) ?? '', from);
  }

  /** Paths under a folder ('' is the tree), sorted. */
  under(folder: string): readonly string[] {
    if (folder === '') return this.paths;
    const start = lowerBound(this.paths, `${folder}/`);
    return this.paths.slice(start, lowerBound(this.paths, `${folder}0`));
  }

  /** Paths that match globs written from a folder; `!` at a glob's start leaves out. */
  matching(folder: string, globs: readonly string[]): string[] {
    if (globs.length === 0) return [];
    const matches = fileMatcher(globs);
    const cut = folder === '' ? 0 : folder.length + 1;
    return this.under(folder).filter((path) => matches(path.slice(cut)));
  }
}

function lowerBound(list: readonly string[], value: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Folder of a path, '' for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins and normalises; undefined for a path that leaves the tree. A leading `/` starts at the tree's root. */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = relative.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Without a byte order mark. */
export function withoutMark(text: string | undefined): string | undefined {
  return text?.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
