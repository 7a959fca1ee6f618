/** What a file takes for granted once nothing more arrives by itself: unknown keys, declared types, decorators. */
import { CallFlag, ConstantKind } from '#model/flow.ts';
import { ObjectKind } from './objects.ts';
import type { FlowSystem } from './system.ts';

/** Where no constant key is known, any element may be meant. */
export function applyUnknownKeys(system: FlowSystem, passed: { loads: number; stores: number }): void {
  const { solver, objects } = system;
  const known = (slot: number): boolean =>
    concrete(system, slot).some(
      (object) =>
        objects.kind[object] === ObjectKind.constant &&
        objects.b[object]! >= 0 &&
        (objects.a[object] !== ConstantKind.template || system.dialect.keyPrefix === ''),
    );
  const { keyedLoads, keyedStores } = system;
  for (const end = keyedLoads.length; passed.loads < end; passed.loads++) {
    const { base, key, destination } = keyedLoads[passed.loads]!;
    if (known(key)) continue;
    system.each(base, (object) => {
      if (objects.kind[object] === ObjectKind.site) solver.copy(system.elements(object), destination);
    });
  }
  for (const end = keyedStores.length; passed.stores < end; passed.stores++) {
    const { base, key, source } = keyedStores[passed.stores]!;
    if (known(key)) continue;
    system.each(base, (object) => {
      if (objects.kind[object] === ObjectKind.site) system.expand(source, system.element(object, system.anyKey));
    });
  }
}

/** A declared type counts where flow finds no value. */
export function applyAnnotations(system: FlowSystem): void {
  const { objects, solver } = system;
  for (const { fn, destination, type } of system.annotations.splice(0)) {
    // What callers pass is known to the copies that they call.
    if (system.copies.isCopied(fn)) continue;
    if (system.hasConcrete(destination) && !isUnknownOutside(system, destination, type)) continue;
    // A parameter takes the value in its passed slot, so that what callers add later meets the same constraints.
    const symbolic = solver.points(destination).find((object) => objects.kind[object] === ObjectKind.parameter);
    const target = symbolic === undefined ? destination : system.passed(symbolic);
    system.each(type, (object) => {
      const isConstructor = system.dialect.prefix === 'js:' && objects.kind[object] === ObjectKind.function;
      if (isConstructor) solver.add(target, system.instanceOf(object));
      else if (objects.kind[object] === ObjectKind.class)
        for (const type of system.dialect.concreteTypes?.(system, object) ?? [object])
          solver.add(target, system.instanceOf(type));
      else if (objects.kind[object] === ObjectKind.external) solver.add(target, system.outside(object, '()'));
    });
  }
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
export function applyUnknownDecorators(system: FlowSystem): void {
  const { solver } = system;
  for (const site of system.callSites) {
    if (!(site.flags & CallFlag.decorator) || !site.isOpen || site.destination < 0) continue;
    const decorated = site.arguments[1];
    if (decorated === undefined || solver.size(site.destination) > 0) continue;
    solver.copy(decorated, site.destination);
  }
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
