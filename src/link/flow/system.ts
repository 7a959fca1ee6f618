/**
 * One constraint system: programs loaded into a solver, the fields of their objects, and the calls found on the way. What the
 * operations mean is the dialect's.
 */
import { ContainerKind } from '#model/flow.ts';
import { implicitPlace } from './call-site.ts';
import { type CallSite, CallSites, type NewCallSite } from './call-sites.ts';
import { Constraint } from './constraint.ts';
import { Copies } from './copies.ts';
import type { Dialect } from './dialects/dialect.ts';
import { Elements } from './elements.ts';
import { Relation } from './exchange.ts';
import { Fields } from './fields.ts';
import { HeldArguments } from './held-arguments.ts';
import type { NameTable, ObjectTable } from './objects.ts';
import { isAlive, ObjectKind } from './objects.ts';
import { lookUp } from './path-questions.ts';
import type { Undecided } from './narrowing.ts';
import { Port } from './port.ts';
import type { Program } from './program.ts';
import type { FlowClass, FlowFunction } from './program-rows.ts';
import { ReturnBindings } from './return-bindings.ts';
import { Solver } from './solver.ts';
import type { Operate, SystemInput } from './system-input.ts';

/** Steps that are told apart on an outside object: `a#b().c()` has three. */
const LONGEST_CHAIN = 4;
/** Places of what calls allocate, by their row. */
const ALLOCATED = 0x20000000;
/** Places of what slices make, by their row. */
export const SLICED = 0x40000000;
/** In place of a name: all that is known of a function, class or module without solving. */
export const SHAPE = -1;

export class FlowSystem {
  readonly names: NameTable;
  readonly objects: ObjectTable;
  readonly dialect: Dialect;
  readonly input: SystemInput;
  readonly operate: Operate;
  readonly solver: Solver;
  readonly port: Port;
  /** The program that is solved here; what lies in others is known by what they tell. */
  readonly own: Program;
  readonly callSites: CallSites;
  readonly returnBindings = new ReturnBindings();
  /** Loads with a key slot: where the key stays unknown, any element is meant. */
  readonly keyedLoads: { readonly base: number; readonly key: number; readonly destination: number }[] = [];
  readonly keyedStores: { readonly base: number; readonly key: number; readonly source: number }[] = [];
  /** Objects that wait to be told apart until it is known by what. */
  readonly undecided: Undecided[] = [];
  readonly annotations: { readonly fn: number; readonly destination: number; readonly type: number }[] = [];
  /** What was asked of the tree's paths, and the answers. */
  readonly looked = new Map<string, string | undefined>();
  /** Look-ups that wait while only declarations are followed. */
  deferred: (() => void)[] | undefined;
  readonly anyKey: number;
  readonly #fields: Fields;
  readonly #closures: ((object: number) => void)[] = [];
  readonly #elements: Elements;
  readonly held: HeldArguments;
  readonly copies: Copies;
  readonly #passed: number;
  readonly #keyPrefix: number;

  constructor(input: SystemInput, own: Program, solver = new Solver()) {
    this.own = own;
    this.callSites = new CallSites(own);
    this.solver = solver;
    this.input = input;
    this.names = input.names;
    this.objects = input.objects;
    this.operate = input.operate;
    this.anyKey = this.names.id('[*');
    this.#passed = this.names.id('#passed');
    const { kind, hash } = this.objects;
    this.port = new Port({
      file: own.number,
      exchange: input.exchange,
      solver,
      orderOfName: (name) => this.names.hash(name),
      orderOfObject: (object) => hash[object]!,
      isAlive: (object) => isAlive(this.objects, object),
    });
    this.#fields = new Fields(this);
    this.#elements = new Elements(this);
    this.held = new HeldArguments(this);
    this.copies = new Copies(this);
    this.dialect = input.dialect(this);
    this.#keyPrefix = this.names.id(this.dialect.keyPrefix);
    this.solver.isOutside = (object) => kind[object] === ObjectKind.external;
    this.solver.standsFor = (object) => (kind[object] === ObjectKind.parameter ? this.passed(object) : -1);
    this.solver.fire = (kind, object, a, b, c, d) => this.#fire(kind, object, a, b, c, d);
  }

  // Objects

  functionObject(program: Program, row: number): number {
    return program.functionObjects[row]!;
  }

  classObject(program: Program, row: number): number {
    return program.classObjects[row]!;
  }

  instanceOf(classObject: number): number {
    return this.objects.intern(ObjectKind.instance, classObject);
  }

