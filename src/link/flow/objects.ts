/** The abstract objects that flow through slots, interned to dense numbers. */
import { PairMap } from './pair-map.ts';

export const ObjectKind = {
  /** file number, name within the file that holds when others are added (Program) */
  function: 0,
  /** file number, name within the file */
  class: 1,
  /** file number */
  module: 2,
  /** class object (ECMAScript: or a function object; or an external): one for all instances */
  instance: 3,
  /** function object, place of allocation in it: a container or an object literal */
  site: 4,
  /** callee object, receiver object */
  bound: 5,
  /** name: something outside the tree, `py:os#getcwd` */
  external: 6,
  /** ConstantKind, text (−1: unknown) */
  constant: 7,
  /**
   * function object, parameter (RECEIVER for ECMAScript's `this`): whatever a caller passes. What flows to a result is filled in
   * at each call; everything else acts on all that callers pass.
   */
  parameter: 8,
  /** class object in whose body `super` stands, receiver object */
  super: 9,
  /** wrapped object, WrapperKind */
  wrapper: 10,
  /** class or function object: what its instances inherit from (ECMAScript) */
  prototype: 11,
  /** path: a package without a file of its own (Python) */
  folder: 12,
  /** object, pattern of names: all that the object has under such names, while they are many (`getattr(x, "visit_" + kind)`) */
  matching: 13,
} as const;

export const WrapperKind = { static: 0, class: 1, property: 2 } as const;
export const RECEIVER = 1_000;
/** Of a parameter that a test told apart, its index is in the low bits and the place of the test in the high ones. */
const NARROWED = 16;
const LAST_PLACE = 0x7ffe;

/** The parameter as a test at `place` in its function lets it through; −1 where the place has no number. */
export function narrowedParameter(objects: ObjectTable, parameter: number, place: number): number {
  if (place < 0 || place > LAST_PLACE) return -1;
  const index = parameterIndex(objects, parameter) | ((place + 1) << NARROWED);
  return objects.intern(ObjectKind.parameter, objects.a[parameter]!, index);
}

export function parameterIndex(objects: ObjectTable, parameter: number): number {
  return objects.b[parameter]! & ((1 << NARROWED) - 1);
}
/** Classes whose names are numbered from here on are made by calls: no class statement declares them. */
export const firstMadeClass = 1 << 24;

/** Texts of a linker, interned: attribute names, keys, external names. */
export class NameTable {
  readonly texts: string[] = [];
  readonly #ids = new Map<string, number>();
  /** By prefix and name. */
  readonly #prefixed = new PairMap(1024);
  readonly #hashes: (number | undefined)[] = [];

  id(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.#ids.set(text, id);
    }
    return id;
  }

  /** The name that begins with the text of another. */
  prefixed(prefix: number, id: number): number {
    let name = this.#prefixed.get(prefix, id);
    if (name < 0) this.#prefixed.set(prefix, id, (name = this.id(this.texts[prefix]! + this.texts[id]!)));
    return name;
  }

  text(id: number): string {
    return this.texts[id]!;
  }

  /** Whether it names something of link's own and no attribute. */
  isInner(id: number): boolean {
    return this.texts[id]!.startsWith('#');
  }

  /** Of the text: the same whatever its number is. */
  hash(id: number): number {
    return (this.#hashes[id] ??= textHash(this.texts[id]!));
  }
}

export class ObjectTable {
  readonly kind: number[] = [];
  readonly a: number[] = [];
  readonly b: number[] = [];
  /** ContainerKind of a site. Row of a function or class in its file as that is now, −1 while the file has no such one. */
  readonly detail: number[] = [];
  /** Of a copy that some calls of a factory get: what it is a copy of. Of all else, itself. */
  readonly origin: number[] = [];
  /** By content alone, whatever the numbers are: what is ordered by it is ordered alike in every run. */
  readonly hash: number[] = [];
  /** Members of outside objects, by object and name. */
  readonly outsideMembers = new PairMap(1024);
  readonly #ids = new PairMap(4096);
  readonly #copies = new Map<number, number[]>();
  readonly #copyMarks = new Map<number, { readonly factory: number; readonly mark: number }>();
  readonly #names: NameTable;
  readonly #pathOf: (file: number) => string;

