import { ImportColumn, IMPORT_STRIDE } from '#model/facts.ts';
import { type ImportKind, importKinds } from '#model/vocabulary.ts';
import type { Wanted } from './dialect.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';
import type { Value } from './value.ts';

export interface ImportRow {
  readonly kind: ImportKind;
  readonly specifier: string;
  readonly name: string | undefined;
  readonly alias: string | undefined;
  readonly flags: number;
  readonly symbol: number;
}

export function importRow(file: TypedFile, row: number): ImportRow {
  const { imports, strings } = file.facts;
  const at = row * IMPORT_STRIDE;
  return {
    kind: importKinds[imports[at]!]!,
    specifier: strings[imports[at + ImportColumn.specifier]!]!,
    name: strings[imports[at + ImportColumn.name]!],
    alias: strings[imports[at + ImportColumn.alias]!],
    flags: imports[at + ImportColumn.flags]!,
    symbol: imports[at + ImportColumn.symbol]!,
  };
}

export function importRows(file: TypedFile): readonly number[] {
  return Array.from({ length: file.facts.imports.length / IMPORT_STRIDE }, (_, row) => row);
}

/** A full name from the root: the longest package that exists, then members. */
export function qualified(
  resolution: Resolution,
  file: TypedFile,
  root: string,
  parts: readonly string[],
  wanted: Wanted,
): Value | undefined {
  const { join } = file.dialect;
  for (let length = parts.length; length > 0; length--) {
    const key = parts.slice(0, length).reduce((container, part) => join(container, part), root);
    const container = resolution.container(key);
    if (!resolution.exists(container)) continue;
    let value: Value | undefined =
      container.declarations.some((ref) => resolution.isType(ref)) && container.files.length === 0
        ? { kind: 'type', type: container, args: [] }
        : { kind: 'package', container };
    for (let i = length; i < parts.length && value; i++)
      value = resolution.memberOf(value, parts[i]!, i === parts.length - 1 ? wanted : 'any', file);
    if (value) return value;
  }
  return undefined;
}

/** A member of a container as a value, if it has one that fits. */
export function memberValue(
  resolution: Resolution,
  file: TypedFile,
  key: string,
  name: string,
  wanted: Wanted,
): Value | undefined {
  const refs = resolution.visibleFrom(file, resolution.fitting(resolution.container(key), name, wanted));
  return refs.length > 0 ? resolution.denoted(refs, undefined) : undefined;
}

export function external(name: string): Value {
  return { kind: 'external', name, instance: false, args: [] };
}
