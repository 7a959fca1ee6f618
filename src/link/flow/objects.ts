/** The abstract objects that flow through slots, interned to dense numbers. */
import { PairMap } from './pair-map.ts';

export const ObjectKind = {
  /** file number, function row */
  function: 0,
  /** file number, class row */
  class: 1,
  /** file number */
  module: 2,
  /** class object (ECMAScript: or a function object; or an external): one for all instances */
  instance: 3,
  /** file number, place of allocation: a container or an object literal */
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
} as const;

export const WrapperKind = { static: 0, class: 1, property: 2 } as const;
export const RECEIVER = 1_000;
/** Rows of classes from here on stand for classes that calls make: no class statement declares them. */
export const firstMadeClass = 1 << 24;

/** Texts of a linker, interned: attribute names, keys, external names. */
export class NameTable {
  readonly texts: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly #keys: (number | undefined)[] = [];

  id(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.#ids.set(text, id);
    }
    return id;
  }

  /** The name that a text has as an element's key: behind `prefix`, which is the same for all. */
  key(id: number, prefix: string): number {
    let key = this.#keys[id];
    if (key === undefined) this.#keys[id] = key = this.id(prefix + this.texts[id]!);
    return key;
  }

  text(id: number): string {
    return this.texts[id]!;
  }
}

export class ObjectTable {
  readonly kind: number[] = [];
  readonly a: number[] = [];
  readonly b: number[] = [];
  /** ContainerKind of a site, else 0. */
  readonly detail: number[] = [];
  /** Members of outside objects, by object and name. */
  readonly outsideMembers = new PairMap(1024);
  readonly #ids = new PairMap(4096);

  get count(): number {
    return this.kind.length;
  }

  intern(kind: number, a: number, b = 0, detail = 0): number {
    const key = Math.imul(a, 16) + kind;
    const known = this.#ids.get(key, b);
    if (known >= 0) return known;
    const id = this.kind.length;
    this.kind.push(kind);
    this.a.push(a);
    this.b.push(b);
    this.detail.push(detail);
    this.#ids.set(key, b, id);
    return id;
  }
}
