/** What a process that stays remembers of a tree's dead code: contents as they were read, and verdicts by file. */
import { KeptUnits } from '#base/kept-units.ts';
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import type { FileRecord } from '#model/snapshot.ts';
import type { Family, FileContent, FileView } from './file-view.ts';
import type { ModuleUse } from './module-use.ts';
import type { DeadCode } from './dead-code.ts';
import type { ProjectView } from './project-view.ts';
import type { SymbolUnit } from './unused-symbols.ts';
import { changedNames } from './changed-names.ts';
import { ExportKeys } from './export-keys.ts';
import { moduleStamp } from './module-stamp.ts';
import { TextCounts } from './text-counts.ts';

type Names = Readonly<Record<Family, Map<string, string[]>>>;

export class DeadCodeMemory {
  readonly units = new KeptUnits<unknown>();
  /** Paths of the files in which a name stands. */
  readonly names: Names = { ecmascript: new Map(), python: new Map() };
  readonly #contents = new Map<string, unknown>();
  #views: ReadonlyMap<string, FileView> = new Map();
  #use: ModuleUse | undefined;
  readonly exportKeys = new ExportKeys();
  /** Strings of code. */
  readonly texts = { strings: new TextCounts(), parts: new TextCounts(), beginnings: new TextCounts() };
  /** Of all files that are no code. */
  plainTexts: PlainTexts | undefined;
  #packages: readonly DeclaredPackage[] | undefined;
  #moduleState = 0;
  readonly #whole = new Map<string, { readonly ground: string; readonly value: unknown }>();
  #settings = '';
  /** Of files with exports that nobody uses: the names in those. */
  readonly #leftOut = new Map<number, string>();
  /** Of each unit of a pass. */
  readonly #grounds = new Map<string, SymbolUnit>();
  readonly #exports = new Map<string, readonly DeadCode[]>();
  readonly #buried = new Map<string, ReadonlySet<string>>();

  /** Undefined for a file that cannot be read, which is tried again. */
  content<Content extends FileContent | PlainContent>(
    { hash, language }: FileRecord,
    make: () => Content | undefined,
  ): Content | undefined {
    const name = `${hash} ${language}`;
    const known = this.#contents.get(name) as Content | undefined;
    if (known) return known;
    const made = make();
    if (made) this.#contents.set(name, made);
    return made;
  }

  /** The file as it was seen the last time. */
  view(path: string): FileView | undefined {
    return this.#views.get(path);
  }

  /** Of a file as it was and as it is. */
  countTexts(before: FileView | undefined, now: FileView | undefined): void {
    for (const kind of ['strings', 'parts', 'beginnings'] as const) {
      if (now) this.texts[kind].add(now.words[kind]);
      if (before) this.texts[kind].remove(before.words[kind]);
    }
  }

  clearTexts(): void {
    for (const counts of Object.values(this.texts)) counts.clear();
    this.plainTexts = undefined;
  }

