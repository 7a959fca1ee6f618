import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { symbolKinds, visibilities } from '#model/vocabulary.ts';
import { fileOf, refOf, type SymbolRef } from '../typed/declarations.ts';
import type { Dialect, ImportTarget, Wanted } from '../typed/dialect.ts';
import { external, importRow, importRows, memberValue } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';
import type { Value } from '../typed/value.ts';

const ROOT = 'c:';
const namespaceKind = symbolKinds.indexOf('namespace');
const INTERNAL = visibilities.indexOf('internal');

const standardHeaders =
  /^<(?:assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath|threads|time|uchar|wchar|wctype|unistd|fcntl|dirent|pthread|poll|sched|dlfcn|getopt|regex|termios|malloc|memory|sys\/[\w]+)\.h>$|^<[a-z_0-9]+>$/;

function join(container: string, name: string): string {
  return container === ROOT ? ROOT + name : `${container}::${name}`;
}

/** The file that an include means: beside the includer, else the one whose path ends so, the nearest of several. */
function includeTarget(resolution: Resolution, file: TypedFile, specifier: string): ImportTarget {
  if (standardHeaders.test(specifier)) return { kind: 'external', name: specifier };
  const isSystem = specifier.startsWith('<');
  const path = isSystem ? specifier.slice(1, -1) : specifier;
  const { recorder } = resolution.stack;
  if (!isSystem) {
    const beside = normalized(file.path.slice(0, file.path.lastIndexOf('/') + 1) + path);
    const paths = resolution.container('path:');
    recorder.lookup(resolution.lookupKey(paths, beside));
    const found = paths.members.get(beside)?.[0];
    if (found !== undefined) return { kind: 'files', files: [fileOf(found)] };
  }
  const tail = path.replace(/^(?:\.\.?\/)+/, '');
  const base = tail.slice(tail.lastIndexOf('/') + 1);
  const names = resolution.container('basename:');
  recorder.lookup(resolution.lookupKey(names, base));
  let best = -1;
  let bestShared = -1;
  for (const ref of names.members.get(base) ?? []) {
    const other = resolution.declarations.file(fileOf(ref))!.path;
    if (other !== tail && !other.endsWith(`/${tail}`)) continue;
    const shared = sharedFolders(file.path, other);
    if (shared > bestShared) [best, bestShared] = [fileOf(ref), shared];
  }
  return best < 0 ? { kind: 'external', name: specifier } : { kind: 'files', files: [best] };
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0) parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function sharedFolders(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let count = 0;
  while (count < left.length - 1 && left[count] === right[count]) count++;
  return count;
}

/** All files that a file includes, directly or not, itself among them. */
function closure(resolution: Resolution, file: TypedFile): ReadonlySet<number> {
  return (
    resolution.cachedOf(file, 'includes', () => {
      const found = new Set([file.number]);
      const stack = [file];
      for (let next = stack.pop(); next; next = stack.pop()) {
        resolution.stack.recorder.visit(next.number);
        for (const row of importRows(next)) {
          if (importRow(next, row).kind !== 'include') continue;
          const target = resolution.importTarget(next, row);
          if (target?.kind !== 'files') continue;
          for (const number of target.files) {
            if (found.has(number)) continue;
            found.add(number);
            const included = resolution.declarations.file(number);
            if (included) stack.push(included);
          }
        }
      }
      return found;
    }) ?? new Set([file.number])
  );
}

/**
 * What a name can mean in a file: what stands in it or in what it includes; a function that is only declared there means its
 * definition elsewhere. Without a declaration, an external function of that name, as a linker would find it.
 */
function select(resolution: Resolution, from: TypedFile, refs: readonly SymbolRef[]): readonly SymbolRef[] {
  const seen = closure(resolution, from);
  const visible = refs.filter((ref) => seen.has(fileOf(ref)));
  const own = visible.filter((ref) => fileOf(ref) === from.number && !resolution.isDeclarationOnly(ref));
  if (own.length > 0 && !resolution.isCallable(own[0]!)) return own;
  const defined = visible.filter((ref) => !resolution.isDeclarationOnly(ref));
  if (own.length > 0 && from.dialect.language === 'c') return own;
  if (defined.length > 0) return defined;
  const elsewhere = refs.filter(
    (ref) =>
      !seen.has(fileOf(ref)) &&
      !resolution.isDeclarationOnly(ref) &&
      !isInternal(resolution, ref) &&
      !isMacro(resolution, ref),
  );
  for (const ref of elsewhere) resolution.stack.recorder.visit(fileOf(ref));
  if (visible.length > 0) return elsewhere.length > 0 ? nearest(resolution, from, elsewhere) : visible.slice(0, 1);
  if (elsewhere.length === 0) return elsewhere;
  return resolution.isCallable(elsewhere[0]!)
    ? nearest(resolution, from, elsewhere)
    : elsewhere.length === 1
      ? elsewhere
      : [];
}

