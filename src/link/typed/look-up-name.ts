import { ImportColumn, IMPORT_STRIDE, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { symbolKinds } from '#model/vocabulary.ts';
import { refOf, type SymbolRef } from './declarations.ts';
import type { Wanted } from './dialect.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';
import type { Value } from './value.ts';

/** What an unqualified name means: scopes from the inside out, then imports, then what the language adds. */
export function lookUpName(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  const { symbols } = file.facts;
  const { dialect } = file;
  for (let at = row; at > 0; at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!) {
    const found = inScope(resolution, file, at, name, wanted);
    if (found) return found;
    // A Rust module sees nothing of the modules around it.
    if (dialect.family === 'rust' && resolution.isNamespace(refOf(file.number, at))) break;
  }
  return resolution.outer(
    file,
    name,
    wanted,
    () => fromImports(resolution, file, name, wanted) ?? dialect.outerName(resolution, file, row, name, wanted),
  );
}

function inScope(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  const { dialect } = file;
  const ref = refOf(file.number, row);
  const kind = resolution.kind(ref);
  if (kind === 'function' || kind === 'method' || kind === 'constructor') {
    const local = childrenNamed(resolution, file, row, name).filter((child) => resolution.fits(child, wanted));
    if (local.length > 0) return resolution.denoted(local, undefined);
    if (resolution.column(ref, SymbolColumn.owner) < 0 || !dialect.implicitMembers) return undefined;
    const owner = resolution.ownerOf(ref);
    return owner && inType(resolution, file, owner, name, wanted);
  }
  if (kind === 'namespace') {
    const container = resolution.containerOf(ref);
    if (!container) return undefined;
    const refs = resolution.visibleFrom(file, resolution.fitting(container, name, wanted));
    return refs.length > 0 ? resolution.denoted(refs, undefined) : undefined;
  }
  if (!resolution.isType(ref)) return undefined;
  const type = resolution.containerOf(ref);
  return type && inType(resolution, file, type, name, wanted);
}

function inType(
  resolution: Resolution,
  file: TypedFile,
  type: Parameters<Resolution['direct']>[0],
  name: string,
  wanted: Wanted,
): Value | undefined {
  if (name === type.name && wanted !== 'call') return { kind: 'type', type, args: [] };
  const { dialect } = file;
  if (!dialect.implicitMembers) {
    if (dialect.family === 'go' || dialect.family === 'rust') return undefined;
    const nested = resolution.fitting(type, name, 'type');
    return nested.length > 0 && wanted !== 'call' ? resolution.denoted(nested, undefined) : undefined;
  }
  const found = resolution.member(type, name, wanted);
  if (!found) return undefined;
  // An external supertype may have the member: known only where nothing else answers.
  if (found.external) return undefined;
  return resolution.denoted(found.refs, found.through ?? { kind: 'instance', type, args: [] });
}

/** Symbols declared directly inside a function. */
function childrenNamed(resolution: Resolution, file: TypedFile, row: number, name: string): readonly SymbolRef[] {
  if (!file.children) {
    const { symbols } = file.facts;
    const made = new Map<number, number[]>();
    for (let child = 1; child * SYMBOL_STRIDE < symbols.length; child++) {
      const parent = symbols[child * SYMBOL_STRIDE + SymbolColumn.parent]!;
      const kind = symbolKinds[symbols[parent * SYMBOL_STRIDE]!]!;
      if (kind !== 'function' && kind !== 'method' && kind !== 'constructor') continue;
      const list = made.get(parent);
      if (list) list.push(child);
      else made.set(parent, [child]);
    }
    file.children = made;
  }
  const children = file.children.get(row);
  if (!children) return [];
  return children
    .map((child) => refOf(file.number, child))
    .filter((ref) => resolution.text(ref, SymbolColumn.name) === name);
}

function fromImports(resolution: Resolution, file: TypedFile, name: string, wanted: Wanted): Value | undefined {
  const rows = resolution.importNames(file).get(name);
  if (!rows) return undefined;
  for (const row of rows) {
    const target = resolution.importTarget(file, row);
    if (target === undefined) continue;
    if (target.kind === 'package') return { kind: 'package', container: resolution.container(target.key) };
    if (target.kind === 'external') return { kind: 'external', name: target.name, instance: false, args: [] };
    if (target.kind !== 'member') continue;
    const { value } = target;
    if (fitsValue(resolution, value, wanted)) return value;
  }
  return undefined;
}

function fitsValue(resolution: Resolution, value: Value, wanted: Wanted): boolean {
  if (wanted === 'any' || value.kind === 'external' || value.kind === 'package') return true;
  if (value.kind === 'callable' || value.kind === 'variable')
    return value.refs.some((ref) => resolution.fits(ref, wanted));
  if (value.kind === 'type')
    return value.type.declarations.length === 0 || value.type.declarations.some((ref) => resolution.fits(ref, wanted));
  return true;
}

/** Import rows by the name that they bind. */
export function bindImports(resolution: Resolution, file: TypedFile): ReadonlyMap<string, readonly number[]> {
  const made = new Map<string, number[]>();
  const { imports, strings } = file.facts;
  for (let row = 0; row * IMPORT_STRIDE < imports.length; row++) {
    const alias = imports[row * IMPORT_STRIDE + ImportColumn.alias]!;
    const name = alias >= 0 ? strings[alias]! : file.dialect.importName(resolution, file, row);
    if (name === undefined) continue;
    const list = made.get(name);
    if (list) list.push(row);
    else made.set(name, [row]);
  }
  return made;
}
