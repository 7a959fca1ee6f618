/**
 * What all files of one family declare, by container: a package, namespace or module, or a type. A container is found by its
 * qualified key, whichever files it is spread over (a Go package, a partial class, a reopened Ruby module).
 */
import { EXPRESSION_STRIDE } from '#model/declared-types.ts';
import { REFERENCE_STRIDE, ReferenceColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { symbolKinds } from '#model/vocabulary.ts';
import type { TypedFile } from './typed-file.ts';

/** File number and symbol row in one number. */
export type SymbolRef = number;
const ROWS = 2_097_152;
export const refOf = (file: number, row: number): SymbolRef => file * ROWS + row;
export const fileOf = (ref: SymbolRef): number => Math.floor(ref / ROWS);
export const rowOf = (ref: SymbolRef): number => ref % ROWS;

export interface Container {
  readonly id: number;
  readonly key: string;
  /** Name without the qualifier. */
  readonly name: string;
  readonly members: Map<string, SymbolRef[]>;
  /** Symbols that declare it; empty for packages, which only have files. */
  readonly declarations: SymbolRef[];
  /** Files that lie in it: of a package or namespace. */
  readonly files: number[];
  /** Packages with files below this one; `a` has `a.b`. */
  below: number;
}

export class Declarations {
  readonly #containers = new Map<string, Container>();
  /** Members declared outside of their type whose owner only their own file can resolve, by the owner's last name. */
  readonly #attached = new Map<string, SymbolRef[]>();
  readonly #files = new Map<number, TypedFile>();
  /** `implement` references with a subject (Rust), by the subject's last name: file and offset in its references. */
  readonly #implementing = new Map<string, (readonly [TypedFile, number])[]>();

  implementing(typeName: string): readonly (readonly [TypedFile, number])[] {
    return this.#implementing.get(typeName) ?? [];
  }

  file(number: number): TypedFile | undefined {
    return this.#files.get(number);
  }

  files(): IterableIterator<TypedFile> {
    return this.#files.values();
  }

  /** The container of that key; made if there is none, since a miss must be remembered too. */
  container(key: string): Container {
    let found = this.#containers.get(key);
    if (!found) {
      const cut = Math.max(key.lastIndexOf('.'), key.lastIndexOf(':'), key.lastIndexOf('\\'), key.lastIndexOf('/'));
      found = {
        id: this.#containers.size,
        key,
        name: key.slice(cut + 1),
        members: new Map(),
        declarations: [],
        files: [],
        below: 0,
      };
      this.#containers.set(key, found);
    }
    return found;
  }

  attached(ownerName: string): readonly SymbolRef[] {
    return this.#attached.get(ownerName) ?? [];
  }

  add(file: TypedFile): void {
    this.#files.set(file.number, file);
    this.#each(file, (list, ref) => insert(list, ref, (a, b) => this.#order(a, b)));
    insert(this.container(file.packageKey).files, file.number, (a, b) => this.#order(refOf(a, 0), refOf(b, 0)));
    for (const outer of this.outer(file)) outer.below++;
    for (const [name, at] of subjects(file)) {
      const list = this.#implementing.get(name) ?? [];
      list.push([file, at]);
      list.sort((a, b) => (a[0].path < b[0].path ? -1 : a[0].path > b[0].path ? 1 : a[1] - b[1]));
      this.#implementing.set(name, list);
    }
  }

  remove(number: number): void {
    const file = this.#files.get(number);
    if (!file) return;
    this.#each(file, (list, ref) => {
      const at = list.indexOf(ref);
      if (at >= 0) list.splice(at, 1);
    });
    const { files } = this.container(file.packageKey);
    const at = files.indexOf(number);
    if (at >= 0) files.splice(at, 1);
    for (const outer of this.outer(file)) outer.below--;
    for (const [name] of subjects(file)) {
      this.#implementing.set(
        name,
        (this.#implementing.get(name) ?? []).filter(([other]) => other.number !== number),
      );
    }
    this.#files.delete(number);
  }

  /** The packages around a file's own. */
  outer(file: TypedFile): readonly Container[] {
    const found: Container[] = [];
    const { separator, family } = file.dialect;
    let key = file.packageKey;
    for (let cut = key.lastIndexOf(separator); cut > family.length; cut = key.lastIndexOf(separator)) {
      key = key.slice(0, cut);
      found.push(this.container(key));
    }
    return found;
  }

  /** Indexes that are no containers of a language: by path, by method. */
  addMember(key: string, name: string, ref: SymbolRef): void {
    insert(listIn(this.container(key).members, name), ref, (a, b) => this.#order(a, b));
  }

  removeMember(key: string, name: string, ref: SymbolRef): void {
    const list = this.container(key).members.get(name);
    const at = list?.indexOf(ref) ?? -1;
    if (at >= 0) list!.splice(at, 1);
  }

  /** By path, then row: the same whatever order files came in. */
  #order(a: SymbolRef, b: SymbolRef): number {
    const fileA = fileOf(a);
    const fileB = fileOf(b);
    if (fileA === fileB) return rowOf(a) - rowOf(b);
    const pathA = this.#files.get(fileA)!.path;
    const pathB = this.#files.get(fileB)!.path;
    return pathA < pathB ? -1 : pathA > pathB ? 1 : 0;
  }

  #each(file: TypedFile, visit: (list: SymbolRef[], ref: SymbolRef) => void): void {
    for (const declared of declaredBy(file)) {
      const ref = refOf(file.number, declared.row);
      const list =
        declared.attachedTo === undefined
          ? listIn(this.container(declared.container).members, declared.name)
          : listIn(this.#attached, declared.attachedTo);
      visit(list, ref);
      if (declared.ownKey !== undefined) visit(this.container(declared.ownKey).declarations, ref);
    }
  }
}

