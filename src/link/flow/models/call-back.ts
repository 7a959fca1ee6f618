import { ObjectKind } from '../objects.ts';
import type { Prototypes } from '../prototypes.ts';
import { ContainerKind } from '#model/flow.ts';
import { allocate, argumentsFrom, give, invoke, type ModelCall } from './model.ts';

/** Builtins that never call what they are given; those that do have models. */
const silent = /^js:globals#(?!addEventListener|window\.|document\.|require\b)/;
/** Levels of an object that is handed over in which functions are looked for. */
const DEEPEST = 2;

/**
 * An outside function of which nothing is known is taken to call the functions that it is given, alone or in objects
 * (visitors, plug-ins, options).
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
    } else if (kind === ObjectKind.site && levels > 0 && !seen.has(object)) {
      seen.add(object);
      system.followElements(object, (_, held) => callHeld(call, held, levels - 1, seen));
    }
  });
}

/** Objects of outside classes are told apart by the place that makes them. */
export function constructOutside(call: ModelCall, callee: number, prototypes: Prototypes): void {
  const made = allocate(call, ContainerKind.object);
  prototypes.addParent(made, call.system.outside(callee, '()'));
  give(call, made);
}
