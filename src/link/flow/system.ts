/**
 * One constraint system: programs loaded into a solver, the fields of their objects, and the calls found on the way. What the
 * operations mean is the dialect's.
 */
import { FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import { REFERENCE_STRIDE, ReferenceColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { FileEntry } from '../file-entry.ts';
import type { ModuleResolver } from '../modules/module-resolver.ts';
import type { CallSite } from './call-site.ts';
import { Constraint } from './constraint.ts';
import type { Drawing } from './drawing.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { NameTable, ObjectTable } from './objects.ts';
import { ObjectKind } from './objects.ts';
import { PairMap } from './pair-map.ts';
import type { Program } from './program.ts';
import { type FlowFunction } from './program.ts';
import { Solver } from './solver.ts';

/** Links one call to one callee: which slots fill which parameters. */
export interface ReturnBinding {
  readonly callee: number;
  readonly receiver: number;
  /** [parameter index, slot]… */
  readonly pairs: number[];
  readonly destination: number;
}

/** What a constraint does with an object. */
export type Operate = (
  system: FlowSystem,
  kind: number,
  object: number,
  a: number,
  b: number,
  c: number,
  d: number,
) => void;

export interface SystemInput {
  readonly operate: Operate;
  readonly names: NameTable;
  readonly objects: ObjectTable;
  readonly dialect: (system: FlowSystem) => Dialect;
  readonly program: (number: number) => Program | undefined;
  readonly find: (path: string) => FileEntry | undefined;
  readonly resolver: ModuleResolver | undefined;
}

/** Steps that are told apart on an outside object: `a#b().c()` has three. */
const LONGEST_CHAIN = 4;

/** Pairs of objects whose elements are copied from one to the other. */
const MOST_COPIES = 1500;

const NO_ELEMENTS: readonly number[] = [];

export class FlowSystem {
  readonly names: NameTable;
  readonly objects: ObjectTable;
  readonly dialect: Dialect;
  readonly input: SystemInput;
  readonly operate: Operate;
  readonly solver: Solver;
  readonly callSites: CallSite[] = [];
  readonly returnBindings: ReturnBinding[] = [];
  readonly loaded: Program[] = [];
  /** Loads with a key slot: where the key stays unknown, any element is meant. */
  readonly keyedLoads: { readonly base: number; readonly key: number; readonly destination: number }[] = [];
  readonly keyedStores: { readonly base: number; readonly key: number; readonly source: number }[] = [];
  /** Arguments that a partial application holds, by its site: triples with a field's name in place of a slot. */
  readonly partials = new Map<number, readonly number[]>();
  readonly annotations: { readonly destination: number; readonly type: number }[] = [];
  readonly #fields = new PairMap(256);
  readonly #copied = new PairMap(64);
  readonly #closures: ((object: number) => void)[] = [];
  /** By site: element slots and the names of their keys. */
  readonly #elements = new Map<number, number[]>();
  readonly #unions = new Map<number, number>();
  readonly #followers = new Map<number, ((key: number, slot: number) => void)[]>();
  readonly anyKey: number;
  readonly #passed: number;

  /** The solved system of all interfaces, whose knowledge this one starts from; undefined where nothing lies below. */
  readonly below: FlowSystem | undefined;
  /** The program that this system is about, where there is a system below: the others are foreign. */
  readonly own: Program | undefined;
  /** Draws foreign functions in; undefined where nothing is foreign. */
  drawing: Drawing | undefined;
  /** Look-ups that wait while only declarations are followed. */
  deferred: (() => void)[] | undefined;
  /** By parameter: the receiver that was assumed because nobody calls. */
  readonly guesses = new Map<number, number>();
  /** All operations of all files are solved at once, not interfaces first. */
  isWhole = false;
  readonly #seeded = new Set<number>();
  readonly #imported = new Set<number>();

  constructor(input: SystemInput, below?: FlowSystem, own?: Program, solver = new Solver()) {
    this.below = below;
    this.own = own;
    this.solver = solver;
    this.input = input;
    this.names = input.names;
    this.objects = input.objects;
    this.operate = input.operate;
    this.anyKey = this.names.id('[*');
    this.#passed = this.names.id('#passed');
    this.dialect = input.dialect(this);
    const { kind } = this.objects;
    this.solver.isOutside = (object) => kind[object] === ObjectKind.external;
    this.solver.fire = (kind, object, a, b, c, d) => this.#fire(kind, object, a, b, c, d);
  }

  // Objects

  functionObject(program: Program, row: number): number {
    return this.objects.intern(ObjectKind.function, program.number, row);
  }

  classObject(program: Program, row: number): number {
    return this.objects.intern(ObjectKind.class, program.number, row);
  }

  instanceOf(classObject: number): number {
    return this.objects.intern(ObjectKind.instance, classObject);
  }

  external(text: string): number {
    return this.objects.intern(ObjectKind.external, this.names.id(text));
  }

  outsideMember(object: number, name: number): number {
    const { outsideMembers } = this.objects;
    let member = outsideMembers.get(object, name);
    if (member < 0) {
      member = this.outside(object, `.${this.names.text(name)}`);
      outsideMembers.set(object, name, member);
    }
    return member;
  }

  /** What `suffix` (`.name`, `()`, `[]`) makes of an outside object; long chains end in one object that stays what it is. */
  outside(object: number, suffix: string): number {
    const text = this.names.text(this.objects.a[object]!);
    if (text.endsWith('…')) return object;
    const at = text.indexOf('#');
    if (at < 0) return this.external(suffix.startsWith('.') ? `${text}#${suffix.slice(1)}` : `${text}${suffix}`);
    let steps = 0;
    for (let i = at; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 40 || unit === 46 || unit === 91) steps++;
    }
    return this.external(steps >= LONGEST_CHAIN ? `${text.slice(0, at)}#…` : `${text}${suffix}`);
  }

  site(program: Program, place: number, kind: number): number {
    return this.objects.intern(ObjectKind.site, program.number, place, kind);
  }

  bound(callee: number, receiver: number): number {
    return this.objects.intern(ObjectKind.bound, callee, receiver);
  }

  /** The program and the row behind a function or class object. */
  programOf(object: number): Program {
    return this.input.program(this.objects.a[object]!)!;
  }

  functionOf(object: number): FlowFunction {
    return this.programOf(object).functions[this.objects.b[object]!]!;
  }

  // Slots

  /** The slot of an object's named field, opened on first use. */
  field(object: number, name: number): number {
    let slot = this.#fields.get(object, name);
    if (slot < 0) {
      slot = this.solver.reserve(1);
      this.#fields.set(object, name, slot);
      if (this.below) this.#seed(slot, this.below, this.below.fieldSlot(object, name), this.#guessOf(object, name));
    }
    return slot;
  }

  hasField(object: number, name: number): boolean {
    return this.#fields.get(object, name) >= 0 || this.below?.hasField(object, name) === true;
  }

  /** The field's slot if it is open, else −1. */
  fieldSlot(object: number, name: number): number {
    return this.#fields.get(object, name);
  }

  isForeign(program: Program): boolean {
    return this.below !== undefined && program !== this.own;
  }

  /** A slot of a program. That of a foreign one starts with what its interface says. */
  use(program: Program, slot: number): number {
    if (slot < 0) return -1;
    if (program.base < 0) this.open(program);
    const local = program.base + slot;
    if (this.below && program !== this.own && !this.#seeded.has(local)) {
      this.#seeded.add(local);
      this.#seed(local, this.below, program.interfaceSlot(slot));
    }
    return local;
  }

  /** What other files store into one of the file's own names. */
  seedOwn(program: Program, slot: number): void {
    if (this.below) this.#seed(program.slot(slot), this.below, program.interfaceSlot(slot));
  }

  /** The slot of what callers pass, if it is open, else −1. */
  passedSlot(parameter: number): number {
    return this.#fields.get(parameter, this.#passed);
  }

  /** What the interfaces only guessed of a receiver: the file itself knows better whether its method is called. */
  #guessOf(object: number, name: number): number {
    if (name !== this.#passed || this.objects.a[this.objects.a[object]!] !== this.own?.number) return -1;
    return this.below?.guesses.get(object) ?? -1;
  }

  #seed(slot: number, below: FlowSystem, from: number, without = -1): void {
    if (from < 0) return;
    const known = below.solver.points(from);
    // A set that outgrew its limit says nothing.
    if (known.length >= below.solver.largestSet) return;
    for (const object of known) if (object !== without) this.solver.add(slot, object);
  }

  heldArguments(site: number): readonly number[] {
    return this.partials.get(site) ?? this.below?.heldArguments(site) ?? [];
  }

  newSlot(): number {
    return this.solver.reserve(1);
  }

  /** All that callers pass for a parameter: concrete objects only. */
  passed(parameter: number): number {
    return this.field(parameter, this.#passed);
  }

  expand(from: number, to: number): void {
    if (from >= 0) this.solver.attach(from, Constraint.expand, to);
  }

  /** Calls `each` once for every object that the slot will hold; parameters stand for what callers pass. */
  each(slot: number, each: (object: number) => void): void {
    if (slot < 0) return;
    this.#closures.push(each);
    this.solver.attach(slot, Constraint.closure, this.#closures.length - 1);
  }

  hasConcrete(slot: number): boolean {
    for (const object of this.solver.points(slot)) {
      if (this.objects.kind[object] !== ObjectKind.parameter || this.solver.points(this.passed(object)).length > 0)
        return true;
    }
    return false;
  }

  // Elements of containers

  /** The key that a name is. */
  keyOfName(name: number): number {
    return this.names.key(name, this.dialect.keyPrefix);
  }

  keyName(text: string): number {
    return this.names.id(this.dialect.keyPrefix + text);
  }

  /** The text of a key, without its mark. */
  keyText(key: number): string {
    return this.names.text(key).slice(this.dialect.keyPrefix.length);
  }

  /** Opens the elements that the system below knows. */
  #import(site: number): void {
    if (!this.below || this.#imported.has(site)) return;
    this.#imported.add(site);
    const list = this.below.elementList(site);
    for (let i = 0; i < list.length; i += 2) this.element(site, list[i]!);
  }

  /** [key, slot]… of the elements that are open. */
  elementList(site: number): readonly number[] {
    return this.#elements.get(site) ?? NO_ELEMENTS;
  }

  element(site: number, key: number): number {
    const known = this.#fields.get(site, key);
    if (known >= 0) return known;
    const slot = this.field(site, key);
    const list = this.#elements.get(site);
    if (list) list.push(key, slot);
    else this.#elements.set(site, [key, slot]);
    const union = this.#unions.get(site);
    if (union !== undefined) this.solver.copy(slot, union);
    for (const follow of this.#followers.get(site) ?? []) follow(key, slot);
    return slot;
  }

  /** All elements, whatever their key. */
  elements(site: number): number {
    let union = this.#unions.get(site);
    if (union === undefined) {
      this.#import(site);
      union = this.newSlot();
      this.#unions.set(site, union);
      const list = this.#elements.get(site) ?? NO_ELEMENTS;
      for (let i = 1; i < list.length; i += 2) this.solver.copy(list[i]!, union);
    }
    return union;
  }

  /** Calls `follow` for each element slot that the site has or will have. */
  followElements(site: number, follow: (key: number, slot: number) => void): void {
    this.#import(site);
    const list = this.#elements.get(site) ?? [];
    for (let i = 0; i < list.length; i += 2) follow(list[i]!, list[i + 1]!);
    const followers = this.#followers.get(site);
    if (followers) followers.push(follow);
    else this.#followers.set(site, [follow]);
  }

  /** Whether one object's elements are yet to be copied into another: once a pair, and not beyond all measure. */
  mayCopy(from: number, to: number): boolean {
    return from !== to && this.#copied.size < MOST_COPIES && this.#copied.add(from, to);
  }

  copyElements(from: number, to: number): void {
    if (this.mayCopy(from, to)) this.followElements(from, (key, slot) => this.solver.copy(slot, this.element(to, key)));
  }

  /** Elements under one key: those stored under it and those stored under an unknown one. */
  loadKey(site: number, key: number, destination: number): void {
    if (key === this.anyKey) return this.solver.copy(this.elements(site), destination);
    this.solver.copy(this.element(site, key), destination);
    this.solver.copy(this.element(site, this.anyKey), destination);
  }

  // Calls

  callSite(parts: Partial<CallSite> & Pick<CallSite, 'program' | 'row' | 'caller'>): CallSite {
    const site: CallSite = {
      index: this.callSites.length,
      program: parts.program,
      row: parts.row,
      caller: parts.caller,
      reference: parts.reference ?? -1,
      line: parts.line ?? 0,
      column: parts.column ?? 0,
      destination: parts.destination ?? -1,
      receiver: parts.receiver ?? -1,
      arguments: parts.arguments ?? [],
      flags: parts.flags ?? 0,
      derived: parts.derived ?? false,
      depth: parts.depth ?? 0,
      callees: [],
      externals: [],
    };
    this.callSites.push(site);
    return site;
  }

  /** An implicit call that an operation of the program makes. */
  implicitCall(program: Program, row: number, destination: number, args: readonly number[] = []): CallSite {
    const { flow, references, symbols } = program.facts;
    const at = row * FLOW_STRIDE;
    const op = flow[at]! & 0xff;
    const caller = program.functionOfRow(row);
    let reference = -1;
    let line = 0;
    let column = 0;
    if (op === FlowOp.load || op === FlowOp.store) reference = flow[at + 4]!;
    else if (op === FlowOp.call || op === FlowOp.protocol) reference = flow[at + 5]!;
    else if (op === FlowOp.iterate || op === FlowOp.await || op === FlowOp.enter) {
      line = flow[at + 3]!;
      column = flow[at + 4]!;
    }
    if (reference >= 0) {
      line = references[reference * REFERENCE_STRIDE + ReferenceColumn.line]!;
      column = references[reference * REFERENCE_STRIDE + ReferenceColumn.column]!;
    } else if (line === 0) {
      line = symbols[caller.symbol * SYMBOL_STRIDE + SymbolColumn.startLine]!;
      column = symbols[caller.symbol * SYMBOL_STRIDE + SymbolColumn.startColumn]!;
    }
    return this.callSite({
      program,
      row,
      caller: caller.row,
      reference,
      line,
      column,
      destination,
      arguments: args,
      derived: true,
    });
  }

  /** Opens the program's slots. */
  open(program: Program): void {
    program.base = this.solver.reserve(program.facts.flowSlots);
    this.loaded.push(program);
  }

  #fire(kind: number, object: number, a: number, b: number, c: number, d: number): void {
    if (this.objects.kind[object] === ObjectKind.parameter && kind !== Constraint.result) {
      const passed = this.passed(object);
      if (kind === Constraint.expand) this.solver.copy(passed, a);
      else this.solver.attach(passed, kind, a, b, c, d);
      return;
    }
    switch (kind) {
      case Constraint.expand:
        return this.solver.add(a, object);
      case Constraint.closure:
        return this.#closures[a]!(object);
      default:
        return this.operate(this, kind, object, a, b, c, d);
    }
  }
}