  external(text: string): number {
    return this.objects.intern(ObjectKind.external, this.names.id(text));
  }

  /** The outside object that a name is behind a beginning of its text. */
  externalBehind(prefix: number, name: number): number {
    return this.objects.intern(ObjectKind.external, this.names.prefixed(prefix, name));
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

  /** `place`: a row of the program, alone or with one of the marks of what an operation makes. */
  site(program: Program, place: number, kind: number): number {
    const isAllocated = place >= ALLOCATED && place < SLICED;
    const row = isAllocated ? (place - ALLOCATED) >> 5 : place % SLICED;
    const within = isAllocated
      ? ALLOCATED + (program.place(row) << 5) + (place & 31)
      : place - row + program.place(row);
    return this.objects.intern(ObjectKind.site, program.functionObjects[program.functionOfRow(row).row]!, within, kind);
  }

  bound(callee: number, receiver: number): number {
    return this.objects.intern(ObjectKind.bound, callee, receiver);
  }

  /** The program of a function or class object. */
  programOf(object: number): Program {
    const file = this.objects.a[object]!;
    if (file !== this.own.number) this.port.ask(this.objects.origin[object]!, SHAPE);
    return this.input.program(file)!;
  }

  functionOf(object: number): FlowFunction {
    const copy = this.#isOwnCopy(object) ? this.copies.functionOf(object) : undefined;
    return copy ?? this.programOf(object).functions[this.objects.detail[object]!]!;
  }

  /** Undefined for a class that a call makes. */
  classOf(object: number): FlowClass | undefined {
    const copy = this.#isOwnCopy(object) ? this.copies.classOf(object) : undefined;
    return copy ?? this.programOf(object).classes[this.objects.detail[object]!];
  }

  #isOwnCopy(object: number): boolean {
    return this.objects.origin[object] !== object && this.objects.a[object] === this.own.number;
  }

  /** A module's program, to be asked for its names. */
  moduleProgram(file: number): Program | undefined {
    if (file !== this.own.number) this.port.ask(this.objects.intern(ObjectKind.module, file), SHAPE);
    return this.input.program(file);
  }

  // Slots

  /** The slot of an object's named field, opened on first use. */
  field(object: number, name: number): number {
    return this.#fields.slot(object, name);
  }

  /** Copies what an object's field holds. The field is opened when anything is stored in it: most are asked for in vain. */
  read(object: number, name: number, destination: number): void {
    this.#fields.read(object, name, destination);
  }

  /** Whether anything was stored in an object's field in earlier rounds. */
  hasField(object: number, name: number): boolean {
    return this.#fields.has(object, name);
  }

  /** Whether an object's field holds anything by now. */
  holdsField(object: number, name: number): boolean {
    return this.#fields.isOpen(object, name)
      ? this.solver.size(this.#fields.slot(object, name)) > 0
      : this.#fields.has(object, name);
  }

  /** Whether an object has an element under the key by now. */
  hasElement(object: number, key: number): boolean {
    return this.#fields.isOpen(object, key) || this.values(object, this.#elements.relation, 'names').includes(key);
  }

  isForeign(program: Program): boolean {
    return program !== this.own;
  }

  /** Tells others what a slot of the own program holds, as a field that nobody else stores in. */
  publish(object: number, name: number, slot: number): void {
    if (slot >= 0) this.#fields.publish(object, name, slot);
  }

  /** A slot of the own program. */
  use(program: Program, slot: number): number {
    return slot < 0 ? -1 : program.base + slot;
  }

  /** What a function returns or yields, or a parameter's default: of the own program the slot itself. */
  outward(program: Program, object: number, slot: number, name: string): number {
    if (slot < 0) return -1;
    return program === this.own ? this.use(program, slot) : this.field(object, this.names.id(name));
  }

  // Relations: what decides look-ups, told between files

  find(object: number, relation: number, of: 'names' | 'objects', value: number): void {
    this.port.find(this.input.exchange.channel(object, relation, Relation[of]), value);
  }

  follow(object: number, relation: number, of: 'names' | 'objects', each: (value: number) => void): void {
    this.port.follow(this.input.exchange.channel(object, relation, Relation[of]), each);
  }

  /** Opens, once, a relation of names that are asked for one by one; `each` gets those that others find later. Returns its channel. */
  watch(object: number, relation: number, each: (value: number) => void): number {
    const channel = this.input.exchange.channel(object, relation, Relation.names);
    if (!this.port.isOpen(channel)) this.port.watch(channel, each);
    return channel;
  }

  values(object: number, relation: number, of: 'names' | 'objects'): readonly number[] {
    return this.port.values(this.input.exchange.channel(object, relation, Relation[of]));
  }

  /** The path of a package's part, if there is one. */
  submodule(module: string, name: string): string | undefined {
    return this.#look(`part\n${module}\n${name}`);
  }

  /** The path of the module that a file means by a dotted name. */
  specifier(from: string, name: string): string | undefined {
    return this.#look(`name\n${from}\n${name}`);
  }

  #look(question: string): string | undefined {
    const path = lookUp(this.input.resolver, question);
    this.looked.set(question, path);
    return path;
  }

