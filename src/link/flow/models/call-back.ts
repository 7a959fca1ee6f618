import { ObjectKind } from '../objects.ts';
import { argumentsFrom, invoke, type ModelCall } from './model.ts';

/** Builtins that never call what they are given; those that do have models. */
const silent = /^js:globals#(?!addEventListener|window\.|document\.|require\b)/;

/** An outside function of which nothing is known is taken to call the functions that it is given. */
export function callBack(call: ModelCall, name: string): void {
  if (silent.test(name)) return;
  const { system } = call;
  for (const slot of argumentsFrom(call, 0)) {
    if (slot < 0) continue;
    let opened = false;
    system.each(slot, (object) => {
      if (opened || system.objects.kind[object] !== ObjectKind.function) return;
      opened = true;
      invoke(call, slot, []);
    });
  }
}