  /** A name for all that files say of the use of modules: the same name, the same said. */
  moduleGround(project: ProjectView): string {
    const { changed } = project.request.kept;
    const { packages } = project.request;
    const isAsBefore =
      changed !== undefined &&
      this.#packages === packages &&
      [...changed].every(
        (path) => moduleStamp(project, this.#views.get(path)) === moduleStamp(project, project.byPath.get(path)),
      );
    if (!isAsBefore) this.#moduleState++;
    this.#packages = packages;
    return String(this.#moduleState);
  }

  /** What is worked out of the whole tree, once for a ground. */
  whole<Value>(what: string, ground: string, make: () => Value): Value {
    const known = this.#whole.get(what);
    if (known?.ground === ground) return known.value as Value;
    const value = make();
    this.#whole.set(what, { ground, value });
    return value;
  }

  /** All verdicts are forgotten: what decides the whole tree's has changed. */
  forgetVerdicts(): void {
    this.units.clear();
    this.#buried.clear();
    this.#grounds.clear();
  }

  /** Brings the names up to the project's files, and forgets the verdicts that may be others now. */
  update(project: ProjectView, use: ModuleUse, settings: string): void {
    const { changed, relinked, keys } = project.request.kept;
    if (settings !== this.#settings || !changed) this.forgetVerdicts();
    this.#settings = settings;
    const stale = new Set(keys);
    for (const path of changed ?? new Set([...this.#views.keys(), ...project.byPath.keys()])) {
      const [before, now] = [this.#views.get(path), project.byPath.get(path)];
      this.#index(path, before, now);
      if (!now) this.exportKeys.forget(path);
      if (changed) for (const key of changedReads(before, now)) stale.add(key);
    }
    for (const counts of [this.texts.strings, this.texts.parts])
      for (const text of counts.takeTurned()) stale.add(`string ${text}`);
    if (this.texts.beginnings.takeTurned().size > 0) stale.add('beginnings');
    if (changed && this.#use && this.#use !== use)
      for (const key of changedUse(this.#use, use, project)) stale.add(key);
    this.units.invalidate(stale);
    for (const path of relinked) this.forgetFile(path);
    this.#use = use;
    this.#views = project.byPath;
    this.#prune(project);
  }

  forgetFile(path: string, isWhole = true): void {
    if (isWhole) this.units.forget(`file ${path}`);
    for (const pass of [0, ...this.#leftOut.keys()]) {
      this.units.forget(`pass ${pass} ${path}`);
      this.#grounds.delete(`pass ${pass} ${path}`);
    }
  }

  /** Exports of a file that nobody uses: `names` are those that stand in them, which are used by nobody there. */
  bury(path: string, names: ReadonlySet<string>, isAsBefore: boolean): void {
    const before = this.#buried.get(path);
    if (names.size === 0) this.#buried.delete(path);
    else this.#buried.set(path, names);
    if (isAsBefore || (before === undefined && names.size === 0)) return;
    const keys = Array.from(new Set([...(before ?? []), ...names]), (name) => `word ecmascript ${name}`);
    this.units.invalidate([...keys, `text ${path}`, `edges ${path}`]);
  }

  /** What is left out of a pass: where it is not what it was, what was said in it is forgotten. */
  startPass(pass: number, leftOut: string): void {
    if (this.#leftOut.get(pass) === leftOut) return;
    this.#leftOut.set(pass, leftOut);
    for (const [unit] of this.#grounds) if (unit.startsWith(`pass ${pass} `)) this.units.forget(unit);
  }

  /** What is said of a file's symbols in a pass, on the ground of the pass before. */
  pass(path: string, pass: number, ground: SymbolUnit, judge: () => SymbolUnit): SymbolUnit {
    const unit = `pass ${pass} ${path}`;
    if (this.#grounds.get(unit) !== ground) this.units.forget(unit);
    this.#grounds.set(unit, ground);
    return this.units.run(unit, judge) as SymbolUnit;
  }

  /** Whether these are the very findings of a file that were told of the last time; from now on, they are. */
  isOf(found: readonly DeadCode[], path: string): boolean {
    const isSame = this.#exports.get(path) === found;
    this.#exports.set(path, found);
    if (!isSame) this.forgetFile(path, false);
    return isSame;
  }

  #index(path: string, before: FileView | undefined, now: FileView | undefined): void {
    if (before && before.words !== now?.words)
      for (const name of before.words.places.keys()) {
        if (now?.words.places.has(name)) continue;
        const list = this.names[before.family].get(name)!;
        list.splice(list.indexOf(path), 1);
        if (list.length === 0) this.names[before.family].delete(name);
      }
    if (now && before?.words !== now.words)
      for (const name of now.words.places.keys()) {
        if (before?.words.places.has(name)) continue;
        const list = this.names[now.family].get(name);
        if (list) list.push(path);
        else this.names[now.family].set(name, [path]);
      }
  }

  #prune({ request: { snapshot } }: ProjectView): void {
    const files = snapshot.files();
    if (this.#contents.size <= 2 * files.length + 64) return;
    const live = new Set(files.map(({ hash, language }) => `${hash} ${language}`));
    for (const name of this.#contents.keys()) if (!live.has(name)) this.#contents.delete(name);
  }
}

/** What files that are no code say of code. */
export interface PlainTexts {
  readonly mentions: Set<string>;
  readonly plainMentions: Set<string>;
  readonly styleUses: { readonly path: string; readonly name: string }[];
  readonly fileNames: Set<string>;
}

/** What a file that is no code says of code. */
export interface PlainContent {
  readonly stylePackages: readonly string[];
  readonly fileNames: readonly string[];
  /** Undefined for texts whose words say nothing. */
  readonly words: ReadonlySet<string> | undefined;
}

/** Keys of reads of a file that give something else than they did. */
function* changedReads(before: FileView | undefined, now: FileView | undefined): Generator<string> {
  const { path, family } = (now ?? before)!;
  yield `view ${path}`;
  for (const name of changedNames(before, now)) yield `word ${family} ${name}`;
  if (importsStamp(before) !== importsStamp(now)) {
    yield `imports ${path}`;
    for (const view of [before, now])
      for (const { target } of view?.imports ?? [])
        if (target.kind === 'module')
          for (const to of [target.path, target.submodule]) if (to !== undefined) yield `importers ${to}`;
  }
}

function importsStamp(view: FileView | undefined): string {
  if (!view) return '';
  const rows = view.imports.map(({ kind, specifier, name, local, flags, target }) =>
    [kind, specifier, name, local, flags, JSON.stringify(target)].join(' '),
  );
  return `${view.isTest} ${view.isForeign}\n${rows.join('\n')}`;
}

function* changedUse(before: ModuleUse, now: ModuleUse, { byPath }: ProjectView): Generator<string> {
  for (const [word, one, other] of [
    ['reached', before.reached, now.reached],
    ['taken', before.taken, now.taken],
    ['published', before.published, now.published],
    ['whole', before.whole, now.whole],
  ] as const) {
    if (one === other) continue;
    for (const [a, b] of [
      [one, other],
      [other, one],
    ] as const)
      for (const item of a)
        if (!b.has(item)) {
          yield `${word} ${item}`;
          // Words of files that nothing reaches do not count.
          const view = word === 'reached' ? byPath.get(item) : undefined;
          if (view?.family === 'ecmascript')
            for (const name of view.words.places.keys()) yield `word ecmascript ${name}`;
        }
  }
}