  constructor(names: NameTable, pathOf: (file: number) => string) {
    this.#names = names;
    this.#pathOf = pathOf;
  }

  get count(): number {
    return this.kind.length;
  }

  /** `container`: a site's kind is part of what it is. */
  intern(kind: number, a: number, b = 0, container = 0): number {
    const key = Math.imul(a, 256) + container * 16 + kind;
    const known = this.#ids.get(key, b);
    if (known >= 0) return known;
    const id = this.kind.length;
    this.kind.push(kind);
    this.a.push(a);
    this.b.push(b);
    this.detail.push(kind === ObjectKind.class && b >= firstMadeClass ? firstMadeClass : container);
    this.origin.push(id);
    this.hash.push(this.#hashOf(kind, a, b) + container);
    this.#ids.set(key, b, id);
    return id;
  }

  /** The copy of a function or class that lies in a factory, or is one; `mark` names the copy. */
  copy(object: number, factory: number, mark: number): number {
    const id = this.intern(this.kind[object]!, this.a[object]!, this.#names.prefixed(this.b[object]!, mark));
    if (this.origin[id] !== id) return id;
    this.origin[id] = object;
    this.detail[id] = this.detail[object]!;
    this.#copyMarks.set(id, { factory, mark });
    const copies = this.#copies.get(object);
    if (copies) copies.push(id);
    else this.#copies.set(object, [id]);
    return id;
  }

  /** The factory that a copy belongs to; −1 for what is no copy. */
  factoryOf(copy: number): number {
    return this.#copyMarks.get(copy)?.factory ?? -1;
  }

  markOf(copy: number): number {
    return this.#copyMarks.get(copy)?.mark ?? -1;
  }

  /** Says in which row of its file a function or class is now, −1 when it is gone. */
  setRow(object: number, row: number): void {
    this.detail[object] = row;
    for (const copy of this.#copies.get(object) ?? []) this.detail[copy] = row;
  }

  #hashOf(kind: number, a: number, b: number): number {
    switch (kind) {
      case ObjectKind.function:
      case ObjectKind.class:
        return mix(kind, textHash(this.#pathOf(a)), this.#names.hash(b % firstMadeClass));
      case ObjectKind.module:
        return mix(kind, textHash(this.#pathOf(a)), 0);
      case ObjectKind.external:
      case ObjectKind.folder:
        return mix(kind, this.#names.hash(a), 0);
      case ObjectKind.constant:
        return mix(kind, a, b < 0 ? b : this.#names.hash(b));
      case ObjectKind.bound:
      case ObjectKind.super:
        return mix(kind, this.hash[a]!, this.hash[b]!);
      case ObjectKind.matching:
        return mix(kind, this.hash[a]!, this.#names.hash(b));
      default:
        return mix(kind, this.hash[a]!, b);
    }
  }
}

/** Whether what the object is made of is in the tree as it is now. */
export function isAlive(objects: ObjectTable, object: number): boolean {
  switch (objects.kind[object]) {
    case ObjectKind.function:
    case ObjectKind.class:
      return objects.detail[object]! >= 0;
    case ObjectKind.instance:
    case ObjectKind.site:
    case ObjectKind.parameter:
    case ObjectKind.wrapper:
    case ObjectKind.prototype:
    case ObjectKind.matching:
      return isAlive(objects, objects.a[object]!);
    case ObjectKind.bound:
    case ObjectKind.super:
      return isAlive(objects, objects.a[object]!) && isAlive(objects, objects.b[object]!);
    default:
      return true;
  }
}

function mix(kind: number, a: number, b: number): number {
  let h = Math.imul(a ^ (kind * 0x27d4eb2f), 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

/** FNV-1a, 32 bits. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
