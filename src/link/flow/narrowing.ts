/** Tests that tell values apart: what of a slot goes on where `isinstance`, `instanceof`, `typeof` and their kin came out so. */
import { NarrowKind, NOT } from '#model/flow.ts';
import { Constraint } from './constraint.ts';
import { narrowedParameter, ObjectKind } from './objects.ts';
import type { FlowSystem } from './system.ts';

export interface Undecided {
  readonly object: number;
  readonly destination: number;
  readonly types: number;
  readonly kind: number;
  readonly holds: boolean;
}

/** An object meets a test. A parameter goes on as one that only stands for what passes. */
export function narrow(
  system: FlowSystem,
  object: number,
  destination: number,
  types: number,
  test: number,
  row: number,
): void {
  const { objects, solver } = system;
  if (objects.kind[object] === ObjectKind.parameter)
    return narrowParameter(system, object, destination, types, test, row);
  const kind = test & (NOT - 1);
  const holds = (test & NOT) === 0;
  const isByType = kind === NarrowKind.instance || kind === NarrowKind.subclass || kind === NarrowKind.exact;
  if (!isByType) {
    if (system.dialect.passes(system, object, kind) !== !holds) solver.add(destination, object);
    return;
  }
  if (types < 0) return solver.add(destination, object);
  const known = solver.points(types);
  if (!known.every((type) => isType(system, type)))
    // A tuple of types in a variable, or a parameter.
    return solver.add(destination, object);
  if (known.length > 0) {
    if (decide(system, object, known, kind, holds)) solver.add(destination, object);
    return;
  }
  system.undecided.push({ object, destination, types, kind, holds });
  if (!holds) return;
  system.each(types, (type) => {
    if (!isType(system, type) || decide(system, object, [type], kind, true)) solver.add(destination, object);
  });
}

function isType({ objects }: FlowSystem, object: number): boolean {
  return objects.kind[object] === ObjectKind.class || objects.kind[object] === ObjectKind.external;
}

function decide(system: FlowSystem, object: number, types: readonly number[], kind: number, holds: boolean): boolean {
  const { dialect, objects } = system;
  const verdicts = types.map((type) => {
    if (kind !== NarrowKind.subclass) return dialect.isInstance(system, object, type, kind === NarrowKind.exact);
    if (objects.kind[object] !== ObjectKind.class) return undefined;
    return dialect.isInstance(system, system.instanceOf(object), type, false);
  });
  return holds ? verdicts.some((verdict) => verdict !== false) : verdicts.every((verdict) => verdict !== true);
}

function narrowParameter(
  system: FlowSystem,
  parameter: number,
  destination: number,
  types: number,
  test: number,
  row: number,
): void {
  const { objects, solver, own } = system;
  const fn = own.functionOfRow(row);
  const isOwn = objects.a[parameter] === system.functionObject(own, fn.row);
  const narrowed = isOwn ? narrowedParameter(objects, parameter, row - fn.firstOperation) : -1;
  const passed = system.passed(parameter);
  if (narrowed < 0) return solver.attach(passed, Constraint.narrow, destination, types, test, row);
  solver.add(destination, narrowed);
  solver.attach(passed, Constraint.narrow, system.passed(narrowed), types, test, row);
}

/** What could not be told apart while it arrived: by the types that are known now; where there are none, it goes on. */
export function decideRest(system: FlowSystem): void {
  const { solver } = system;
  for (const { object, destination, types, kind, holds } of system.undecided.splice(0)) {
    const known = solver.points(types).filter((type) => isType(system, type));
    if (known.length === 0 || decide(system, object, known, kind, holds)) solver.add(destination, object);
  }
}
