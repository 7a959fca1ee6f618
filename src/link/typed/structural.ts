/** Go: a type implements every interface whose methods it has. */
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { edgeKindIndex } from '../edge-buffer.ts';
import { type Container, fileOf, refOf, type SymbolRef } from './declarations.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';

/** Methods of an interface by name; undefined where an embedded one is not known. */
interface MethodSet {
  readonly methods: ReadonlyMap<string, SymbolRef>;
}

type Add = (source: number, target: SymbolRef, kind: number, line: number, column: number) => void;

/** Interfaces by the first of their methods' names in order, so that each type asks only for names it has. */
export const INTERFACES = 'interfaces:';

export function structuralEdges(resolution: Resolution, file: TypedFile, add: Add): void {
  const { symbols, strings } = file.facts;
  const index = resolution.container(INTERFACES);
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    const ref = refOf(file.number, row);
    const kind = resolution.kind(ref);
    if (kind !== 'struct' && kind !== 'type') continue;
    const type = resolution.containerOf(ref);
    if (!type || type.key.startsWith('local:')) continue;
    const names = methodNames(resolution, type, 0);
    const line = symbols[row * SYMBOL_STRIDE + SymbolColumn.nameLine]!;
    const column = symbols[row * SYMBOL_STRIDE + SymbolColumn.nameColumn]!;
    for (const name of names) {
      for (const contract of resolution.direct(index, name)) {
        const set = methodsOf(resolution, contract);
        if (!set || ![...set.methods.keys()].every((method) => names.has(method))) continue;
        if (!hasAll(resolution, type, set)) continue;
        add(row, contract, edgeKindIndex.implements, line, column);
        resolution.stack.recorder.visit(fileOf(contract));
      }
    }
  }
  // The methods of this file, to those of the interfaces that their types implement.
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    const ref = refOf(file.number, row);
    if (resolution.kind(ref) !== 'method' || resolution.isDeclarationOnly(ref)) continue;
    const name = strings[symbols[row * SYMBOL_STRIDE + SymbolColumn.name]!]!;
    const holder = resolution.holderOf(ref);
    if (!holder) continue;
    const line = symbols[row * SYMBOL_STRIDE + SymbolColumn.nameLine]!;
    const column = symbols[row * SYMBOL_STRIDE + SymbolColumn.nameColumn]!;
    for (const method of implemented(resolution, index, holder).get(name) ?? [])
      add(row, method, edgeKindIndex.overrides, line, column);
  }
}

/** Interface methods that a type implements, by name. */
function implemented(
  resolution: Resolution,
  index: Container,
  type: Container,
): ReadonlyMap<string, readonly SymbolRef[]> {
  return (
    resolution.cached(type, 'implemented', () => {
      const found = new Map<string, SymbolRef[]>();
      const names = methodNames(resolution, type, 0);
      for (const name of names) {
        for (const contract of resolution.direct(index, name)) {
          const set = methodsOf(resolution, contract);
          if (!set || ![...set.methods.keys()].every((method) => names.has(method)) || !hasAll(resolution, type, set))
            continue;
          resolution.stack.recorder.visit(fileOf(contract));
          for (const [method, ref] of set.methods) {
            const list = found.get(method);
            if (list) list.push(ref);
            else found.set(method, [ref]);
          }
        }
      }
      return found;
    }) ?? new Map()
  );
}

/** Names of a type's methods, those of embedded fields among them. */
function methodNames(resolution: Resolution, type: Container, depth: number): ReadonlySet<string> {
  return (
    resolution.cached(type, 'methods', () => {
      const names = new Set<string>();
      resolution.stack.recorder.lookup(resolution.lookupKey(type, ''));
      for (const [name, refs] of type.members)
        if (refs.some((ref) => resolution.kind(ref) === 'method')) names.add(name);
      if (depth < 6) {
        for (const base of resolution.supers(type)) {
          if (base.kind !== 'instance') continue;
          for (const name of methodNames(resolution, base.type, depth + 1)) names.add(name);
        }
      }
      return names;
    }) ?? new Set()
  );
}

function methodsOf(resolution: Resolution, contract: SymbolRef): MethodSet | undefined {
  const type = resolution.containerOf(contract);
  if (!type) return undefined;
  return resolution.cached(type, 'contract', () => {
    resolution.file(contract);
    resolution.exists(type);
    const methods = new Map<string, SymbolRef>();
    for (const [name, refs] of type.members) {
      const method = refs.find((ref) => resolution.kind(ref) === 'method');
      if (method !== undefined) methods.set(name, method);
    }
    for (const base of resolution.supers(type)) {
      if (base.kind !== 'instance') return undefined;
      const definition = base.type.declarations[0];
      const more =
        definition === undefined || resolution.kind(definition) !== 'interface'
          ? undefined
          : methodsOf(resolution, definition);
      if (!more) return undefined;
      for (const [name, ref] of more.methods) methods.set(name, ref);
    }
    return { methods };
  });
}

/** Whether the type's methods take and give as many values as the interface's, with the same types as written without packages. */
function hasAll(resolution: Resolution, type: Container, set: MethodSet): boolean {
  for (const [name, wanted] of set.methods) {
    const found = resolution.member(type, name, 'call');
    const method = found?.refs.find((ref) => resolution.kind(ref) === 'method');
    if (method === undefined) return false;
    if (
      resolution.column(method, SymbolColumn.parameterCount) !== resolution.column(wanted, SymbolColumn.parameterCount)
    )
      return false;
    if (shape(resolution, method) !== shape(resolution, wanted)) return false;
    // Methods with a small first letter belong to their package alone.
    if (
      /^\P{Lu}/u.test(name) &&
      resolution.declarations.file(fileOf(method))!.packageKey !==
        resolution.declarations.file(fileOf(wanted))!.packageKey
    )
      return false;
  }
  return true;
}

const shapes = new Map<string, string>();

function shape(resolution: Resolution, ref: SymbolRef): string {
  const file = resolution.declarations.file(fileOf(ref))!;
  const first = resolution.column(ref, SymbolColumn.parameters);
  const count = resolution.column(ref, SymbolColumn.parameterCount);
  let text = `${resolution.text(ref, SymbolColumn.returnType) ?? ''}(`;
  for (let row = first; row < first + count; row++) {
    const type = file.facts.parameters[row * 4 + 1]!;
    text += `${type < 0 ? '' : file.facts.strings[type]!},`;
  }
  let plain = shapes.get(text);
  if (plain === undefined)
    shapes.set(
      text,
      (plain = text
        .replace(/[\p{L}\p{N}_]+\./gu, '')
        .replace(/\binterface\{\}/g, 'any')
        .replace(/\s+/g, '')),
    );
  return plain;
}
