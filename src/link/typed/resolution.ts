import { LocalColumn } from '#model/declared-types.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import type { ProjectFiles } from '../linker.ts';
import { type Container, type Declarations, fileOf, refOf, rowOf, type SymbolRef } from './declarations.ts';
import type { ImportTarget, Wanted } from './dialect.ts';
import { evaluate } from './evaluate.ts';
import { initializersOf, typeKinds } from './file-indexes.ts';
import { bindImports, lookUpName } from './look-up-name.ts';
import { TracedCache } from './recorder.ts';
import { SymbolLookups } from './symbol-lookups.ts';
import { findSupers } from './supertypes.ts';
import { typeValue } from './type-value.ts';
import { parseType } from './type-text.ts';
import type { TypedFile } from './typed-file.ts';
import { substitute, type Value } from './value.ts';

/** Answers questions about the declarations of all files, and remembers what each answer looked at. */
export class Resolution extends SymbolLookups {
  readonly project: ProjectFiles;
  readonly #supers = new TracedCache<Container, readonly Value[]>(this.stack);
  readonly #members = new Map<Container, Readonly<Record<Wanted, TracedCache<string, Found | undefined>>>>();
  readonly #types = new TracedCache<SymbolRef, Value | undefined>(this.stack);
  readonly #results = new TracedCache<SymbolRef, Value | undefined>(this.stack);
  readonly #imports = new TracedCache<number, ImportTarget>(this.stack);
  readonly #importNames = new TracedCache<number, ReadonlyMap<string, readonly number[]>>(this.stack);
  readonly #ofFile = new Map<string, TracedCache<number, unknown>>();
  readonly #special = new Map<string, TracedCache<Container, unknown>>();
  /** For dialects: what they compute once from manifests and paths. */
  readonly memory = new Map<string, unknown>();

  constructor(declarations: Declarations, project: ProjectFiles) {
    super(declarations);
    this.project = project;
  }

  /** Forgets what may be wrong after a change of any file. */
  clear(): void {
    this.#supers.clear();
    this.#members.clear();
    this.#types.clear();
    this.#results.clear();
    this.#imports.clear();
    this.#importNames.clear();
    this.#owners.clear();
    this.#special.clear();
    this.#ofFile.clear();
    this.memory.clear();
  }

  /** Whatever else is asked about a type more than once. `undefined` inside a cycle. */
  cached<T>(type: Container, question: string, compute: () => T): T | undefined {
    let cache = this.#special.get(question);
    if (!cache) this.#special.set(question, (cache = new TracedCache<Container, unknown>(this.stack)));
    return cache.get(type, compute) as T | undefined;
  }

  /** Whatever is asked about a file more than once. */
  cachedOf<T>(file: TypedFile, question: string, compute: () => T): T | undefined {
    let cache = this.#ofFile.get(question);
    if (!cache) this.#ofFile.set(question, (cache = new TracedCache<number, unknown>(this.stack)));
    return cache.get(file.number, compute) as T | undefined;
  }

