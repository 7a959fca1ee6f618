/** Calls of special methods that the language makes by itself: on instances by their class, on classes by their metaclass. */
import type { CallSite } from '../call-sites.ts';
import { Constraint } from '../constraint.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { ObjectKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';

/** Types whose special methods count for an object: an instance's class, a class's metaclasses. */
export function typesOf(system: FlowSystem, hierarchy: Hierarchy, object: number): readonly number[] {
  const { objects } = system;
  if (objects.kind[object] === ObjectKind.instance) return [objects.a[object]!];
  return objects.kind[object] === ObjectKind.class ? metaclassesOf(system, hierarchy, object) : [];
}

/** The metaclasses of the tree that a class has, itself or by what it inherits from. */
export function metaclassesOf(system: FlowSystem, hierarchy: Hierarchy, classObject: number): readonly number[] {
  const { objects, solver } = system;
  const found: number[] = [];
  for (const candidate of hierarchy.order(classObject)) {
    if (objects.kind[candidate] !== ObjectKind.class) continue;
    const slot = system.classOf(candidate)?.metaclass ?? -1;
    if (slot < 0) continue;
    for (const type of solver.points(system.outward(system.programOf(candidate), candidate, slot, '#metaclass')))
      if (objects.kind[type] === ObjectKind.class && !found.includes(type)) found.push(type);
  }
  return found;
}

/**
 * Calls a special method if a class of the tree defines it for the object. `given` objects come before `slots` as
 * arguments. Returns undefined where none does.
 */
export function implicitCall(
  system: FlowSystem,
  hierarchy: Hierarchy,
  object: number,
  method: string,
  program: Program,
  row: number,
  destination: number,
  given: readonly number[] = [],
  slots: readonly number[] = [],
): CallSite | undefined {
  const name = system.names.id(method);
  let site: CallSite | undefined;
  for (const type of typesOf(system, hierarchy, object)) {
    if (!hierarchy.finds(type, name)) continue;
    site ??= system.implicitCall(program, row, destination, implicitArguments(system, given, slots));
    callMethod(system, hierarchy, type, object, name, site);
  }
  return site;
}

function implicitArguments(system: FlowSystem, given: readonly number[], slots: readonly number[]): number[] {
  const args: number[] = [];
  for (const value of given) {
    const slot = system.newSlot();
    system.solver.add(slot, value);
    args.push(0, slot, -1);
  }
  for (const slot of slots) args.push(0, slot < 0 ? system.newSlot() : slot, -1);
  return args;
}

/** Calls at `site` what `type` has under the name, with `object` for its self. */
export function callMethod(
  system: FlowSystem,
  hierarchy: Hierarchy,
  type: number,
  object: number,
  name: number,
  site: CallSite,
): void {
  const { objects, solver } = system;
  const found = system.newSlot();
  if (objects.kind[object] === ObjectKind.class) {
    system.each(hierarchy.lookup(type, name), (value) =>
      solver.add(found, objects.kind[value] === ObjectKind.function ? system.bound(value, object) : value),
    );
  } else solver.attach(hierarchy.lookup(type, name), Constraint.bind, object, found, site.program.number, -1);
  solver.attach(found, Constraint.call, site.index);
}
