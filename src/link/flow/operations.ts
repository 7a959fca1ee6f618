/** From the rows of a flow program to constraints, and from a constraint that meets an object to the dialect. */
import { ConstantKind, ContainerKind, FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import { REFERENCE_STRIDE, ReferenceColumn } from '#model/facts.ts';
import { fireResult, openParameters, publishFunction } from './calls.ts';
import { ObjectKind } from './objects.ts';
import { Constraint } from './constraint.ts';
import { narrow } from './narrowing.ts';
import type { Program } from './program.ts';
import type { FlowClass, FlowFunction } from './program-rows.ts';
import type { FlowSystem } from './system.ts';

/** Operations that only say what names hold: done first, so that hierarchies are known before anything is looked up. */
const isDeclaration: readonly boolean[] = Object.values(FlowOp).reduce<boolean[]>((table, op) => {
  table[op] = (
    [
      FlowOp.copy,
      FlowOp.load,
      FlowOp.function,
      FlowOp.class,
      FlowOp.object,
      FlowOp.constant,
      FlowOp.import,
      FlowOp.export,
      FlowOp.global,
      FlowOp.member,
    ] as readonly number[]
  ).includes(op);
  return table;
}, []);

/** Adds the rows of a function. `declarations`: which of the two passes over the module's body this is; undefined for both. */
export function addRows(
  system: FlowSystem,
  program: Program,
  fn: FlowFunction,
  declarations: boolean | undefined,
): void {
  const { flow } = program.facts;
  const end = fn.firstOperation + fn.operationCount;
  for (let row = fn.firstOperation; row < end; row++) {
    if (declarations !== undefined && isDeclaration[flow[row * FLOW_STRIDE]! & 0xff] !== declarations) continue;
    addRow(system, program, fn, row);
  }
}

export function openProgram(system: FlowSystem, program: Program): void {
  system.dialect.openProgram(system, program);
  for (const value of program.classes) openClass(system, program, value);
}

export function openClass(system: FlowSystem, program: Program, value: FlowClass): void {
  const object = system.classObject(program, value.row);
  value.bases.forEach((slot, position) => {
    if (slot >= 0) system.solver.attach(system.use(program, slot), Constraint.base, object, position);
  });
  if (value.metaclass >= 0)
    system.solver.copy(system.use(program, value.metaclass), system.field(object, system.names.id('#metaclass')));
}

export function openFunction(system: FlowSystem, program: Program, fn: FlowFunction): void {
  openParameters(system, program, fn);
  publishFunction(system, program, fn);
  system.dialect.openFunction(system, program, fn.row);
}

function addRow(system: FlowSystem, program: Program, fn: FlowFunction, row: number): void {
  const { solver, dialect } = system;
  const { flow } = program.facts;
  const at = row * FLOW_STRIDE;
  const a = flow[at + 1]!;
  const b = flow[at + 2]!;
  const c = flow[at + 3]!;
  switch (flow[at]! & 0xff) {
    case FlowOp.copy:
      return solver.copy(system.use(program, b), system.use(program, a));
    case FlowOp.function:
      return solver.add(system.use(program, a), system.functionObject(program, b));
    case FlowOp.class:
      solver.add(system.use(program, a), system.classObject(program, b));
      return dialect.defineClass?.(system, program, row);
    case FlowOp.object:
      return solver.add(system.use(program, a), system.site(program, row, b));
    case FlowOp.constant:
      return solver.add(system.use(program, a), system.objects.intern(ObjectKind.constant, b, program.name(c)));
    case FlowOp.load:
      return solver.attach(
        system.use(program, b),
        Constraint.load,
        system.use(program, a),
        program.name(c),
        program.number,
        row,
      );
    case FlowOp.store:
      return solver.attach(
        system.use(program, a),
        Constraint.store,
        system.use(program, c),
        program.name(b),
        program.number,
        row,
      );
    case FlowOp.loadElement:
      if (c >= 0)
        system.keyedLoads.push({
          base: system.use(program, b),
          key: system.use(program, c),
          destination: system.use(program, a),
        });
      return solver.attach(
        system.use(program, b),
        Constraint.loadElement,
        system.use(program, a),
        system.use(program, c),
        program.number,
        row,
      );
    case FlowOp.storeElement:
      if (b >= 0) {
        system.keyedStores.push({
          base: system.use(program, a),
          key: system.use(program, b),
          source: system.use(program, c),
        });
        // Functions, classes and instances may be keys too: a loop over the dictionary meets them.
        solver.attach(system.use(program, a), Constraint.key, system.use(program, b));
      }
      return solver.attach(
        system.use(program, a),
        Constraint.storeElement,
        system.use(program, b),
        system.use(program, c),
        program.number,
        row,
      );
    case FlowOp.call:
      return addCall(system, program, fn, row);
    case FlowOp.import:
      return dialect.importValue(system, program, b, system.use(program, a));
    case FlowOp.export: {
      const module = system.objects.intern(ObjectKind.module, program.number);
      return system.expand(system.use(program, b), system.field(module, program.name(a)));
    }
    case FlowOp.global:
      return dialect.global(system, program, program.name(b), system.use(program, a));
    case FlowOp.super:
      if (c >= 0)
        solver.attach(system.use(program, c), Constraint.super, system.use(program, a), system.classObject(program, b));
      return;
    case FlowOp.iterate:
      return solver.attach(system.use(program, b), Constraint.iterate, system.use(program, a), program.number, row);
    case FlowOp.await:
      return solver.attach(system.use(program, b), Constraint.await, system.use(program, a), program.number, row);
    case FlowOp.enter:
      return solver.attach(system.use(program, b), Constraint.enter, system.use(program, a), program.number, row);
    case FlowOp.annotate:
      system.annotations.push({
        fn: fn.row,
        destination: system.use(program, a),
        type: system.use(program, b),
      });
      return;
    case FlowOp.member:
      return dialect.member(system, program, a, program.name(b), system.use(program, c), flow[at + 4]!);
    case FlowOp.protocol:
      return dialect.protocol(system, program, row);
    case FlowOp.truth:
      return solver.attach(system.use(program, b), Constraint.operator, row);
    case FlowOp.narrow:
      return solver.attach(
        system.use(program, b),
        Constraint.narrow,
        system.use(program, a),
        system.use(program, c),
        flow[at + 4]!,
        row,
      );
    case FlowOp.storeGlobal:
      return dialect.storeGlobal(system, program, program.name(a), system.use(program, b));
  }
}

function addCall(system: FlowSystem, program: Program, fn: FlowFunction, row: number): void {
  const { flow, references } = program.facts;
  const at = row * FLOW_STRIDE;
  const reference = flow[at + 5]!;
  const place = reference * REFERENCE_STRIDE;
  const callee = flow[at + 2]!;
  const site = system.callSites.add(
    row,
    fn.row,
    reference,
    reference < 0 ? 0 : references[place + ReferenceColumn.line]!,
    reference < 0 ? 0 : references[place + ReferenceColumn.column]!,
    system.use(program, flow[at + 1]!),
    system.use(program, flow[at + 3]!),
    flow[at + 4]!,
    flow[at]! >> 8,
  );
  if (callee >= 0) system.solver.attach(system.use(program, callee), Constraint.call, site);
}

/** Kinds of objects whose attributes are looked up along a hierarchy. */
const looksUp: readonly boolean[] = Object.values(ObjectKind).map(
  (kind) =>
    kind === ObjectKind.class ||
    kind === ObjectKind.instance ||
    kind === ObjectKind.super ||
    kind === ObjectKind.prototype,
);

/** A constraint meets an object (never a parameter, but for results). */
export function fireOperation(
  system: FlowSystem,
  kind: number,
  object: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  const { dialect } = system;
  switch (kind) {
    case Constraint.load:
      if (system.deferred && looksUp[system.objects.kind[object]!]) return deferLoad(system, object, b, a, c, d);
      return dialect.load(system, object, b, a, programOf(system, c), d);
    case Constraint.store:
      return dialect.store(system, object, b, a, programOf(system, c), d);
    case Constraint.loadElement:
      if (b < 0) return dialect.loadElement(system, object, system.anyKey, a, programOf(system, c), d);
      return system.solver.attach(b, Constraint.loadUnder, object, a, d);
    case Constraint.storeElement:
      if (a < 0) return dialect.storeElement(system, object, system.anyKey, b, programOf(system, c), d);
      return system.solver.attach(a, Constraint.storeUnder, object, b, d);
    case Constraint.key:
      if (system.objects.kind[object] === ObjectKind.site && system.objects.detail[object] === ContainerKind.dictionary)
        system.expand(a, system.field(object, system.names.id('#keys')));
      return;
    case Constraint.loadUnder: {
      const key = elementKey(system, object);
      if (key >= 0) dialect.loadElement(system, a, key, b, system.own, c);
      return;
    }
    case Constraint.storeUnder: {
      const key = elementKey(system, object);
      if (key >= 0) dialect.storeElement(system, a, key, b, system.own, c);
      return;
    }
    case Constraint.create:
      return dialect.create?.(system, object, a, system.callSites.at(b), c);
    case Constraint.created:
      return dialect.created?.(system, object, a, b, c);
    case Constraint.call:
      return dialect.call(system, object, system.callSites.at(a));
    case Constraint.iterate:
      return dialect.iterate(system, object, a, programOf(system, b), c);
    case Constraint.await:
      return dialect.await(system, object, a, programOf(system, b), c);
    case Constraint.enter:
      return dialect.enter(system, object, a, programOf(system, b), c);
    case Constraint.result:
      return fireResult(system, object, a);
    case Constraint.base:
      return dialect.base(system, object, a, b);
    case Constraint.bind:
      return dialect.bind(system, object, a, b, programOf(system, c), d);
    case Constraint.super:
      return dialect.super(system, object, b, a);
    case Constraint.operator:
      return dialect.operate?.(system, object, a);
    case Constraint.narrow:
      return narrow(system, object, a, b, c, d);
    case Constraint.self:
      if (dialect.accepts(system, object, b)) system.solver.add(a, object);
      return;
  }
}

function deferLoad(
  system: FlowSystem,
  object: number,
  name: number,
  destination: number,
  file: number,
  row: number,
): void {
  system.deferred!.push(() => system.dialect.load(system, object, name, destination, programOf(system, file), row));
}

function programOf(system: FlowSystem, file: number): Program {
  return system.input.program(file)!;
}

/** The element name that an object stands for where it is a key, −1 where it is none. */
function elementKey(system: FlowSystem, object: number): number {
  return patternOf(system, object) ?? keyOf(system, object);
}

/** Of a string that is known in part, where elements are properties: the pattern of their names. */
function patternOf({ objects, dialect }: FlowSystem, object: number): number | undefined {
  const isPattern = objects.kind[object] === ObjectKind.constant && objects.a[object] === ConstantKind.template;
  return isPattern && dialect.keyPrefix === '' ? objects.b[object]! : undefined;
}

/** The element name that a constant stands for, −1 for other objects. */
export function keyOf(system: FlowSystem, object: number): number {
  const { objects } = system;
  if (objects.kind[object] !== ObjectKind.constant || objects.b[object]! < 0) return -1;
  // Known in part only.
  if (objects.a[object] === ConstantKind.template) return -1;
  return system.keyOfName(objects.b[object]!);
}
