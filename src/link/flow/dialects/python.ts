/** Python: names, attributes, calls and protocols, put together from the parts beside this file. */
import { FLOW_STRIDE, FlowFunctionFlag, FlowOp } from '#model/flow.ts';
import { type CallSite, listedArguments } from '../call-sites.ts';
import { parameterObject } from '../calls.ts';
import { Constraint } from '../constraint.ts';
import { Hierarchy } from '../hierarchy.ts';
import { ObjectKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';
import type { Dialect } from './dialect.ts';
import { callMethod, implicitCall, typesOf } from './implicit-call.ts';
import { PythonAttributes } from './python-attributes.ts';
import { PythonBinding, symbolName, takesClass } from './python-binding.ts';
import { PythonCalls } from './python-calls.ts';
import { PythonClasses } from './python-classes.ts';
import { PythonElements } from './python-elements.ts';
import { PythonFixtures } from './python-fixtures.ts';
import { isPythonInstance, passesInPython } from './python-instances.ts';
import { PythonModules } from './python-modules.ts';
import { tellClassNames } from './python-named-calls.ts';
import { SingleMethods } from './python-single.ts';
import { concreteHeirs, inheriting, tellAncestors } from './python-names.ts';
import { PairMap } from '../pair-map.ts';
import { fallbacks, joins } from '../python-types.ts';
import { fillTemplate } from '../templates.ts';

export class PythonDialect implements Dialect {
  readonly prefix = 'py:';
  readonly keyPrefix = '[';
  readonly hierarchy: Hierarchy;
  readonly classes: PythonClasses;
  readonly fixtures: PythonFixtures;
  readonly #modules: PythonModules;
  readonly #attributes: PythonAttributes;
  readonly #binding: PythonBinding;
  readonly #elements: PythonElements;
  readonly #calls: PythonCalls;
  readonly #single: SingleMethods;
  #deferred: (() => void)[] = [];
  /** By row of an operator: its call. */
  readonly #operators = new PairMap();

  constructor(system: FlowSystem) {
    this.hierarchy = new Hierarchy(system);
    this.classes = new PythonClasses(system, this.hierarchy);
    this.fixtures = new PythonFixtures(system);
    this.#modules = new PythonModules(system);
    this.#binding = new PythonBinding(system, this.hierarchy);
    this.#attributes = new PythonAttributes(system, this.hierarchy, this.#modules, this.classes, this.#binding);
    this.#elements = new PythonElements(system, this.hierarchy, this.classes, this.#modules);
    this.#calls = new PythonCalls(system, this.hierarchy, this.classes);
    this.#single = new SingleMethods(system, this.hierarchy);
  }

  openProgram(system: FlowSystem, program: Program): void {
    this.#modules.openProgram(system, program);
    tellClassNames(system);
  }

  openFunction(): void {}

  load(_: FlowSystem, object: number, name: number, destination: number, program: Program, row: number): void {
    this.#attributes.load(object, name, destination, program, row);
  }

  store(_: FlowSystem, object: number, name: number, source: number, program: Program, row: number): void {
    this.#attributes.store(object, name, source, program, row);
  }

  bind(_: FlowSystem, object: number, receiver: number, destination: number, program: Program, row: number): void {
    this.#binding.bind(object, receiver, destination, program, row);
  }

  loadElement(_: FlowSystem, object: number, key: number, destination: number, program: Program, row: number): void {
    this.#elements.load(object, key, destination, program, row);
  }

  storeElement(_: FlowSystem, object: number, key: number, source: number, program: Program, row: number): void {
    this.#elements.store(object, key, source, program, row);
  }

  iterate(_: FlowSystem, object: number, destination: number, program: Program, row: number): void {
    this.#elements.iterate(object, destination, program, row);
  }

  await(_: FlowSystem, object: number, destination: number, program: Program, row: number): void {
    this.#elements.await(object, destination, program, row);
  }

  enter(_: FlowSystem, object: number, destination: number, program: Program, row: number): void {
    this.#elements.enter(object, destination, program, row);
  }

  call(_: FlowSystem, object: number, site: CallSite): void {
    this.#calls.call(object, site);
  }

  construct(_: FlowSystem, classObject: number, site: CallSite): void {
    this.#calls.construct(classObject, site);
  }

  create(_: FlowSystem, creator: number, classObject: number, site: CallSite, destination: number): void {
    this.#calls.create(creator, classObject, site, destination);
  }

  created(_: FlowSystem, object: number, classObject: number, creator: number, destination: number): void {
    this.#calls.created(object, classObject, creator, destination);
  }

  super(system: FlowSystem, receiver: number, classObject: number, destination: number): void {
    const kind = system.objects.kind[receiver];
    if (kind !== ObjectKind.instance && kind !== ObjectKind.class) return;
    system.solver.add(destination, system.objects.intern(ObjectKind.super, classObject, receiver));
  }

  base(system: FlowSystem, object: number, classObject: number, position: number): void {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.class || kind === ObjectKind.external)
      this.hierarchy.foundBase(classObject, position, object);
  }

  accepts(system: FlowSystem, object: number, classObject: number): boolean {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.instance) return this.hierarchy.isSubclass(system.objects.a[object]!, classObject);
    if (kind === ObjectKind.class) return true;
    return kind === ObjectKind.external;
  }

  isInstance(system: FlowSystem, object: number, type: number, exact: boolean): boolean | undefined {
    return isPythonInstance(system, this.hierarchy, object, type, exact);
  }

  passes(system: FlowSystem, object: number, kind: number): boolean | undefined {
    return passesInPython(system, this.hierarchy, object, kind);
  }

  finds(system: FlowSystem, object: number, name: number): boolean {
    return typesOf(system, this.hierarchy, object).some((type) => this.hierarchy.finds(type, name));
  }

  bases(classObject: number): readonly number[] {
    return this.hierarchy.bases(classObject);
  }

  order(classObject: number): readonly number[] {
    return this.hierarchy.order(classObject);
  }

  importValue(_system: FlowSystem, program: Program, importRow: number, destination: number): void {
    this.#modules.importValue(program, importRow, destination);
  }

  global(_system: FlowSystem, program: Program, name: number, destination: number): void {
    this.#modules.global(program, name, destination);
  }

  storeGlobal(system: FlowSystem, program: Program, name: number, source: number): void {
    this.#modules.store(system.objects.intern(ObjectKind.module, program.number), name, source);
  }

  member(_: FlowSystem, program: Program, classRow: number, name: number, source: number): void {
    this.classes.member(program, classRow, name, source);
  }

  defineClass(_: FlowSystem, program: Program, row: number): void {
    this.classes.define(program, row);
  }

  protocol(system: FlowSystem, program: Program, row: number): void {
    const operand = system.use(program, program.facts.flow[row * FLOW_STRIDE + 2]!);
    system.solver.attach(operand, Constraint.operator, row);
  }

  operate(system: FlowSystem, object: number, row: number): void {
    const program = system.own;
    const kind = system.objects.kind[object];
    const at = row * FLOW_STRIDE;
    const { flow } = program.facts;
    if ((flow[at]! & 0xff) === FlowOp.truth) {
      if (kind === ObjectKind.instance) this.#callOperator(system, object, '__bool__', row, () => []);
      return;
    }
    const name = system.names.text(program.name(flow[at + 3]!));
    if (kind === ObjectKind.constant) return fillTemplate(system, object, name, system.use(program, flow[at + 1]!));
    const slots = (): number[] => listedArguments(program, flow[at + 4]!).filter((_, index) => index % 3 === 1);
    const destination = system.use(program, flow[at + 1]!);
    if (kind === ObjectKind.instance || kind === ObjectKind.class) {
      if (name.startsWith('del ')) return this.#attributes.delete(object, system.names.id(name.slice(4)), program, row);
      if (this.#callOperator(system, object, name, row, slots)) return;
      if (kind === ObjectKind.class && name === '__getitem__')
        this.#elements.subscript(object, slots(), destination, program, row);
    } else if (joins.has(name) && kind === ObjectKind.site) {
      system.solver.add(destination, object);
      for (const slot of slots()) system.expand(slot, destination);
    }
  }

  /** Calls the operator's method, or what stands in for it; false where the tree defines none. */
  #callOperator(system: FlowSystem, object: number, name: string, row: number, slots: () => number[]): boolean {
    const types = typesOf(system, this.hierarchy, object);
    for (const method of [name, ...(fallbacks[name] ?? [])]) {
      const id = system.names.id(method);
      const defining = types.filter((type) => this.hierarchy.finds(type, id));
      if (defining.length === 0) continue;
      // One call for all that the operand may be.
      const known = this.#operators.get(row, 0);
      const site = known < 0 ? this.#openOperator(system, row, slots()) : system.callSites.at(known);
      for (const type of defining) callMethod(system, this.hierarchy, type, object, id, site);
      return true;
    }
    return false;
  }

  #openOperator(system: FlowSystem, row: number, slots: readonly number[]): CallSite {
    const destination = system.use(system.own, system.own.facts.flow[row * FLOW_STRIDE + 1]!);
    const args = slots.flatMap((slot) => [0, slot, -1]);
    const site = system.implicitCall(system.own, row, destination, args);
    this.#operators.set(row, 0, site.index);
    return site;
  }

  callSpecial(
    system: FlowSystem,
    object: number,
    method: string,
    site: CallSite,
    slots: readonly number[],
    destination: number,
  ): boolean {
    const { program, row } = site;
    return implicitCall(system, this.hierarchy, object, method, program, row, destination, [], slots) !== undefined;
  }

  moduleNamed(_: FlowSystem, name: string, program: Program): number | undefined {
    return this.#modules.named(name, program);
  }

  /** Calls `__set_name__` of what the file's classes hold. */
  #nameMembers(system: FlowSystem): void {
    const { flow } = system.own.facts;
    for (let row = 0, at = 0; at < flow.length; row++, at += FLOW_STRIDE)
      if ((flow[at]! & 0xff) === FlowOp.member) this.classes.nameMember(system.own, row);
  }

  defer(act: () => void): void {
    this.#deferred.push(act);
  }

  concreteTypes(system: FlowSystem, classObject: number): readonly number[] {
    return concreteHeirs(system, this.hierarchy, classObject);
  }

  single(_: FlowSystem, classObject: number, name: number): number {
    return this.#single.find(classObject, name);
  }

  hierarchyKnown(system: FlowSystem): void {
    tellAncestors(system, this.hierarchy);
    this.fixtures.openTests();
  }

  seed(system: FlowSystem): void {
    const waiting = this.#deferred;
    this.#deferred = [];
    for (const act of waiting) act();
    this.#calls.settle();
    this.#nameMembers(system);
    const program = system.own;
    for (const fn of program.declaredFunctions) {
      const first = fn.parameters[0];
      if (fn.class < 0 || !first || first.slot < 0 || fn.flags & FlowFunctionFlag.static) continue;
      const object = system.functionObject(program, fn.row);
      const passed = system.passed(parameterObject(system, object, 0));
      if (system.solver.size(passed) > 0 || system.copies.isCalled(fn.row)) continue;
      const classObject = system.classObject(program, fn.class);
      const isClass = takesClass(system, object);
      system.solver.add(passed, isClass ? classObject : system.instanceOf(classObject));
      const name = system.names.id(symbolName(system, object, fn.symbol));
      for (const heir of inheriting(system, this.hierarchy, classObject, name))
        system.solver.add(passed, isClass ? heir : system.instanceOf(heir));
    }
  }
}
