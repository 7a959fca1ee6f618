/** Which files are reached from where use begins, and which of their exports somebody takes. */
import type { ExportKeys } from './export-keys.ts';
import type { ExportView, FileView, ImportView } from './file-view.ts';
import { dynamicMembers, namespaceMembers, type TakenMember } from './namespace-members.ts';
import type { ProjectView, Reads } from './project-view.ts';

export interface ModuleUse {
  /** Files that are used, or may be. */
  readonly reached: ReadonlySet<string>;
  /** `path\0name` of every export that another file or an entry takes. */
  readonly taken: ReadonlySet<string>;
  /** Exports that users of the package see, by the same key. */
  readonly published: ReadonlySet<string>;
  /** Files of which nobody can tell what is taken: all of it may be. */
  readonly whole: ReadonlySet<string>;
}

/** The same, for units of files: what they ask is noted. */
export class UseOfModules {
  readonly use: ModuleUse;
  readonly #reads: Reads;
  readonly #keys: ExportKeys;

  constructor(use: ModuleUse, reads: Reads, keys: ExportKeys) {
    this.use = use;
    this.#reads = reads;
    this.#keys = keys;
  }

  isReached(path: string): boolean {
    this.#reads.read(`reached ${path}`);
    return this.use.reached.has(path);
  }

  isTaken(path: string, name: string): boolean {
    const key = this.#keys.of(path, name);
    this.#reads.read(`taken ${key}`);
    return this.use.taken.has(key);
  }

  isPublished(path: string, name: string): boolean {
    const key = this.#keys.of(path, name);
    this.#reads.read(`published ${key}`);
    return this.use.published.has(key);
  }

  isWhole(path: string): boolean {
    this.#reads.read(`whole ${path}`);
    return this.use.whole.has(path);
  }
}

