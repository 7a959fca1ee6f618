import { SymbolColumn } from '#model/facts.ts';
import { fileOf } from '../typed/declarations.ts';
import type { Dialect, ImportTarget, Wanted } from '../typed/dialect.ts';
import { external, importRow, memberValue, qualified } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';
import type { Value } from '../typed/value.ts';

const ROOT = 'php:';

function join(container: string, name: string): string {
  return container === ROOT ? ROOT + name : `${container}\\${name}`;
}

function importTarget(resolution: Resolution, file: TypedFile, row: number): ImportTarget {
  const { kind, specifier, name } = importRow(file, row);
  if (kind === 'include') return includeTarget(resolution, file, specifier);
  const full = specifier ? `${specifier}\\${name}` : (name ?? '');
  const value = qualified(resolution, file, ROOT, full.split('\\'), 'any');
  if (value?.kind === 'package') return { kind: 'package', key: value.container.key };
  return value ? { kind: 'member', value } : { kind: 'external', name: full };
}

function includeTarget(resolution: Resolution, file: TypedFile, specifier: string): ImportTarget {
  const paths = resolution.container('path:');
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  for (const candidate of [folder + specifier.replace(/^\//, ''), specifier]) {
    const parts: string[] = [];
    for (const part of candidate.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.' && part !== '') parts.push(part);
    }
    const found = resolution.direct(paths, parts.join('/'))[0];
    if (found !== undefined) return { kind: 'files', files: [fileOf(found)] };
  }
  return undefined;
}

function outerName(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  if (name === 'self' || name === 'static' || name === '$this') {
    const type = resolution.enclosingType(file, row);
    return type && { kind: 'type', type, args: [] };
  }
  const own = memberValue(resolution, file, file.packageKey, name, wanted);
  if (own) return own;
  // Functions and constants fall back to the global name space; classes do not.
  if (wanted === 'call') return memberValue(resolution, file, ROOT, name, wanted) ?? external(name);
  if (wanted !== 'type') {
    const global = memberValue(resolution, file, ROOT, name, wanted);
    if (global && global.kind !== 'type') return global;
  }
  const nested = resolution.container(join(file.packageKey, name));
  if (wanted === 'value' && resolution.exists(nested)) return { kind: 'package', container: nested };
  return /^(?:int|string|bool|float|array|mixed|callable|iterable|object|void|null|never|false|true)$/.test(name)
    ? undefined
    : external(name);
}

export const phpDialect: Dialect = {
  language: 'php',
  family: 'php',
  ecosystem: 'php',
  separator: '\\',
  join,
  packageKey: (_path, facts) => {
    const namespace = facts.strings[facts.symbols[SymbolColumn.declaredType]!];
    return namespace ? ROOT + namespace : ROOT;
  },
  ownerIsLocal: false,
  enumeratorsLeak: false,
  implicitMembers: false,
  oneNameSpace: false,
  callsConstruct: false,
  constructorNames: ['__construct'],
  structural: false,
  outerIgnoresPlace: false,
  transparent: new Set(),
  hiddenArguments: () => 0,
  importTarget,
  importName: (_resolution, file, row) => importRow(file, row).name,
  outerName,
  // `\in_array()`: the global name space is never known whole.
  extension: (_resolution, _file, _row, object, name) =>
    object.kind === 'package' && object.container.key === ROOT ? external(name) : undefined,
  path(resolution, file, row, path) {
    if (path === 'parent') {
      const type = resolution.enclosingType(file, row);
      return type && { kind: 'super', type };
    }
    if (path === '\\') return { kind: 'package', container: resolution.container(ROOT) };
    if (!path.startsWith('\\')) {
      if (!path.includes('\\')) return undefined;
      const [first = '', ...rest] = path.split('\\');
      if (first === 'namespace') return qualified(resolution, file, file.packageKey, rest, 'any');
      const start = resolution.importNames(file).has(first) ? resolution.named(file, row, first, 'any') : undefined;
      if (!start) return qualified(resolution, file, file.packageKey, [first, ...rest], 'any') ?? external(path);
      let value: Value | undefined = start;
      for (const part of rest) value = value && resolution.memberOf(value, part, 'any', file);
      return value;
    }
    return qualified(resolution, file, ROOT, path.slice(1).split('\\'), 'any') ?? external(path.slice(1));
  },
};
