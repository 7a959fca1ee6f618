/** Solves all files of a family as one system: the exact answer, for trees that are small enough. */
import { ConstantKind, CallFlag } from '#model/flow.ts';
import { ObjectKind } from './objects.ts';
import { addRows, openFunction, openProgram, runDeclarations } from './operations.ts';
import type { Program } from './program.ts';
import type { FlowSystem } from './system.ts';

/** `programs` in the order of their paths: the outcome of a capped set depends on order. */
export function solveWhole(
  system: FlowSystem,
  programs: readonly Program[],
  accept: (program: Program, row: number) => boolean,
): void {
  for (const program of programs) openProgram(system, program);
  for (const program of programs) for (const fn of program.functions) openFunction(system, program, fn);
  for (const program of programs) {
    const module = program.functions[0];
    if (module) addRows(system, program, module, true, (row) => accept(program, row));
  }
  runDeclarations(system);
  for (const program of programs) {
    for (const fn of program.functions)
      addRows(system, program, fn, fn.row === 0 ? false : undefined, (row) => accept(program, row));
  }
  settle(system);
}

/** Runs to the fixed point, then asks again with what is known of the rest: uncalled methods, unknown keys, annotations. */
export function settle(system: FlowSystem): void {
  system.solver.run();
  let seeded = system.dialect.seed(system);
  system.solver.run();
  const passed = { loads: 0, stores: 0 };
  // Each round can only open what the round before has made known.
  for (let round = 0; round < 4; round++) {
    let moved = applyUnknownKeys(system, passed);
    moved = applyAnnotations(system) || moved;
    moved = applyUnknownDecorators(system) || moved;
    if (!moved && !seeded) return;
    system.solver.run();
    seeded = system.dialect.seed(system);
    system.solver.run();
  }
}

/** Where no constant key is known, any element may be meant. */
function applyUnknownKeys(system: FlowSystem, passed: { loads: number; stores: number }): boolean {
  const { solver, objects } = system;
  const known = (slot: number): boolean =>
    concrete(system, slot).some(
      (object) =>
        objects.kind[object] === ObjectKind.constant &&
        objects.b[object]! >= 0 &&
        objects.a[object] !== ConstantKind.template,
    );
  let moved = false;
  const { keyedLoads, keyedStores } = system;
  for (const end = keyedLoads.length; passed.loads < end; passed.loads++) {
    const { base, key, destination } = keyedLoads[passed.loads]!;
    if (known(key)) continue;
    moved = true;
    system.each(base, (object) => {
      if (objects.kind[object] === ObjectKind.site) solver.copy(system.elements(object), destination);
    });
  }
  for (const end = keyedStores.length; passed.stores < end; passed.stores++) {
    const { base, key, source } = keyedStores[passed.stores]!;
    if (known(key)) continue;
    moved = true;
    system.each(base, (object) => {
      if (objects.kind[object] === ObjectKind.site) system.expand(source, system.element(object, system.anyKey));
    });
  }
  return moved;
}

/** A declared type counts where flow finds no value. */
function applyAnnotations(system: FlowSystem): boolean {
  const { objects, solver } = system;
  let moved = false;
  for (const { destination, type } of system.annotations.splice(0)) {
    if (system.hasConcrete(destination) && !isUnknownOutside(system, destination, type)) continue;
    moved = true;
    // A parameter takes the value in its passed slot, so that what callers add later meets the same constraints.
    const symbolic = solver.points(destination).find((object) => objects.kind[object] === ObjectKind.parameter);
    const target = symbolic === undefined ? destination : system.passed(symbolic);
    system.each(type, (object) => {
      if (objects.kind[object] === ObjectKind.class) solver.add(target, system.instanceOf(object));
      else if (objects.kind[object] === ObjectKind.external) solver.add(target, system.outside(object, '()'));
    });
  }
  return moved;
}

/** Whether all that a slot holds are results from outside while its type is the tree's own: the type knows more. */
function isUnknownOutside(system: FlowSystem, slot: number, type: number): boolean {
  const { objects, solver } = system;
  return (
    concrete(system, slot).every((object) => objects.kind[object] === ObjectKind.external) &&
    solver.points(type).some((object) => objects.kind[object] === ObjectKind.class)
  );
}

/** A decorator that nothing is known of is taken to give back what it decorates. */
function applyUnknownDecorators(system: FlowSystem): boolean {
  const { solver } = system;
  let moved = false;
  for (const site of system.callSites) {
    if (
      !(site.flags & CallFlag.decorator) ||
      site.callees.length > 0 ||
      site.externals.length > 0 ||
      site.destination < 0
    )
      continue;
    const decorated = site.arguments[1];
    if (decorated === undefined || solver.points(site.destination).length > 0) continue;
    solver.copy(decorated, site.destination);
    moved = true;
  }
  return moved;
}

/** The slot's objects, parameters replaced by what callers pass. */
export function concrete(system: FlowSystem, slot: number): number[] {
  const { objects, solver } = system;
  const found: number[] = [];
  for (const object of solver.points(slot)) {
    if (objects.kind[object] !== ObjectKind.parameter) found.push(object);
    else found.push(...solver.points(system.passed(object)));
  }
  return found;
}
