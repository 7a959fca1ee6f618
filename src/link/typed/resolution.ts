import {
  ParameterColumn,
  PARAMETER_STRIDE,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';
import { EXPRESSION_STRIDE, ExpressionOp, LOCAL_STRIDE, LocalColumn } from '#model/declared-types.ts';
import { referenceRoles, SymbolFlag, type SymbolKind, symbolKinds } from '#model/vocabulary.ts';
import type { ProjectFiles } from '../linker.ts';
import { type Container, type Declarations, fileOf, refOf, rowOf, type SymbolRef } from './declarations.ts';
import type { ImportTarget, Wanted } from './dialect.ts';
import { evaluate } from './evaluate.ts';
import { bindImports, lookUpName } from './look-up-name.ts';
import { ComputationStack, TracedCache } from './recorder.ts';
import { parseType, type TypeNode } from './type-text.ts';
import type { TypedFile } from './typed-file.ts';
import { substitute, type Value } from './value.ts';

const inheritRole = referenceRoles.indexOf('inherit');
const implementRole = referenceRoles.indexOf('implement');
const kindIndex = (kind: SymbolKind): number => symbolKinds.indexOf(kind);
const typeKinds = new Set((['class', 'interface', 'trait', 'enum', 'struct', 'union', 'type'] as const).map(kindIndex));
const callableKinds = new Set((['function', 'method', 'constructor', 'macro'] as const).map(kindIndex));
const namespaceKinds = new Set((['namespace', 'module'] as const).map(kindIndex));

/** Answers questions about the declarations of all files, and remembers what each answer looked at. */
export class Resolution {
  readonly declarations: Declarations;
  readonly project: ProjectFiles;
  readonly stack = new ComputationStack();
  readonly #nameIds = new Map<string, number>();
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
    this.declarations = declarations;
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

  /** Number of a name in a container, for traces. */
  lookupKey(container: Container, name: string): number {
    let id = this.#nameIds.get(name);
    if (id === undefined) this.#nameIds.set(name, (id = this.#nameIds.size + 1));
    return (Math.imul(container.id + 1, 0x9e3779b1) ^ Math.imul(id, 0x85ebca6b)) | 0;
  }

  file(ref: SymbolRef): TypedFile {
    const number = fileOf(ref);
    this.stack.recorder.visit(number);
    return this.declarations.file(number)!;
  }

  column(ref: SymbolRef, column: number): number {
    return this.declarations.file(fileOf(ref))!.facts.symbols[rowOf(ref) * SYMBOL_STRIDE + column]!;
  }

  text(ref: SymbolRef, column: number): string | undefined {
    const { facts } = this.declarations.file(fileOf(ref))!;
    return facts.strings[facts.symbols[rowOf(ref) * SYMBOL_STRIDE + column]!];
  }

  kind(ref: SymbolRef): SymbolKind {
    return symbolKinds[this.column(ref, SymbolColumn.kind)]!;
  }

  isType(ref: SymbolRef): boolean {
    return typeKinds.has(this.column(ref, SymbolColumn.kind));
  }

  isCallable(ref: SymbolRef): boolean {
    return callableKinds.has(this.column(ref, SymbolColumn.kind));
  }

  isNamespace(ref: SymbolRef): boolean {
    return namespaceKinds.has(this.column(ref, SymbolColumn.kind));
  }

  hasFlag(ref: SymbolRef, flag: number): boolean {
    return (this.column(ref, SymbolColumn.flags) & flag) !== 0;
  }

  /** The container that a type or namespace symbol is. */
  containerOf(ref: SymbolRef): Container | undefined {
    const key = this.declarations.file(fileOf(ref))!.keys[rowOf(ref)];
    return key === undefined ? undefined : this.declarations.container(key);
  }

  container(key: string): Container {
    return this.declarations.container(key);
  }

  /** Whether there are files in the package or below it, or a namespace of that key. */
  exists(container: Container): boolean {
    this.stack.recorder.lookup(this.lookupKey(container, ''));
    return container.files.length > 0 || container.below > 0 || container.declarations.length > 0;
  }

  /** Direct members of a container. */
  direct(container: Container, name: string): readonly SymbolRef[] {
    this.stack.recorder.lookup(this.lookupKey(container, name));
    const found = container.members.get(name);
    return found ?? none;
  }

  /** As `direct`, only those that fit what is wanted. */
  fitting(container: Container, name: string, wanted: Wanted): readonly SymbolRef[] {
    const found = this.direct(container, name);
    return found.length === 0 || wanted === 'any' ? found : found.filter((ref) => this.fits(ref, wanted));
  }

  fits(ref: SymbolRef, wanted: Wanted): boolean {
    if (wanted === 'any') return true;
    const { dialect } = this.declarations.file(fileOf(ref))!;
    if (wanted === 'type') return this.isType(ref) || this.isNamespace(ref);
    if (wanted === 'call')
      return dialect.oneNameSpace
        ? !this.isNamespace(ref)
        : this.isCallable(ref) || (dialect.callsConstruct && this.isType(ref));
    return !this.isCallable(ref) || dialect.oneNameSpace;
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
    return this.#supers.get(type, () => this.#findSupers(type)) ?? noValues;
  }

  #findSupers(type: Container): readonly Value[] {
    const found: Value[] = [];
    this.exists(type);
    for (const ref of type.declarations) {
      const file = this.file(ref);
      const row = rowOf(ref);
      for (const at of inheritRows(file, row)) {
        const value = this.superOf(file, at);
        if (value && !(value.kind === 'instance' && value.type === type)) found.push(value);
      }
      // A name for another type has that type's members.
      if (this.kind(ref) === 'type') {
        const aliased = this.text(ref, SymbolColumn.declaredType);
        const value =
          aliased === undefined ? undefined : this.typeNamed(file, this.column(ref, SymbolColumn.parent), aliased);
        if (value && !(value.kind === 'instance' && value.type === type)) found.push(value);
      }
    }
    this.stack.recorder.lookup(this.lookupKey(this.container('implements:'), type.name));
    for (const [file, at] of this.declarations.implementing(type.name)) {
      const subject = file.facts.references[at + ReferenceColumn.subject]!;
      const owner = this.#evaluate(file, file.facts.references[at + ReferenceColumn.symbol]!, subject);
      if (owner?.kind !== 'instance' || owner.type !== type) continue;
      this.stack.recorder.visit(file.number);
      const value = this.superOf(file, at);
      if (value) found.push(value);
    }
    return found;
  }

  #evaluate(file: TypedFile, row: number, expression: number): Value | undefined {
    return evaluate(this, file, row, expression);
  }

  /** The type that an inherit or implement reference names. */
  superOf(file: TypedFile, at: number): Value | undefined {
    const { references, strings, expressions } = file.facts;
    const receiver = references[at + ReferenceColumn.receiver]!;
    const row = references[at + ReferenceColumn.symbol]!;
    let name = strings[references[at + ReferenceColumn.name]!]!;
    if (receiver >= 0) {
      const base = receiver * EXPRESSION_STRIDE;
      const op = expressions[base]!;
      if (op === ExpressionOp.type) name = strings[expressions[base + 1]!]!;
      else if (op === ExpressionOp.path) name = `${strings[expressions[base + 1]!]!}${file.dialect.separator}${name}`;
    }
    // The type's own parameters are known in its header, its members are not.
    const scope = file.facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.parent]!;
    return this.typeNamed(file, references[at + ReferenceColumn.subject]! >= 0 || scope < 0 ? row : scope, name);
  }

  /** An instance of the type as written at that place. */
  typeNamed(file: TypedFile, row: number, text: string): Value | undefined {
    const node = parseType(text);
    return node && this.typeValue(file, row, node);
  }

  /** Inside a type parameter's bound, parameters have no bounds of their own: `T extends Comparable<T>` would never end. */
  typeValue(file: TypedFile, row: number, node: TypeNode, bounds = true): Value | undefined {
    switch (node.shape) {
      case 'array':
        return { kind: 'array', element: this.typeValue(file, row, node.element, bounds) };
      case 'tuple':
        return { kind: 'tuple', items: node.items.map((item) => this.typeValue(file, row, item, bounds)) };
      case 'function':
        return { kind: 'function', result: node.result && this.typeValue(file, row, node.result, bounds) };
      case 'named':
        break;
    }
    const { dialect } = file;
    const last = node.name.slice(Math.max(node.name.lastIndexOf('.'), node.name.lastIndexOf(':')) + 1);
    if (dialect.transparent.has(last) && node.args.length > 0) return this.typeValue(file, row, node.args[0]!, bounds);
    const parameter = typeParameter(file, row, node.name);
    if (parameter) {
      const written = bounds && parameter.bound !== undefined ? parseType(parameter.bound) : undefined;
      const bound = written && this.typeValue(file, row, written, false);
      return { kind: 'parameter', index: parameter.index, bound };
    }
    const value = this.path(file, row, node.name, 'type');
    if (value === undefined) return undefined;
    const args = node.args.map((arg) => this.typeValue(file, row, arg, bounds));
    if (value.kind === 'type') return { kind: 'instance', type: value.type, args };
    if (value.kind === 'external') return { kind: 'external', name: value.name, instance: true, args };
    return value.kind === 'instance' || value.kind === 'package' || value.kind === 'parameter' || value.kind === 'array'
      ? value
      : undefined;
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
        return this.valueOf(refs, found.through ? substitute(found.through, value) : value);
      }
      case 'super': {
        const found = this.superMember(value.type, name, wanted);
        return found?.external
          ? this.externalMember(found.external, name)
          : found && this.valueOf(found.refs, found.through);
      }
      case 'package': {
        const outside = from.dialect.ownerIsLocal
          ? none
          : this.#attachedTo(value.container).filter(
              (ref) => this.text(ref, SymbolColumn.name) === name && this.fits(ref, wanted),
            );
        const direct = this.fitting(value.container, name, wanted);
        const refs = this.visibleFrom(from, outside.length > 0 ? [...direct, ...outside] : direct);
        if (refs.length > 0) return this.valueOf(refs, undefined);
        const passed = from.dialect.passedOn?.(this, value.container, name, wanted);
        if (passed) return passed;
        const nested = this.container(from.dialect.join(value.container.key, name));
        return this.exists(nested) ? { kind: 'package', container: nested } : undefined;
      }
      case 'variable': {
        const type = this.variableType(value);
        return type && this.memberOf(type, name, wanted, from);
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
  valueOf(refs: readonly SymbolRef[], receiver: Value | undefined): Value | undefined {
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

  /** Types of a callable's parameters as written, '' for none. */
  parameterTypes(ref: SymbolRef): readonly string[] {
    const { facts } = this.declarations.file(fileOf(ref))!;
    const first = this.column(ref, SymbolColumn.parameters);
    return Array.from(
      { length: this.column(ref, SymbolColumn.parameterCount) },
      (_, i) => facts.strings[facts.parameters[(first + i) * PARAMETER_STRIDE + ParameterColumn.type]!] ?? '',
    );
  }

  /** Number of arguments that a callable takes: least and most (−1: any number). */
  arity(ref: SymbolRef): readonly [number, number] {
    const file = this.declarations.file(fileOf(ref))!;
    const first = this.column(ref, SymbolColumn.parameters);
    const count = this.column(ref, SymbolColumn.parameterCount);
    let least = 0;
    let most = count;
    for (let row = first; row < first + count; row++) {
      const at = row * PARAMETER_STRIDE;
      if (file.facts.parameters[at + ParameterColumn.kind] !== 0) most = -1;
      else if (file.facts.parameters[at + ParameterColumn.default]! < 0) least++;
    }
    return [least, most];
  }

  isDeclarationOnly(ref: SymbolRef): boolean {
    return this.hasFlag(ref, SymbolFlag.declaration);
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

const inheritIndex = new WeakMap<TypedFile, ReadonlyMap<number, readonly number[]>>();

/** Offsets in `references` of what a symbol inherits and implements. */
function inheritRows(file: TypedFile, row: number): readonly number[] {
  let index = inheritIndex.get(file);
  if (!index) {
    const made = new Map<number, number[]>();
    const { references } = file.facts;
    for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
      const role = references[at + ReferenceColumn.role];
      if ((role !== inheritRole && role !== implementRole) || references[at + ReferenceColumn.subject]! >= 0) continue;
      const symbol = references[at + ReferenceColumn.symbol]!;
      const list = made.get(symbol);
      if (list) list.push(at);
      else made.set(symbol, [at]);
    }
    inheritIndex.set(file, (index = made));
  }
  return index.get(row) ?? none;
}

const initializerIndex = new WeakMap<TypedFile, readonly number[]>();

function initializersOf(file: TypedFile): readonly number[] {
  let rows = initializerIndex.get(file);
  if (!rows) {
    const made: number[] = [];
    const { locals } = file.facts;
    for (let at = 0; at < locals.length; at += LOCAL_STRIDE)
      if (locals[at + LocalColumn.startLine] === 0) made.push(at);
    initializerIndex.set(file, (rows = made));
  }
  return rows;
}

interface TypeParameter {
  readonly index: number;
  readonly bound: string | undefined;
}

const parameterIndex = new WeakMap<TypedFile, ReadonlyMap<string, readonly number[]>>();

/** The type parameter of that name in scope at the row. */
function typeParameter(file: TypedFile, row: number, name: string): TypeParameter | undefined {
  const { locals, strings, symbols } = file.facts;
  let index = parameterIndex.get(file);
  if (!index) {
    const made = new Map<string, number[]>();
    for (let at = 0; at < locals.length; at += LOCAL_STRIDE) {
      if (locals[at + LocalColumn.position] !== -1) continue;
      const text = strings[locals[at + LocalColumn.name]!]!;
      const list = made.get(text);
      if (list) list.push(at);
      else made.set(text, [at]);
    }
    parameterIndex.set(file, (index = made));
  }
  const rows = index.get(name);
  if (!rows) return undefined;
  const line = symbols[row * SYMBOL_STRIDE + SymbolColumn.startLine]!;
  for (const at of rows) {
    const owner = locals[at + LocalColumn.symbol]!;
    let inside = false;
    for (let up = row; up >= 0 && !inside; up = symbols[up * SYMBOL_STRIDE + SymbolColumn.parent]!)
      inside = up === owner;
    if (!inside || line < locals[at + LocalColumn.startLine]! - 1 || line > locals[at + LocalColumn.endLine]!) continue;
    let position = 0;
    for (
      let before = at - LOCAL_STRIDE;
      before >= 0 && locals[before + LocalColumn.symbol] === owner && locals[before + LocalColumn.position] === -1;
      before -= LOCAL_STRIDE
    )
      position++;
    const isType = typeKinds.has(symbols[owner * SYMBOL_STRIDE + SymbolColumn.kind]!);
    return { index: isType ? position : -1, bound: strings[locals[at + LocalColumn.type]!] };
  }
  return undefined;
}
