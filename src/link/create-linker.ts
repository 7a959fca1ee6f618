import { throwIfAborted } from '#base/abort.ts';
import { IMPORT_STRIDE } from '#model/facts.ts';
import type { LinkedFile } from '#model/graph.ts';
import type { FileEntry } from './file-entry.ts';
import { type FileEdges, linkFileEdges } from './file-edges.ts';
import { FlowProject } from './flow/flow-project.ts';
import { flowDialects } from './flow/registry.ts';
import { languageFamily } from './language-family.ts';
import type { Linker, LinkUpdate, LinkableFile, ProjectFiles } from './linker.ts';
import type { ModuleResolver, ModuleTarget } from './modules/module-resolver.ts';
import { moduleResolvers } from './modules/registry.ts';
import { NameIndex } from './name-index.ts';
import { TypedWorld } from './typed/typed-world.ts';

const missing: ModuleTarget = { kind: 'missing' };

/** A linker of one tree. It keeps the facts that it was given and each file's edges. */
export function createLinker(project: ProjectFiles): Linker {
  return new TreeLinker(project);
}

class TreeLinker implements Linker {
  readonly #project: ProjectFiles;
  readonly #files = new Map<string, FileEntry>();
  readonly #byNumber: (FileEntry | undefined)[] = [];
  /** By file number; kept when a file goes. */
  readonly #families: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #paths: string[] = [];
  readonly #names = new NameIndex();
  readonly #edges = new Map<string, FileEdges>();
  readonly #flows = new Map<string, FlowProject>();
  readonly #typed: TypedWorld;
  #resolvers = new Map<string, ModuleResolver | undefined>();
  #stale = true;

  constructor(project: ProjectFiles) {
    this.#project = project;
    this.#typed = new TypedWorld(project);
  }

  invalidateProject(): void {
    this.#stale = true;
  }

  update(changed: readonly LinkableFile[], removed: readonly string[], signal?: AbortSignal): LinkUpdate {
    const names = new Set<string>();
    /** Numbers of the files whose outward side is not what it was. */
    const altered = new Set<number>();
    const dirty = new Set<FileEntry>();
    let samePaths = true;
    for (const path of removed) {
      const old = this.#files.get(path);
      if (!old) continue;
      samePaths = false;
      this.#names.remove(old, names);
      this.#files.delete(path);
      this.#edges.delete(path);
      this.#byNumber[old.number] = undefined;
      this.#typed.remove(old.number);
      altered.add(old.number);
    }
    if (this.#stale) this.#typed.invalidateProject();
    for (const file of changed) {
      const old = this.#files.get(file.path);
      const entry = this.#entry(file);
      if (!old) samePaths = false;
      const sameInterface =
        old !== undefined && old.facts.interfaceHash === entry.facts.interfaceHash && old.family === entry.family;
      if (!sameInterface || old.roles.join() !== entry.roles.join()) altered.add(entry.number);
      if (!sameInterface) {
        if (old) this.#names.remove(old, names);
        this.#names.add(entry, names);
      }
      this.#files.set(file.path, entry);
      this.#byNumber[entry.number] = entry;
      this.#typed.set(entry);
      dirty.add(entry);
    }
    this.#resolveImports(samePaths, dirty, altered);
    this.#updateFlow(dirty, altered);
    for (const number of this.#typed.takeDirty()) {
      const file = this.#byNumber[number];
      if (file) dirty.add(file);
    }
    this.#addDependents(dirty, altered, names);
    const linked = new Map<string, LinkedFile>();
    for (const file of this.#sorted()) {
      if (!dirty.has(file)) continue;
      throwIfAborted(signal);
      const edges = linkFileEdges({
        file,
        find: (path) => this.#files.get(path),
        names: this.#names,
        byNumber: (number) => this.#byNumber[number],
        deep: this.#typed.has(file.number)
          ? this.#typed.link(file.number)
          : this.#flows.get(file.family)?.edges(file.number),
      });
      this.#edges.set(file.path, edges);
      linked.set(file.path, edges.linked);
    }
    return { linked, paths: this.#paths };
  }

  #entry(file: LinkableFile): FileEntry {
    let number = this.#numbers.get(file.path);
    if (number === undefined) {
      number = this.#paths.length;
      this.#numbers.set(file.path, number);
      this.#paths.push(file.path);
    }
    const family = languageFamily(file.facts.language);
    this.#families[number] = family;
    return {
      number,
      path: file.path,
      roles: file.roles,
      facts: file.facts,
      family,
      targets: [],
      exportRows: undefined,
    };
  }

  #sorted(): readonly FileEntry[] {
    return [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** Resolves the imports of changed files; of all when the set of paths or a manifest changed, since any answer may differ then. */
  #resolveImports(samePaths: boolean, dirty: Set<FileEntry>, altered: Set<number>): void {
    const all = !samePaths || this.#stale;
    if (all) this.#resolvers = new Map();
    this.#stale = false;
    for (const file of all ? this.#files.values() : dirty) {
      const resolver = this.#resolver(file.family);
      const targets: ModuleTarget[] = [];
      const count = file.facts.imports.length / IMPORT_STRIDE;
      for (let row = 0; row < count; row++) targets.push(resolver?.resolve(file.path, file.facts, row) ?? missing);
      if (!dirty.has(file) && !sameTargets(file.targets, targets)) {
        dirty.add(file);
        altered.add(file.number);
      }
      file.targets = targets;
    }
  }

  #resolver(family: string): ModuleResolver | undefined {
    if (!this.#resolvers.has(family)) {
      const paths = [...this.#files.keys()].sort();
      this.#resolvers.set(family, moduleResolvers[family]?.(paths, this.#project));
    }
    return this.#resolvers.get(family);
  }

  #updateFlow(dirty: Set<FileEntry>, altered: ReadonlySet<number>): void {
    const all = new Set(altered);
    for (const file of dirty) all.add(file.number);
    const sorted = this.#sorted();
    for (const [family, dialect] of Object.entries(flowDialects)) {
      if (!dialect) continue;
      let flow = this.#flows.get(family);
      if (!flow) this.#flows.set(family, (flow = new FlowProject(dialect)));
      const files = sorted.filter((file) => file.family === family);
      const changed = new Set([...all].filter((number) => this.#families[number] === family));
      const moved = flow.update({
        files,
        changed,
        find: (path) => this.#files.get(path),
        resolver: this.#resolver(family),
      });
      for (const number of moved) {
        const file = this.#byNumber[number];
        if (file) dirty.add(file);
      }
    }
  }

  /** Adds the files whose edges came from something that changed: an export that was followed, a name that was looked up. */
  #addDependents(dirty: Set<FileEntry>, altered: ReadonlySet<number>, names: ReadonlySet<string>): void {
    for (const file of this.#files.values()) {
      if (dirty.has(file)) continue;
      const edges = this.#edges.get(file.path);
      if (!edges) continue;
      if (intersects(edges.visited, altered) || intersects(edges.names, names)) dirty.add(file);
    }
  }
}

function intersects<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const item of small) if (large.has(item)) return true;
  return false;
}

function sameTargets(a: readonly ModuleTarget[], b: readonly ModuleTarget[]): boolean {
  return a.length === b.length && a.every((target, index) => sameTarget(target, b[index]!));
}

function sameTarget(a: ModuleTarget, b: ModuleTarget): boolean {
  if (a.kind === 'module')
    return b.kind === 'module' && a.path === b.path && a.submodule === b.submodule && a.bound === b.bound;
  if (a.kind === 'external') return b.kind === 'external' && a.name === b.name && a.bound === b.bound;
  return b.kind === 'missing';
}