  /** A member of a type: its own, attached ones, then those of its supertypes, nearest first. */
  member(type: Container, name: string, wanted: Wanted = 'any'): Found | undefined {
    let cache = this.#members.get(type);
    if (!cache) {
      const { stack } = this;
      cache = {
        call: new TracedCache(stack),
        type: new TracedCache(stack),
        value: new TracedCache(stack),
        any: new TracedCache(stack),
      };
      this.#members.set(type, cache);
    }
    return cache[wanted].get(name, () => this.#findMember(type, name, wanted));
  }

  #findMember(type: Container, name: string, wanted: Wanted): Found | undefined {
    const own = this.fitting(type, name, wanted);
    const attached = this.#attachedTo(type).filter(
      (ref) => this.text(ref, SymbolColumn.name) === name && this.fits(ref, wanted),
    );
    if (attached.length > 0) return { refs: own.length > 0 ? [...own, ...attached] : attached, type };
    if (own.length > 0) {
      const { dialect } = this.declarations.file(fileOf(own[0]!))!;
      if (!dialect.overloadsInherit || wanted !== 'call' || own.some((ref) => this.kind(ref) === 'constructor'))
        return { refs: own, type };
      const inherited = this.superMember(type, name, wanted);
      if (!inherited || inherited.external) return { refs: own, type };
      const signatures = new Set(own.map((ref) => this.parameterTypes(ref).join()));
      const more = inherited.refs.filter((ref) => !signatures.has(this.parameterTypes(ref).join()));
      return { refs: more.length > 0 ? [...own, ...more] : own, type };
    }
    return this.superMember(type, name, wanted);
  }

  /** A member of the supertypes alone. */
  superMember(type: Container, name: string, wanted: Wanted = 'any'): Found | undefined {
    let external: Value | undefined;
    for (const base of this.supers(type)) {
      if (base.kind === 'external') external ??= base;
      if (base.kind !== 'instance' || base.type === type) continue;
      const found = this.member(base.type, name, wanted);
      if (found?.external) external ??= found.external;
      else if (found) return found.through ? found : { ...found, through: base };
    }
    return external ? { refs: none, type, external } : undefined;
  }

  /** Members that other places declare for the type (`impl` blocks, out-of-class definitions, extensions). */
  #attachedTo(type: Container): readonly SymbolRef[] {
    this.stack.recorder.lookup(this.attachmentKey(type.name));
    const all = this.declarations.attached(type.name);
    return all.length === 0 ? none : all.filter((ref) => this.ownerOf(ref) === type);
  }

  attachmentKey(ownerName: string): number {
    return this.lookupKey(this.declarations.container('attached:'), ownerName);
  }

  readonly #owners = new TracedCache<SymbolRef, Container | undefined>(this.stack);

  /** The type that an attached member belongs to. */
  ownerOf(ref: SymbolRef): Container | undefined {
    const file = this.declarations.file(fileOf(ref))!;
    const owner = this.text(ref, SymbolColumn.owner);
    if (owner === undefined) return undefined;
    if (file.dialect.ownerIsLocal) {
      const key = file.keys[rowOf(ref)];
      return key === undefined
        ? undefined
        : this.container(key.slice(0, key.length - 1 - (this.text(ref, SymbolColumn.name) ?? '').length));
    }
    return this.#owners.get(ref, () => {
      const parent = this.column(ref, SymbolColumn.parent);
      const value = this.typeNamed(this.file(ref), parent, owner);
      return value?.kind === 'instance' ? value.type : value?.kind === 'package' ? value.container : undefined;
    });
  }

  /** Supertypes as written, in order, of all declarations of the type. */
  supers(type: Container): readonly Value[] {
    return this.#supers.get(type, () => findSupers(this, type)) ?? noValues;
  }

  /** An instance of the type as written at that place; `owner` is the symbol whose type parameters it may name. */
  typeNamed(file: TypedFile, row: number, text: string, owner = row): Value | undefined {
    const node = parseType(text);
    return node && typeValue(this, file, row, node, true, owner);
  }

  /** A dotted name: its first part by scope, the rest by members. */
  path(file: TypedFile, row: number, path: string, wanted: Wanted): Value | undefined {
    const { dialect } = file;
    const own = dialect.path?.(this, file, row, path);
    if (own !== undefined) return own;
    const parts = path.split(dialect.separator).filter(Boolean);
    let value = this.named(file, row, parts[0] ?? '', parts.length === 1 ? wanted : 'value');
    for (let i = 1; i < parts.length && value; i++)
      value = this.memberOf(value, parts[i]!, i === parts.length - 1 ? wanted : 'any', file);
    return value;
  }

  #outerNames: Readonly<Record<Wanted, Map<string, Value | null>>> = {
    call: new Map(),
    type: new Map(),
    value: new Map(),
    any: new Map(),
  };

  /** Forgets what was kept for the file that was linked before. */
  startFile(): void {
    this.#outerNames = { call: new Map(), type: new Map(), value: new Map(), any: new Map() };
    this.#current = undefined;
  }

  #current: TypedFile | undefined;

  /**
   * Keeps what a name means outside of all scopes, for the file that is being linked. Not inside shared computations: they
   * need traces of their own.
   */
  outer(file: TypedFile, name: string, wanted: Wanted, compute: () => Value | undefined): Value | undefined {
    if (this.stack.depth > 0 || !file.dialect.outerIgnoresPlace) return compute();
    this.#current ??= file;
    if (this.#current !== file) return compute();
    const known = this.#outerNames[wanted].get(name);
    if (known !== undefined) return known ?? undefined;
    const value = compute();
    this.#outerNames[wanted].set(name, value ?? null);
    return value;
  }

  /** What an unqualified name means at that place. */
  named(file: TypedFile, row: number, name: string, wanted: Wanted): Value | undefined {
    return lookUpName(this, file, row, name, wanted);
  }

  /** Import rows by the name that they bind in the file. */
  importNames(file: TypedFile): ReadonlyMap<string, readonly number[]> {
    return this.#importNames.get(file.number, () => bindImports(this, file)) ?? noImports;
  }

  /** Where an import row leads. */
  importTarget(file: TypedFile, row: number): ImportTarget {
    return this.#imports.get(refOf(file.number, row), () => file.dialect.importTarget(this, file, row));
  }

  /** `value.name` */
  memberOf(value: Value, name: string, wanted: Wanted, from: TypedFile): Value | undefined {
    switch (value.kind) {
      case 'instance':
      case 'type': {
        const found = this.member(value.type, name, wanted);
        if (!found) return undefined;
        if (found.external) return this.externalMember(found.external, name);
        const refs = from.dialect.staticApart ? this.#apart(found.refs, value.kind === 'type') : found.refs;
        return this.denoted(refs, found.through ? substitute(found.through, value) : value);
      }
      case 'super': {
        const found = this.superMember(value.type, name, wanted);
        return found?.external
          ? this.externalMember(found.external, name)
          : found && this.denoted(found.refs, found.through);
      }
      case 'package': {
        const outside = from.dialect.ownerIsLocal
          ? none
          : this.#attachedTo(value.container).filter(
              (ref) => this.text(ref, SymbolColumn.name) === name && this.fits(ref, wanted),
            );
        const direct = this.fitting(value.container, name, wanted);
        const refs = this.visibleFrom(from, outside.length > 0 ? [...direct, ...outside] : direct);
        if (refs.length > 0) return this.denoted(refs, undefined);
        const passed = from.dialect.passedOn?.(this, value.container, name, wanted);
        if (passed) return passed;
        const nested = this.container(from.dialect.join(value.container.key, name));
        return this.exists(nested) ? { kind: 'package', container: nested } : undefined;
      }
      case 'variable': {
        const type = this.variableType(value);
        if (type) return this.memberOf(type, name, wanted, from);
        // A field of an anonymous struct type has its members below itself.
        const inside = value.refs[0] === undefined ? undefined : this.containerOf(value.refs[0]);
        return inside && this.denoted(this.direct(inside, name), undefined);
      }
      case 'parameter':
        return value.bound && this.memberOf(value.bound, name, wanted, from);
      case 'external':
        return this.externalMember(value, name);
      default:
        return undefined;
    }
  }

  /** Class methods of a type, or methods of its instances, where it has both. */
  #apart(refs: readonly SymbolRef[], ofType: boolean): readonly SymbolRef[] {
    if (refs.length < 2) return refs;
    const fitting = refs.filter((ref) => !this.isCallable(ref) || this.hasFlag(ref, SymbolFlag.static) === ofType);
    return fitting.length > 0 ? fitting : refs;
  }

  externalMember(value: Value, name: string): Value | undefined {
    if (value.kind !== 'external') return undefined;
    return {
      kind: 'external',
      name: `${value.name}${value.name.includes('#') ? '.' : '#'}${name}`,
      instance: false,
      args: noArgs,
    };
  }

  visibleFrom(from: TypedFile, refs: readonly SymbolRef[]): readonly SymbolRef[] {
    const { dialect } = from;
    return dialect.select && refs.length > 0 ? dialect.select(this, from, refs) : refs;
  }

  /** The value that symbols of one name stand for. */
  denoted(refs: readonly SymbolRef[], receiver: Value | undefined): Value | undefined {
    const first = refs[0];
    if (first === undefined) return undefined;
    const callables = refs.filter((ref) => this.isCallable(ref));
    if (callables.length > 0) return { kind: 'callable', refs: callables, receiver };
    for (const ref of refs) this.stack.recorder.visit(fileOf(ref));
    const type = refs.find((ref) => this.isType(ref));
    if (type !== undefined) {
      const container = this.containerOf(type);
      return container && { kind: 'type', type: container, args: noArgs };
    }
    if (this.isNamespace(first)) {
      const container = this.containerOf(first);
      return container && { kind: 'package', container };
    }
    return { kind: 'variable', refs, receiver };
  }

  /** The type of a field, variable, constant or property. */
  variableType(value: Value): Value | undefined {
    if (value.kind !== 'variable') return undefined;
    for (const ref of value.refs) {
      const type = this.#types.get(ref, () => this.#findVariableType(ref));
      if (type) return substitute(type, value.receiver);
    }
    return undefined;
  }

  #findVariableType(ref: SymbolRef): Value | undefined {
    const file = this.file(ref);
    const row = rowOf(ref);
    const written = this.text(ref, SymbolColumn.declaredType);
    if (written !== undefined) return this.typeNamed(file, row, written);
    return this.#initialValue(file, ref, this.column(ref, SymbolColumn.parent));
  }

  #initialValue(file: TypedFile, ref: SymbolRef, scope: number): Value | undefined {
    const row = rowOf(ref);
    const { locals } = file.facts;
    for (const at of initializersOf(file)) {
      if (locals[at + LocalColumn.symbol] !== row) continue;
      const value = evaluate(this, file, scope, locals[at + LocalColumn.initializer]!);
      const position = locals[at + LocalColumn.position]!;
      return value?.kind === 'tuple' ? value.items[position] : position === 0 ? value : undefined;
    }
    return undefined;
  }

  /** What a call of the function or method yields. */
  resultOf(ref: SymbolRef, receiver: Value | undefined): Value | undefined {
    const result = this.#results.get(ref, () => {
      const file = this.file(ref);
      if (this.kind(ref) === 'constructor') {
        const holder = this.holderOf(ref);
        return holder && { kind: 'instance', type: holder, args: noArgs };
      }
      const written = this.text(ref, SymbolColumn.returnType);
      // `fun f() = Foo()`: the body is the value.
      if (written === undefined) return this.#initialValue(file, ref, rowOf(ref));
      if (/^(?:Self|static|self|\$this)$/.test(written.replace(/^[?&\s]+/, ''))) {
        const holder = this.holderOf(ref);
        return holder && { kind: 'instance', type: holder, args: noArgs };
      }
      return this.typeNamed(file, rowOf(ref), written);
    });
    return substitute(result, receiver);
  }

  /** The type that a member belongs to. */
  holderOf(ref: SymbolRef): Container | undefined {
    if (this.column(ref, SymbolColumn.owner) >= 0) return this.ownerOf(ref);
    const file = this.declarations.file(fileOf(ref))!;
    const parent = this.column(ref, SymbolColumn.parent);
    if (parent <= 0 || !typeKinds.has(file.facts.symbols[parent * SYMBOL_STRIDE + SymbolColumn.kind]!))
      return undefined;
    const key = file.keys[parent];
    return key === undefined ? undefined : this.container(key);
  }

  /** The type around a place: of `self` and `this`. */
  enclosingType(file: TypedFile, row: number): Container | undefined {
    const { symbols } = file.facts;
    for (let at = row; at > 0; at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!) {
      const ref = refOf(file.number, at);
      if (this.column(ref, SymbolColumn.owner) >= 0) return this.ownerOf(ref);
      if (typeKinds.has(symbols[at * SYMBOL_STRIDE + SymbolColumn.kind]!) && this.kind(ref) !== 'type')
        return this.containerOf(ref);
    }
    return undefined;
  }

  /** Steps from a type up to one of its supertypes; undefined where it is none. */
  distance(from: Container, to: Container, steps = 0): number | undefined {
    if (from === to) return steps;
    if (steps > 8) return 9;
    let nearest: number | undefined;
    for (const base of this.supers(from)) {
      if (base.kind !== 'instance') continue;
      const found = this.distance(base.type, to, steps + 1);
      if (found !== undefined && (nearest === undefined || found < nearest)) nearest = found;
    }
    return nearest;
  }
}

/** Members that were found, and where. */
export interface Found {
  readonly refs: readonly SymbolRef[];
  readonly type: Container;
  /** The supertype through which they came, with its type arguments. */
  readonly through?: Value;
  /** Not in the tree: a supertype outside of it may have the member. */
  readonly external?: Value;
}

const none: readonly SymbolRef[] = [];
const noValues: readonly Value[] = [];
const noImports: ReadonlyMap<string, readonly number[]> = new Map();
const noArgs: readonly (Value | undefined)[] = [];