function listIn(map: Map<string, SymbolRef[]>, name: string): SymbolRef[] {
  let list = map.get(name);
  if (!list) map.set(name, (list = []));
  return list;
}

function insert(list: number[], item: number, order: (a: number, b: number) => number): void {
  if (list.length === 0 || order(list[list.length - 1]!, item) <= 0) {
    list.push(item);
    return;
  }
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(list[middle]!, item) <= 0) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, item);
}

export interface Declared {
  readonly row: number;
  readonly name: string;
  readonly container: string;
  /** Key of the container that the symbol itself is. */
  readonly ownKey: string | undefined;
  readonly attachedTo: string | undefined;
}

const kind = (name: (typeof symbolKinds)[number]): number => symbolKinds.indexOf(name);
const containerKinds = new Set([
  kind('namespace'),
  kind('class'),
  kind('interface'),
  kind('trait'),
  kind('enum'),
  kind('struct'),
  kind('union'),
  kind('type'),
  kind('enum-member'),
]);
const functionKinds = new Set([kind('function'), kind('method'), kind('constructor')]);
const enumKind = kind('enum');
const enumMemberKind = kind('enum-member');

/** Every symbol that other places can name. What is local to a function is not among them. */
export function declaredBy(file: TypedFile): readonly Declared[] {
  const { facts, dialect } = file;
  const { symbols, strings } = facts;
  const count = symbols.length / SYMBOL_STRIDE;
  const keys: (string | undefined)[] = [file.packageKey];
  const found: Declared[] = [];
  for (let row = 1; row < count; row++) {
    const at = row * SYMBOL_STRIDE;
    const parent = symbols[at + SymbolColumn.parent]!;
    const symbolKind = symbols[at + SymbolColumn.kind]!;
    const parentKey = keys[parent];
    const nameId = symbols[at + SymbolColumn.name]!;
    const name = nameId < 0 ? '' : strings[nameId]!;
    if (
      parentKey === undefined ||
      (parent > 0 && functionKinds.has(symbols[parent * SYMBOL_STRIDE + SymbolColumn.kind]!))
    ) {
      // Local to a function: only its own scope can name it, but its members need a container.
      keys[row] = containerKinds.has(symbolKind) ? `local:${file.path}#${row}` : undefined;
      if (keys[row] !== undefined)
        found.push({ row, name, container: `local:${file.path}`, ownKey: keys[row], attachedTo: undefined });
      continue;
    }
    const isAnonymous = name === '';
    const ownerId = symbols[at + SymbolColumn.owner]!;
    let container = parentKey;
    let attachedTo: string | undefined;
    if (ownerId >= 0) {
      const owner = strings[ownerId]!;
      if (dialect.ownerIsLocal) container = dialect.join(parentKey, owner);
      else attachedTo = /[\p{L}\p{N}_$]+$/u.exec(owner)?.[0] ?? owner;
    }
    let ownKey: string | undefined;
    if (isAnonymous) ownKey = symbolKind === kind('namespace') ? parentKey : `local:${file.path}#${row}`;
    else if (
      containerKinds.has(symbolKind) ||
      functionKinds.has(symbolKind) ||
      symbolKind === kind('field') ||
      symbolKind === kind('variable')
    )
      ownKey = dialect.join(container, name);
    keys[row] = ownKey;
    const isContainer = containerKinds.has(symbolKind);
    found.push({ row, name, container, ownKey: isContainer ? ownKey : undefined, attachedTo });
    // Enumerators of C and of unscoped C++ enums belong to the scope around the enum as well.
    if (
      symbolKind === enumMemberKind &&
      dialect.enumeratorsLeak &&
      parent > 0 &&
      symbols[parent * SYMBOL_STRIDE + SymbolColumn.kind] === enumKind
    ) {
      const outer = keys[symbols[parent * SYMBOL_STRIDE + SymbolColumn.parent]!];
      if (outer !== undefined) found.push({ row, name, container: outer, ownKey: undefined, attachedTo: undefined });
    }
  }
  file.keys = keys;
  return found;
}

/** Last names of the types for which the file implements something, with the offsets of the references. */
export function subjects(file: TypedFile): readonly (readonly [string, number])[] {
  const { references, expressions, strings } = file.facts;
  const found: [string, number][] = [];
  for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
    const subject = references[at + ReferenceColumn.subject]!;
    if (subject < 0) continue;
    const text = strings[expressions[subject * EXPRESSION_STRIDE + 1]!] ?? '';
    const name = /[\p{L}\p{N}_$]+$/u.exec(text)?.[0];
    if (name !== undefined) found.push([name, at]);
  }
  return found;
}
