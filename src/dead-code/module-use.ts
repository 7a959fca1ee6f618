/** Which files are reached from where use begins, and which of their exports somebody takes. */
import { Binding, ReferenceColumn, REFERENCE_STRIDE } from '#model/facts.ts';
import { referenceRoles } from '#model/vocabulary.ts';
import type { ExportView, FileView, ImportView } from './file-view.ts';
import type { ProjectView } from './project-view.ts';

export interface ModuleUse {
  readonly reached: ReadonlySet<string>;
  /** `path\0name` of every export that another file or an entry takes. */
  readonly taken: ReadonlySet<string>;
  /** Exports that users of the package see, by the same key. */
  readonly published: ReadonlySet<string>;
  /** Files of which nobody can tell what is taken: all of it may be. */
  readonly whole: ReadonlySet<string>;
}

const IMPORT_ROLE = referenceRoles.indexOf('import');

export const exportKey = (path: string, name: string): string => `${path}\0${name}`;

export function moduleUse(project: ProjectView): ModuleUse {
  const reached = reachedFiles(project);
  const taken = new Set<string>();
  const published = new Set<string>();
  const whole = new Set<string>();
  const publicWhole = new Set<string>();

  const take = (file: FileView, name: string, isPublished: boolean, depth = 0): void => {
    const key = exportKey(file.path, name);
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
  for (const file of project.files) {
    if (!reached.has(file.path) && !file.isTest) continue;
    for (const row of file.imports) {
      if (row.target.kind !== 'module') continue;
      const target = project.byPath.get(row.target.submodule ?? row.target.path);
      if (!target) continue;
      if (row.kind === 're-export' || row.kind === 're-export-star' || row.kind === 'side-effect') continue;
      if (row.kind === 'member' && row.name !== '' && row.target.submodule === undefined) {
        take(target, row.name, false);
        // A default import of a CommonJS module is the module.
        if (row.name === 'default' && !target.exports.has('default')) takeMembers(file, row, target);
      } else takeMembers(file, row, target);
    }
  }
  return { reached, taken, published, whole };

  /** `import * as ns`, `import a.b`, `require`, `import()`: the members that are named, or all where the module itself is passed on. */
  function takeMembers(file: FileView, row: ImportView, target: FileView): void {
    const names =
      row.kind === 'dynamic' ? dynamicNames(file, row) : row.kind === 'star' ? undefined : namespaceNames(file, row);
    if (names === undefined) {
      if (row.kind === 'star' && file.family === 'python') {
        for (const name of target.exports.keys()) if (file.words.places.has(name)) take(target, name, false);
        return;
      }
      takeAll(target, false);
    } else
      for (const name of names) {
        take(target, name, false);
        if (name === 'default' || !target.exports.has(name)) continue;
      }
  }
}

/** Member names of a module's local name; undefined where it goes anywhere else. */
function namespaceNames(file: FileView, row: ImportView): string[] | undefined {
  if (row.local === '') return undefined;
  const isExported = [...file.exports.values()].some((each) => each.import === row.row);
  if (isExported && file.family === 'ecmascript') return undefined;
  const names: string[] = [];
  const starts = lineStarts(file.text);
  const references = file.facts.references;
  for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
    if (
      references[at + ReferenceColumn.binding] !== Binding.imported ||
      references[at + ReferenceColumn.target] !== row.row
    )
      continue;
    const line = references[at + ReferenceColumn.line]!;
    const offset = (starts[line - 1] ?? 0) + references[at + ReferenceColumn.column]! - 1;
    if (line === row.line && references[at + ReferenceColumn.role] === IMPORT_ROLE) continue;
    const after = file.text.slice(offset + row.local.length, offset + row.local.length + 200);
    const member =
      /^\s*(?:\?\.|\.)\s*([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(after) ??
      /^\s*(?:\?\.)?\[\s*["'`]([^"'`]+)["'`]\s*\]/.exec(after);
    if (member) {
      names.push(member[1]!);
      continue;
    }
    const before = file.text.slice(Math.max(0, offset - 400), offset);
    const picked = /(?:const|let|var)\s*\{([^{}]*)\}\s*(?::[^=]*)?=\s*$/.exec(before);
    if (picked && /^\s*(?:;|\n|$|,)/.test(after) && !picked[1]!.includes('...')) names.push(...pickedNames(picked[1]!));
    else if (/\btypeof\s+$/.test(before) || !/import\s*(?:type\s*)?$/.test(before)) return undefined;
  }
  // Python's flow facts hold no reads of locals: what the words say counts as well.
  if (file.family === 'python')
    for (const [name, places] of file.words.places) if (places.some((place) => place % 2 === 1)) names.push(name);
  return names;
}

/** What is taken of `import('./x')`: `{ a } = await …`, `(await …).a`, `.then(({ a }) => …)`; undefined for all. */
function dynamicNames(file: FileView, row: ImportView): string[] | undefined {
  if (file.family === 'python') return undefined;
  const starts = lineStarts(file.text);
  const place = (starts[row.line - 1] ?? 0) + row.column;
  const open = file.text.lastIndexOf('import', place);
  if (open < 0) return undefined;
  const close = file.text.indexOf(')', place);
  const before = file.text.slice(Math.max(0, open - 300), open);
  const after = file.text.slice(close + 1, close + 300);
  const picked = /(?:const|let|var)\s*\{([^{}]*)\}\s*=\s*await\s*$/.exec(before);
  if (picked && !picked[1]!.includes('...')) return pickedNames(picked[1]!);
  if (/\(\s*await\s+$/.test(before)) {
    const member = /^\s*\)\s*\??\.\s*([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(after);
    return member ? [member[1]!] : undefined;
  }
  const then = /^\s*\.then\(\s*(?:async\s*)?\(?\s*\{([^{}]*)\}\s*\)?\s*=>/.exec(after);
  if (then && !then[1]!.includes('...')) return pickedNames(then[1]!);
  const whole =
    /^\s*\.then\(\s*\(?\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*\)?\s*=>\s*\(?\s*(?:\{\s*default\s*:\s*)?\1\.([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(
      after,
    );
  if (whole) return [whole[2]!];
  return undefined;
}

function pickedNames(list: string): string[] {
  return list.split(',').flatMap((part) => /^\s*["']?([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(part)?.[1] ?? []);
}

function reachedFiles(project: ProjectView): Set<string> {
  const reached = new Set<string>();
  const waiting: string[] = [];
  const reach = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    waiting.push(path);
  };
  for (const path of project.entries.keys()) if (project.byPath.has(path)) reach(path);
  for (const file of project.files) if (runsByItself(file)) reach(file.path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = project.byPath.get(path)!;
    for (const row of file.imports) {
      if (row.target.kind !== 'module') continue;
      for (const target of [row.target.path, row.target.submodule])
        if (target !== undefined && project.byPath.has(target)) reach(target);
      // A package's own modules come with it.
      if (file.family === 'python')
        for (const above of initialisers(project, row.target.submodule ?? row.target.path)) reach(above);
    }
    if (file.family === 'python') for (const above of initialisers(project, path)) reach(above);
  }
  return reached;
}

function initialisers(project: ProjectView, path: string): string[] {
  const found: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const init = `${path.slice(0, slash)}/__init__.py`;
    if (project.byPath.has(init)) found.push(init);
  }
  return found;
}

function runsByItself(file: FileView): boolean {
  if (file.isTest) return true;
  if (file.text.startsWith('#!')) return true;
  return file.family === 'python' && /^if\s+__name__\s*==/m.test(file.text);
}

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