/** `possible`: files that may be reached in ways that cannot be seen; whoever does takes all of them. */
export function moduleUse(project: ProjectView, reached: ReadonlySet<string>, possible: readonly string[]): ModuleUse {
  const taken = new Set<string>();
  const published = new Set<string>();
  const whole = new Set<string>();
  const publicWhole = new Set<string>();
  const { exportKeys } = project.request.kept.memory;

  const take = (file: FileView, name: string, isPublished: boolean, depth = 0): void => {
    const key = exportKeys.of(file.path, name);
    if (taken.has(key) && (!isPublished || published.has(key))) return;
    taken.add(key);
    if (isPublished) published.add(key);
    if (depth > 60) return;
    const found = file.exports.get(name);
    if (!found) {
      for (const row of file.imports)
        if ((row.kind === 're-export-star' || row.kind === 'star') && row.target.kind === 'module') {
          const target = project.byPath.get(row.target.path);
          if (target && name !== 'default') take(target, name, isPublished, depth + 1);
        }
      return;
    }
    if (found.import >= 0) passOn(file, found, isPublished, depth);
  };
  const passOn = (file: FileView, found: ExportView, isPublished: boolean, depth: number): void => {
    const row = file.imports.find((each) => each.row === found.import);
    if (row?.target.kind !== 'module') return;
    const target = project.byPath.get(row.target.submodule ?? row.target.path);
    if (!target) return;
    if (row.name === '' || row.target.submodule !== undefined) takeAll(target, isPublished);
    else if (row.name === 'default' && !target.exports.has('default')) takeAll(target, isPublished);
    else take(target, row.name, isPublished, depth + 1);
  };
  const takeAll = (file: FileView, isPublished: boolean): void => {
    if (whole.has(file.path) && (!isPublished || publicWhole.has(file.path))) return;
    whole.add(file.path);
    if (isPublished) publicWhole.add(file.path);
    for (const name of file.exports.keys()) take(file, name, isPublished);
    for (const row of file.imports)
      if (row.kind === 're-export-star' && row.target.kind === 'module') {
        const target = project.byPath.get(row.target.path);
        if (target) takeAll(target, isPublished);
      }
  };

  for (const [path, entries] of project.entries) {
    const file = project.byPath.get(path);
    if (!file) continue;
    for (const entry of entries) {
      const isPublished = entry.use === 'public';
      if (entry.exports) for (const name of entry.exports) take(file, name, isPublished);
      else if (file.family === 'ecmascript' || entry.use === 'public' || entry.use === 'tool')
        takeAll(file, isPublished);
    }
  }
  for (const path of possible) {
    const file = project.byPath.get(path);
    if (file?.family === 'ecmascript') takeAll(file, false);
  }
  for (const file of project.files) {
    if (!reached.has(file.path) && !file.isTest) continue;
    for (const row of file.imports) {
      if (row.target.kind !== 'module') continue;
      const target = project.byPath.get(row.target.submodule ?? row.target.path);
      if (!target) continue;
      if (row.kind === 're-export' || row.kind === 're-export-star' || row.kind === 'side-effect') continue;
      if (row.kind === 'member' && row.name !== '' && row.target.submodule === undefined) {
        const inner = namespaceOf(target, row.name);
        // `export * as parts`: what is taken of it is known by the local name.
        const members = inner && row.row >= 0 ? namespaceMembers(file, row) : undefined;
        if (inner && members) {
          taken.add(exportKeys.of(target.path, row.name));
          for (const member of members) takeMember(inner, member);
        } else take(target, row.name, false);
        // A default import of a CommonJS module is the module.
        if (row.name === 'default' && !target.exports.has('default')) takeMembers(file, row, target);
      } else takeMembers(file, row, target);
    }
  }
  return { reached, taken, published, whole };

  /** `import * as ns`, `import a.b`, `require`, `import()`: the members that are named, or all where the module itself is passed on. */
  function takeMembers(file: FileView, row: ImportView, target: FileView): void {
    const names =
      row.kind === 'dynamic'
        ? dynamicMembers(file, row)
        : row.kind === 'star'
          ? undefined
          : namespaceMembers(file, row);
    if (names === undefined) {
      if (row.kind === 'star' && file.family === 'python') {
        for (const name of target.exports.keys()) if (file.words.places.has(name)) take(target, name, false);
        return;
      }
      takeAll(target, false);
    } else for (const name of names) takeMember(target, name);
  }

  function takeMember(target: FileView, { name, inner }: TakenMember): void {
    const below = inner === undefined ? undefined : namespaceOf(target, name);
    if (!below) return take(target, name, false);
    taken.add(exportKeys.of(target.path, name));
    take(below, inner!, false);
  }

  /** The module that an export is as a whole: `export * as name`, `import * as name; export { name }`. */
  function namespaceOf(target: FileView, name: string): FileView | undefined {
    const found = target.exports.get(name);
    if (!found || found.import < 0 || target.family !== 'ecmascript') return undefined;
    const row = target.imports.find((each) => each.row === found.import);
    return row?.name === '' && row.target.kind === 'module' ? project.byPath.get(row.target.path) : undefined;
  }
}

/** Files that imports lead to from the entries, from what runs by itself, and from `more`. */
export function reachedFiles(project: ProjectView, more: Iterable<string> = []): Set<string> {
  const reached = new Set<string>();
  const waiting: string[] = [];
  const initialisers = packageFiles(project);
  const reach = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    waiting.push(path);
  };
  for (const path of project.entries.keys()) if (project.byPath.has(path)) reach(path);
  for (const file of project.files) if (runsByItself(file)) reach(file.path);
  for (const path of more) reach(path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = project.byPath.get(path)!;
    for (const row of file.imports) {
      if (row.target.kind !== 'module') continue;
      for (const target of [row.target.path, row.target.submodule])
        if (target !== undefined && project.byPath.has(target)) reach(target);
      // A package's own modules come with it.
      if (file.family === 'python')
        for (const above of initialisers(row.target.submodule ?? row.target.path)) reach(above);
    }
    if (file.family === 'python') for (const above of initialisers(path)) reach(above);
  }
  return reached;
}

/** The files of the packages that a module lies in. */
function packageFiles({ byPath }: ProjectView): (path: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const ofFolder = (folder: string): readonly string[] => {
    let found = known.get(folder);
    if (!found) {
      const above = folder.lastIndexOf('/');
      const init = `${folder}/__init__.py`;
      found = [...(byPath.has(init) ? [init] : []), ...(above > 0 ? ofFolder(folder.slice(0, above)) : [])];
      known.set(folder, found);
    }
    return found;
  };
  return (path) => {
    const slash = path.lastIndexOf('/');
    return slash > 0 ? ofFolder(path.slice(0, slash)) : [];
  };
}

function runsByItself(file: FileView): boolean {
  if (file.isTest) return true;
  return file.runs;
}
