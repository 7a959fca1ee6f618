import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { FileFacts } from '#model/facts.ts';
import type { FileRole } from '#model/source-file.ts';
import { symbolKinds } from '#model/vocabulary.ts';
import type { DeepEdges } from '../file-edges.ts';
import type { ProjectFiles } from '../linker.ts';
import { Declarations, declaredBy, refOf, subjects } from './declarations.ts';
import type { Dialect } from './dialect.ts';
import { dialects } from './dialects.ts';
import { linkTypedFile } from './link-typed-file.ts';
import { flatten, type FlatTrace, Recorder } from './recorder.ts';
import { Resolution } from './resolution.ts';
import { INTERFACES } from './structural.ts';
import type { TypedFile } from './typed-file.ts';

export interface WorldFile {
  readonly number: number;
  readonly path: string;
  readonly roles: readonly FileRole[];
  readonly facts: FileFacts;
}

const interfaceKind = symbolKinds.indexOf('interface');
const noEdges: DeepEdges = { answered: new Uint8Array(0), edges: new Int32Array(0), externals: [] };

/**
 * All files of languages with declared types. Put, replace and remove files, ask which must be linked again, link them. What a
 * file's link yields depends on the files that are there, not on how they came.
 */
export class TypedWorld {
  readonly #project: ProjectFiles;
  readonly #declarations = new Declarations();
  readonly #resolution: Resolution;
  readonly #files = new Map<number, TypedFile>();
  readonly #traces = new Map<number, FlatTrace>();
  #dirty = new Set<number>();
  #changedKeys = new Set<number>();
  #altered = new Set<number>();

  constructor(project: ProjectFiles) {
    this.#project = project;
    this.#resolution = new Resolution(this.#declarations, project);
  }

  static handles(language: string): boolean {
    return dialects[language] !== undefined;
  }

  has(number: number): boolean {
    return this.#files.has(number);
  }

  /** Puts a file in, or its new facts in place of the old ones. */
  set(file: WorldFile): void {
    const dialect = dialects[file.facts.language];
    if (!dialect) {
      this.remove(file.number);
      return;
    }
    const old = this.#files.get(file.number);
    const made = this.#typed(file, dialect);
    const same =
      old !== undefined &&
      old.facts.interfaceHash === file.facts.interfaceHash &&
      old.packageKey === made.packageKey &&
      old.dialect === dialect;
    if (old) {
      if (!same) this.#touch(old);
      this.#takeOut(old);
    }
    this.#putIn(made);
    if (!same) {
      this.#touch(made);
      if (!old) this.#touchPath(made.path);
    }
    this.#dirty.add(file.number);
  }

  remove(number: number): void {
    const old = this.#files.get(number);
    if (!old) return;
    this.#touch(old);
    this.#touchPath(old.path);
    this.#takeOut(old);
    this.#files.delete(number);
    this.#traces.delete(number);
    this.#dirty.delete(number);
  }

