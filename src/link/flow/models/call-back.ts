import { ObjectKind } from '../objects.ts';
import type { Prototypes } from '../prototypes.ts';
import { ContainerKind } from '#model/flow.ts';
import { isLiteral } from '../program.ts';
import { allocate, argumentsFrom, give, invoke, type ModelCall } from './model.ts';

/** Builtins that never call what they are given; those that do have models. */
const silent = /^js:globals#(?!addEventListener|window\.|document\.|require\b)/;
/** Levels of an object that is handed over in which functions are looked for. */
const DEEPEST = 2;

/**
 * An outside function of which nothing is known is taken to call the functions that it is given, alone or in literals that the
 * caller writes for it (visitors, plug-ins, options). Objects that were made elsewhere are the program's own: it may keep,
 * copy or print them, and that says nothing of a call.
 */
export function callBack(call: ModelCall, name: string): void {
  if (silent.test(name)) return;
  for (const slot of argumentsFrom(call, 0)) if (slot >= 0) callHeld(call, slot, DEEPEST, new Set());
}

function callHeld(call: ModelCall, slot: number, levels: number, seen: Set<number>): void {
  const { system } = call;
  let opened = false;
  system.each(slot, (object) => {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.function && !opened) {
      opened = true;
      invoke(call, slot, []);
    } else if (kind === ObjectKind.site && levels > 0 && !seen.has(object) && isMadeByCaller(call, object)) {
      seen.add(object);
      system.followElements(object, (_, held) => callHeld(call, held, levels - 1, seen));
    }
  });
}

/** Whether the caller's own text holds the literal that the object stands for. */
function isMadeByCaller({ system, site: { program, caller } }: ModelCall, object: number): boolean {
  const { objects } = system;
  return objects.a[object] === program.functionObjects[caller] && isLiteral(objects.b[object]!);
}

/** Objects of outside classes are told apart by the place that makes them. */
export function constructOutside(call: ModelCall, callee: number, prototypes: Prototypes): void {
  const made = allocate(call, ContainerKind.object);
  prototypes.addParent(made, call.system.outside(callee, '()'));
  give(call, made);
}