  /** Ends a round: tells others what is new. */
  report(): void {
    const { exchange } = this.input;
    this.port.report((channel) => {
      const object = exchange.objectOf(channel);
      const name = exchange.nameOf(channel);
      if (this.#elements.has(object, name)) this.find(object, this.#elements.relation, 'names', name);
      else this.#fields.announce(object, name);
    });
  }

  newSlot(): number {
    return this.solver.reserve(1);
  }

  /** All that callers pass for a parameter: concrete objects only. */
  passed(parameter: number): number {
    return this.field(parameter, this.#passed);
  }

  expand(from: number, to: number): void {
    if (from >= 0) this.solver.expand(from, to);
  }

  /** Calls `each` once for every object that the slot will hold; parameters stand for what callers pass. */
  each(slot: number, each: (object: number) => void): void {
    if (slot < 0) return;
    this.#closures.push(each);
    this.solver.attach(slot, Constraint.closure, this.#closures.length - 1);
  }

  hasConcrete(slot: number): boolean {
    const { solver } = this;
    for (let i = 0; i < solver.size(slot); i++) {
      const object = solver.at(slot, i);
      if (this.objects.kind[object] !== ObjectKind.parameter || solver.size(this.passed(object)) > 0) return true;
    }
    return false;
  }

  // Elements of containers

  /** The key that a name is. */
  keyOfName(name: number): number {
    return this.names.prefixed(this.#keyPrefix, name);
  }

  keyName(text: string): number {
    return this.names.id(this.dialect.keyPrefix + text);
  }

  /** The text of a key, without its mark. */
  keyText(key: number): string {
    return this.names.text(key).slice(this.dialect.keyPrefix.length);
  }

  /** [key, slot]… of the elements that are known by now. */
  elementList(site: number): readonly number[] {
    return this.#elements.list(site);
  }

  element(site: number, key: number): number {
    return this.#elements.slot(site, key);
  }

  /** All elements, whatever their key. */
  elements(site: number): number {
    return this.#elements.union(site);
  }

  /** Calls `follow` for each element slot that the site has or will have. */
  followElements(site: number, follow: (key: number, slot: number) => void): void {
    this.#elements.follow(site, follow);
  }

  mayCopy(from: number, to: number): boolean {
    return this.#elements.mayCopy(from, to);
  }

  copyElements(from: number, to: number): void {
    if (this.mayCopy(from, to)) this.followElements(from, (key, slot) => this.solver.copy(slot, this.element(to, key)));
  }

  /** Elements under one key: those stored under it and, of a dictionary where none is, those stored under an unknown one. */
  loadKey(site: number, key: number, destination: number): void {
    const { solver } = this;
    if (key === this.anyKey) return solver.copy(this.elements(site), destination);
    const element = this.element(site, key);
    solver.copy(element, destination);
    if (this.objects.detail[site] !== ContainerKind.dictionary)
      return solver.copy(this.element(site, this.anyKey), destination);
    if (solver.size(element) > 0) return;
    this.dialect.defer(() => {
      if (solver.size(element) === 0) solver.copy(this.element(site, this.anyKey), destination);
    });
  }

  // Calls

  callSite(parts: NewCallSite): CallSite {
    return this.callSites.open(parts);
  }

  /** An implicit call that an operation of the program makes. */
  implicitCall(program: Program, row: number, destination: number, args: readonly number[] = []): CallSite {
    return this.callSite({ ...implicitPlace(program, row), row, destination, arguments: args, derived: true });
  }

  #fire(kind: number, object: number, a: number, b: number, c: number, d: number): void {
    if (
      this.objects.kind[object] === ObjectKind.parameter &&
      kind !== Constraint.result &&
      kind !== Constraint.narrow
    ) {
      return this.solver.attach(this.passed(object), kind, a, b, c, d);
    }
    if (kind === Constraint.closure) return this.#closures[a]!(object);
    this.operate(this, kind, object, a, b, c, d);
  }
}
