/**
 * Copies in a tree, kept by pairs of files: when a file changes, it is compared again with the files that share a seed with it,
 * and with no other. What comes out depends on the files alone, not on the order of their changes.
 */
import { throwIfAborted } from '#base/abort.ts';
import { compareFiles } from './compare-files.ts';
import {
  type CopyClass,
  type CopyPlace,
  defaultDuplication,
  type DuplicationReport,
  type DuplicationSettings,
  type DuplicationSource,
} from './duplication.ts';
import { gatherClasses } from './gather-classes.ts';
import type { Pair } from './pair.ts';
import { type IndexedStatements, SeedIndex, windowHash } from './seed-index.ts';
import { type FileStatements, readStatements } from './statements.ts';

/** A window that more rows have is a commonplace: they are compared with the first of them by path, not each with each. */
const COMMON = 64;
/** The index is made anew when so much of it belongs to files that have gone. */
const WASTE = 0.5;

export interface CopySource {
  readonly path: string;
  /** What its text and language are: where it is as before, the file is not read. */
  readonly key: string;
  /** Undefined for a file that has gone by now. */
  read(): DuplicationSource | undefined;
}

interface KeptFile {
  readonly key: string;
  readonly indexed: IndexedStatements;
}

export class CopyTree {
  readonly #settings: DuplicationSettings;
  #index = new SeedIndex();
  #files = new Map<string, KeptFile>();
  /** By the paths of both files. */
  readonly #copies = new Map<string, readonly Pair[]>();
  /** Of each file: the files that it has copies with. */
  readonly #partners = new Map<string, Set<string>>();
  #classes: readonly CopyClass[] | undefined;

  constructor(settings: Partial<DuplicationSettings> = {}) {
    this.#settings = { ...defaultDuplication, ...settings };
  }

