import { ParameterColumn, PARAMETER_STRIDE, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { symbolKinds } from '#model/vocabulary.ts';
import { fileOf, rowOf, type SymbolRef } from '../typed/declarations.ts';
import type { Dialect, ImportTarget, Wanted } from '../typed/dialect.ts';
import { settled } from '../typed/evaluate.ts';
import { external, importRow, importRows, memberValue, qualified } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';
import type { Value } from '../typed/value.ts';

const ROOT = 'cs:';
const namespaceKind = symbolKinds.indexOf('namespace');
/** Namespaces that the platform brings. */
const platform = /^(?:System|Microsoft|Windows|Xunit|NUnit|Newtonsoft|Moq|FluentAssertions)(?:\.|$)/;
const keywords: Readonly<Record<string, string>> = {
  string: 'String',
  object: 'Object',
  int: 'Int32',
  long: 'Int64',
  bool: 'Boolean',
  byte: 'Byte',
  char: 'Char',
  double: 'Double',
  float: 'Single',
  decimal: 'Decimal',
  short: 'Int16',
  uint: 'UInt32',
  ulong: 'UInt64',
  ushort: 'UInt16',
  sbyte: 'SByte',
};

function join(container: string, name: string): string {
  return container === ROOT ? ROOT + name : `${container}.${name}`;
}

/** Keys of the namespaces around a place, from the inside out. */
function enclosing(file: TypedFile, row: number): readonly string[] {
  const keys = new Set<string>();
  const { symbols } = file.facts;
  for (let at = row; at > 0; at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!) {
    if (symbols[at * SYMBOL_STRIDE] !== namespaceKind) continue;
    for (
      let key = file.keys[at] ?? ROOT;
      key.length > ROOT.length;
      key = key.includes('.') ? key.slice(0, key.lastIndexOf('.')) : ROOT
    )
      keys.add(key);
  }
  keys.add(ROOT);
  return [...keys];
}

function importTarget(resolution: Resolution, file: TypedFile, row: number): ImportTarget {
  const { kind, specifier, name } = importRow(file, row);
  const full = kind === 'member' && name !== undefined ? (specifier ? `${specifier}.${name}` : name) : specifier;
  const value = qualified(resolution, file, ROOT, full.split('.'), 'any');
  if (value?.kind === 'package') return { kind: 'package', key: value.container.key };
  return value ? { kind: 'member', value } : { kind: 'external', name: full };
}

/** Rows of `using` directives that hold in a file: its own, and the global ones of its project's folder. */
function usings(resolution: Resolution, file: TypedFile): readonly (readonly [TypedFile, number])[] {
  const found: (readonly [TypedFile, number])[] = importRows(file).map((row) => [file, row] as const);
  const global = resolution.container('global usings:');
  for (const ref of resolution.direct(global, 'file')) {
    const other = resolution.declarations.file(fileOf(ref))!;
    if (other === file) continue;
    resolution.stack.recorder.visit(other.number);
    for (const row of importRows(other)) if (importRow(other, row).flags & 16) found.push([other, row]);
  }
  return found;
}

function outerName(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  for (const key of enclosing(file, row)) {
    const found = memberValue(resolution, file, key, name, wanted);
    if (found) return found;
  }
  for (const [from, each] of usings(resolution, file)) {
    if (importRow(from, each).kind !== 'star') continue;
    const target = resolution.importTarget(from, each);
    if (target?.kind === 'package') {
      const found = memberValue(resolution, file, target.key, name, wanted);
      if (found) return found;
    } else if (target?.kind === 'member' && target.value.kind === 'type' && importRow(from, each).flags & 8) {
      const found = resolution.memberOf(target.value, name, wanted, file);
      if (found && found.kind !== 'external') return found;
    }
  }
  if (keywords[name] !== undefined) return external(`System.${keywords[name]}`);
  if (wanted !== 'call' && wanted !== 'type') {
    for (const key of enclosing(file, row)) {
      const container = resolution.container(join(key, name));
      if (resolution.exists(container)) return { kind: 'package', container };
    }
    if (platform.test(name)) return external(name);
  }
  // A type that no file of the tree declares comes from one of the namespaces that are used; which one is not known.
  return wanted === 'type' && /^\p{Lu}/u.test(name) ? external(name) : undefined;
}

/** `static void F(this T x)` called as `x.F()`, where its namespace is used. */
function extension(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  object: Value,
  name: string,
): Value | undefined {
  const known = settled(resolution, object);
  const candidates = resolution.direct(resolution.container('extensions:'), name);
  if (candidates.length === 0) return undefined;
  const seen = new Set<string>(enclosing(file, row));
  for (const [from, each] of usings(resolution, file)) {
    const target = resolution.importTarget(from, each);
    if (target?.kind === 'package') seen.add(target.key);
  }
  const fitting: SymbolRef[] = [];
  for (const ref of candidates) {
    const holder = resolution.holderOf(ref);
    const namespace = holder && (holder.key.includes('.') ? holder.key.slice(0, holder.key.lastIndexOf('.')) : ROOT);
    if (namespace === undefined || !seen.has(namespace)) continue;
    const other = resolution.file(ref);
    const first =
      other.facts.parameters[
        resolution.column(ref, SymbolColumn.parameters) * PARAMETER_STRIDE + ParameterColumn.type
      ]!;
    const type =
      first < 0
        ? undefined
        : resolution.typeNamed(other, rowOf(ref), other.facts.strings[first]!.replace(/^this /, ''));
    if (accepts(resolution, known, type)) fitting.push(ref);
  }
  return fitting.length > 0
    ? { kind: 'callable', refs: fitting, receiver: { kind: 'external', name: 'this', instance: true, args: [] } }
    : undefined;
}

/** Whether an extension of the type may be called on the value. */
function accepts(resolution: Resolution, value: Value | undefined, type: Value | undefined): boolean {
  if (!type || !value) return false;
  if (type.kind === 'parameter') return type.bound === undefined || accepts(resolution, value, type.bound);
  if (type.kind === 'array') return value.kind === 'array';
  if (type.kind === 'external') return value.kind === 'external' && value.name === type.name;
  if (type.kind !== 'instance' || value.kind !== 'instance') return false;
  return (
    value.type === type.type ||
    resolution
      .supers(value.type)
      .some((base) => base.kind === 'instance' && base.type !== value.type && accepts(resolution, base, type))
  );
}

/** Extension methods by name, and files with `global using`. */
function indexed(file: TypedFile): readonly (readonly [string, string, number])[] {
  const { symbols, parameters, strings } = file.facts;
  const found: [string, string, number][] = [];
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    const at = row * SYMBOL_STRIDE;
    if (symbols[at + SymbolColumn.parameterCount] === 0) continue;
    const type = parameters[symbols[at + SymbolColumn.parameters]! * PARAMETER_STRIDE + ParameterColumn.type]!;
    if (type >= 0 && strings[type]!.startsWith('this '))
      found.push(['extensions:', strings[symbols[at + SymbolColumn.name]!]!, row]);
  }
  if (importRows(file).some((row) => importRow(file, row).flags & 16)) found.push(['global usings:', 'file', 0]);
  return found;
}

export const csharpDialect: Dialect = {
  language: 'csharp',
  family: 'cs',
  ecosystem: 'dotnet',
  separator: '.',
  join,
  packageKey: () => ROOT,
  ownerIsLocal: false,
  enumeratorsLeak: false,
  implicitMembers: true,
  oneNameSpace: false,
  callsConstruct: false,
  constructorNames: [],
  structural: false,
  overloadsInherit: true,
  outerIgnoresPlace: false,
  transparent: new Set(['Nullable', 'Lazy']),
  hiddenArguments: (resolution, ref, receiver) =>
    receiver?.kind === 'external' && receiver.name === 'this' && resolution.kind(ref) === 'method' ? 1 : 0,
  indexed,
  extension,
  importTarget,
  importName: (_resolution, file, row) =>
    importRow(file, row).kind === 'member' ? importRow(file, row).alias : undefined,
  outerName,
};