  /** Manifests changed: packages may have other names, so everything is built again. */
  invalidateProject(): void {
    const files = [...this.#files.values()];
    for (const file of files) this.#takeOut(file);
    for (const dialect of new Set(Object.values(dialects))) dialect.forget?.(this.#project);
    this.#forget();
    for (const file of files) {
      this.#putIn(this.#typed(file, file.dialect));
      this.#dirty.add(file.number);
    }
  }

  /** Numbers of the files that must be linked (again) after what was put in and removed since the last call. */
  takeDirty(): readonly number[] {
    if (this.#altered.size > 0 || this.#changedKeys.size > 0) {
      this.#forget();
      for (const [number, trace] of this.#traces) {
        if (
          !this.#dirty.has(number) &&
          (meets(trace.visited, this.#altered) || meets(trace.lookups, this.#changedKeys))
        )
          this.#dirty.add(number);
      }
    }
    const dirty = [...this.#dirty];
    this.#dirty = new Set();
    this.#changedKeys = new Set();
    this.#altered = new Set();
    return dirty;
  }

  /** The edges of one file. */
  link(number: number): DeepEdges {
    const file = this.#files.get(number);
    if (!file) return noEdges;
    const { stack } = this.#resolution;
    stack.recorder = new Recorder();
    stack.recorder.visit(number);
    this.#resolution.startFile();
    const edges = linkTypedFile(this.#resolution, file);
    this.#traces.set(number, flatten(stack.recorder.finish()));
    return edges;
  }

  #typed(file: WorldFile, dialect: Dialect): TypedFile {
    return {
      number: file.number,
      path: file.path,
      roles: file.roles,
      facts: file.facts,
      dialect,
      packageKey: dialect.packageKey(file.path, file.facts, this.#project),
      keys: [],
      children: undefined,
    };
  }

  #putIn(file: TypedFile): void {
    this.#files.set(file.number, file);
    this.#declarations.add(file);
    if (file.dialect.structural)
      this.#eachInterface(file, (name, ref) => this.#declarations.addMember(INTERFACES, name, ref));
    for (const [key, name, row] of file.dialect.indexed?.(file) ?? [])
      this.#declarations.addMember(key, name, refOf(file.number, row));
    this.#declarations.addMember('path:', file.path, refOf(file.number, 0));
    this.#declarations.addMember('basename:', file.path.slice(file.path.lastIndexOf('/') + 1), refOf(file.number, 0));
  }

  #takeOut(file: TypedFile): void {
    if (file.dialect.structural)
      this.#eachInterface(file, (name, ref) => this.#declarations.removeMember(INTERFACES, name, ref));
    for (const [key, name, row] of file.dialect.indexed?.(file) ?? [])
      this.#declarations.removeMember(key, name, refOf(file.number, row));
    this.#declarations.removeMember('path:', file.path, refOf(file.number, 0));
    this.#declarations.removeMember(
      'basename:',
      file.path.slice(file.path.lastIndexOf('/') + 1),
      refOf(file.number, 0),
    );
    this.#declarations.remove(file.number);
  }

  /** Each interface under the first of its own methods' names. */
  #eachInterface(file: TypedFile, visit: (name: string, ref: number) => void): void {
    const { symbols, strings } = file.facts;
    const first = new Map<number, string>();
    for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
      const parent = symbols[row * SYMBOL_STRIDE + SymbolColumn.parent]!;
      if (parent <= 0 || symbols[parent * SYMBOL_STRIDE] !== interfaceKind) continue;
      const name = strings[symbols[row * SYMBOL_STRIDE + SymbolColumn.name]!]!;
      const known = first.get(parent);
      if (known === undefined || name < known) first.set(parent, name);
    }
    for (const [row, name] of first) visit(name, refOf(file.number, row));
  }

  /** Notes all that other files may have looked up in this one. */
  #touch(file: TypedFile): void {
    if (this.#traces.size === 0) return;
    const resolution = this.#resolution;
    const keys = this.#changedKeys;
    this.#altered.add(file.number);
    keys.add(resolution.lookupKey(resolution.container(file.packageKey), ''));
    for (const outer of this.#declarations.outer(file)) keys.add(resolution.lookupKey(outer, ''));
    for (const declared of declaredBy(file)) {
      const container = resolution.container(declared.container);
      keys.add(
        declared.attachedTo === undefined
          ? resolution.lookupKey(container, declared.name)
          : resolution.attachmentKey(declared.attachedTo),
      );
      // Whoever went through all members of the container.
      keys.add(resolution.lookupKey(container, ''));
      if (declared.ownKey !== undefined) keys.add(resolution.lookupKey(resolution.container(declared.ownKey), ''));
    }
    for (const [name] of subjects(file)) keys.add(resolution.lookupKey(resolution.container('implements:'), name));
    for (const [key, name] of file.dialect.indexed?.(file) ?? [])
      keys.add(resolution.lookupKey(resolution.container(key), name));
    if (file.dialect.structural)
      this.#eachInterface(file, (name) => keys.add(resolution.lookupKey(resolution.container(INTERFACES), name)));
  }

  #touchPath(path: string): void {
    const resolution = this.#resolution;
    this.#changedKeys.add(resolution.lookupKey(resolution.container('path:'), path));
    this.#changedKeys.add(
      resolution.lookupKey(resolution.container('basename:'), path.slice(path.lastIndexOf('/') + 1)),
    );
  }

  #forget(): void {
    this.#resolution.clear();
  }
}

function meets(items: Int32Array, set: ReadonlySet<number>): boolean {
  if (set.size === 0) return false;
  for (const item of items) if (set.has(item)) return true;
  return false;
}