/** Of several programs' functions of one name, those in the same folder. */
function nearest(resolution: Resolution, from: TypedFile, refs: readonly SymbolRef[]): readonly SymbolRef[] {
  if (refs.length < 2) return refs;
  const folder = from.path.slice(0, from.path.lastIndexOf('/') + 1);
  const beside = refs.filter((ref) => {
    const { path } = resolution.declarations.file(fileOf(ref))!;
    return path.slice(0, path.lastIndexOf('/') + 1) === folder;
  });
  return beside.length > 0 ? beside : refs;
}

function isInternal(resolution: Resolution, ref: SymbolRef): boolean {
  return resolution.column(ref, SymbolColumn.visibility) === INTERNAL;
}

function isMacro(resolution: Resolution, ref: SymbolRef): boolean {
  return resolution.kind(ref) === 'macro';
}

function importTarget(resolution: Resolution, file: TypedFile, row: number): ImportTarget {
  const { kind, specifier, name } = importRow(file, row);
  if (kind === 'include') return includeTarget(resolution, file, specifier);
  const key = specifier ? ROOT + specifier.replace(/^::/, '') : ROOT;
  if (kind === 'member' && name !== undefined) {
    const value = memberValue(resolution, file, key, name, 'any');
    return value ? { kind: 'member', value } : { kind: 'external', name: `${specifier}#${name}` };
  }
  return resolution.exists(resolution.container(key))
    ? { kind: 'package', key }
    : { kind: 'external', name: specifier };
}

/** Keys of the namespaces around a place, from the inside out, those of the class that a definition belongs to among them. */
function enclosing(resolution: Resolution, file: TypedFile, row: number): readonly string[] {
  const keys = new Set<string>();
  const addOuter = (key: string): void => {
    for (let at = key; at.length > ROOT.length; at = at.includes('::') ? at.slice(0, at.lastIndexOf('::')) : ROOT)
      keys.add(at);
  };
  const { symbols } = file.facts;
  for (let at = row; at > 0; at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!) {
    if (symbols[at * SYMBOL_STRIDE] === namespaceKind) addOuter(file.keys[at] ?? ROOT);
    else if (symbols[at * SYMBOL_STRIDE + SymbolColumn.owner]! >= 0) {
      const owner = resolution.stack.depth < 20 ? resolution.ownerOf(refOf(file.number, at)) : undefined;
      if (owner) addOuter(owner.key);
    }
  }
  return [...keys];
}

function outerName(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  if (file.dialect.language === 'cpp') {
    for (const key of enclosing(resolution, file, row)) {
      const found = memberValue(resolution, file, key, name, wanted);
      if (found) return found;
    }
  }
  const global = memberValue(resolution, file, ROOT, name, wanted);
  if (global) return global;
  if (file.dialect.language === 'cpp') {
    for (const each of importRows(file)) {
      if (importRow(file, each).kind !== 'star') continue;
      const target = resolution.importTarget(file, each);
      const found = target?.kind === 'package' ? memberValue(resolution, file, target.key, name, wanted) : undefined;
      if (found) return found;
    }
    if (name === 'std' || name === 'boost') return external(name);
    const namespace = resolution.container(ROOT + name);
    return wanted !== 'call' && wanted !== 'type' && resolution.exists(namespace)
      ? { kind: 'package', container: namespace }
      : undefined;
  }
  // A C function that no file of the tree declares comes from a library.
  if (wanted === 'call' && resolution.direct(resolution.container(ROOT), name).length === 0) return external(name);
  return undefined;
}

export const cDialect: Dialect = {
  language: 'c',
  family: 'c',
  ecosystem: 'c',
  separator: '::',
  join,
  packageKey: () => ROOT,
  ownerIsLocal: false,
  enumeratorsLeak: true,
  implicitMembers: false,
  oneNameSpace: false,
  callsConstruct: false,
  constructorNames: [],
  structural: false,
  outerIgnoresPlace: true,
  transparent: new Set(),
  hiddenArguments: () => 0,
  select,
  importTarget,
  importName: (_resolution, file, row) =>
    importRow(file, row).kind === 'member' ? importRow(file, row).name : undefined,
  outerName,
};

export const cppDialect: Dialect = {
  ...cDialect,
  language: 'cpp',
  implicitMembers: true,
  callsConstruct: true,
  outerIgnoresPlace: false,
  transparent: new Set([
    'unique_ptr',
    'shared_ptr',
    'weak_ptr',
    'optional',
    'reference_wrapper',
    'intrusive_ptr',
    'scoped_ptr',
    'atomic',
  ]),
};