  /** Brings it up to these files. `only`: of a new tree, nothing is compared but this file. */
  update(sources: readonly CopySource[], signal?: AbortSignal, only?: string): void {
    const present = new Set(sources.map(({ path }) => path));
    const gone = [...this.#files.keys()].filter((path) => !present.has(path));
    const changed = sources.filter(({ path, key }) => this.#files.get(path)?.key !== key);
    if (gone.length === 0 && changed.length === 0) return;
    this.#classes = undefined;
    const isNew = this.#files.size === 0;
    const before = new Map<number, Commonplace>();
    const leaving = [...gone, ...changed.map(({ path }) => path)].flatMap((path) => this.#files.get(path) ?? []);
    const come: FileStatements[] = [];
    for (const [at, source] of changed.toSorted(byPath).entries()) {
      if (at % 256 === 0) throwIfAborted(signal);
      const text = source.read();
      if (text) come.push(readStatements(text));
    }
    if (!isNew)
      for (const file of [...leaving.map(({ indexed }) => indexed.statements), ...come]) this.#note(file, before);
    for (const { indexed } of leaving) {
      this.#index.remove(indexed);
      this.#files.delete(indexed.statements.path);
      this.#forget(indexed.statements.path);
    }
    const keys = new Map(changed.map(({ path, key }) => [path, key]));
    for (const file of come) this.#files.set(file.path, { key: keys.get(file.path)!, indexed: this.#index.add(file) });
    const dirty = new Set(only === undefined ? come : come.filter(({ path }) => path === only));
    for (const [hash, was] of before) this.#settle(hash, was, dirty);
    for (const file of dirty) {
      throwIfAborted(signal);
      if (!isNew) this.#forget(file.path);
      this.#compare(file, isNew && only === undefined);
    }
    if (this.#index.waste > WASTE) this.#compact();
  }

  report(): DuplicationReport {
    this.#classes ??= gatherClasses([...this.#copies.values()].flat()).sort(
      (a, b) =>
        b.tokens * (b.places.length - 1) - a.tokens * (a.places.length - 1) || byPlace(a.places[0]!, b.places[0]!),
    );
    let lines = 0;
    for (const { indexed } of this.#files.values()) lines += indexed.statements.lines;
    return {
      classes: this.#classes,
      files: this.#files.size,
      lines,
      duplicatedLines: countLines(this.#classes),
    };
  }

  /** The copies of a file are not known any more. */
  #forget(path: string): void {
    for (const other of this.#partners.get(path) ?? []) {
      this.#copies.delete(pairKey(path, other));
      if (other !== path) this.#partners.get(other)?.delete(path);
    }
    this.#partners.delete(path);
  }

  /** With all files that share a seed; `earlier`: those that come before it, as the later ones look for it. */
  #compare(file: FileStatements, earlier: boolean): void {
    const seeds = new Map<FileStatements, number[]>();
    for (let row = 0; row < file.count; row++) this.#seedsAt(file, row, earlier, seeds);
    for (const [other, found] of seeds) {
      const [a, b] = other.path < file.path ? [other, file] : [file, other];
      const copies = compareFiles(a, b, found, this.#settings);
      if (copies.length === 0) continue;
      this.#copies.set(pairKey(a.path, b.path), copies);
      this.#partnersOf(a.path).add(b.path);
      this.#partnersOf(b.path).add(a.path);
    }
  }

  #seedsAt(file: FileStatements, row: number, earlier: boolean, seeds: Map<FileStatements, number[]>): void {
    const hash = windowHash(file, row);
    const count = hash === 0 ? 0 : this.#index.count(hash);
    if (count < 2) return;
    const add = (other: FileStatements, at: number): void => {
      let list = seeds.get(other);
      if (!list) seeds.set(other, (list = []));
      if (other === file ? row < at : file.path < other.path) list.push(row, at);
      else list.push(at, row);
    };
    const first = count > COMMON ? this.#first(hash) : undefined;
    if (first && first.file !== file) add(first.file, first.row);
    else if (!first || first.row === row)
      this.#index.each(hash, ({ statements }, at) => {
        if (statements === file ? at > row : !earlier || statements.path < file.path) add(statements, at);
      });
  }

  /** By path and row, the first place of a window. */
  #first(hash: number): { readonly file: FileStatements; readonly row: number } | undefined {
    let found: { file: FileStatements; row: number } | undefined;
    this.#index.each(hash, ({ statements: file }, row) => {
      if (!found || file.path < found.file.path || (file === found.file && row < found.row)) found = { file, row };
    });
    return found;
  }

  /** What is said of the windows of a file before files come and go. */
  #note(file: FileStatements, notes: Map<number, Commonplace>): void {
    for (let row = 0; row < file.count; row++) {
      const hash = windowHash(file, row);
      if (hash === 0 || notes.has(hash)) continue;
      const isCommon = this.#index.count(hash) > COMMON;
      notes.set(hash, { isCommon, first: isCommon ? this.#first(hash)!.file : undefined });
    }
  }

  /** Files that are compared in another way now, as a window of theirs has become a commonplace, is none any more, or has another first place. */
  #settle(hash: number, { isCommon, first }: Commonplace, dirty: Set<FileStatements>): void {
    const isNow = this.#index.count(hash) > COMMON;
    if (isCommon !== isNow) this.#index.each(hash, ({ statements }) => dirty.add(statements));
    else if (isNow) {
      const now = this.#first(hash)!.file;
      if (now === first) return;
      dirty.add(now);
      const old = first && this.#files.get(first.path)?.indexed.statements;
      if (old) dirty.add(old);
    }
  }

  #partnersOf(path: string): Set<string> {
    let partners = this.#partners.get(path);
    if (!partners) this.#partners.set(path, (partners = new Set()));
    return partners;
  }

  #compact(): void {
    this.#index = new SeedIndex();
    for (const [path, { key, indexed }] of this.#files)
      this.#files.set(path, { key, indexed: this.#index.add(indexed.statements) });
  }
}

interface Commonplace {
  readonly isCommon: boolean;
  readonly first: FileStatements | undefined;
}

function pairKey(one: string, other: string): string {
  return one < other ? `${one}\0${other}` : `${other}\0${one}`;
}

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}

function byPlace(one: CopyPlace, other: CopyPlace): number {
  return one.path === other.path ? one.startLine - other.startLine : one.path < other.path ? -1 : 1;
}

/** Lines that stand in any copy. */
function countLines(classes: readonly CopyClass[]): number {
  const ranges = Map.groupBy(
    classes.flatMap(({ places }) => places),
    ({ path }) => path,
  );
  let lines = 0;
  for (const places of ranges.values()) {
    let covered = 0;
    for (const { startLine, endLine } of places.sort((one, other) => one.startLine - other.startLine)) {
      lines += Math.max(0, endLine - Math.max(covered, startLine - 1));
      covered = Math.max(covered, endLine);
    }
  }
  return lines;
}
