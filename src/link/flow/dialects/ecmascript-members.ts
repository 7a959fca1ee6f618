/** Members that no name in the text leads to: initializers of fields, setters, and what a name known in part may mean. */
import { callFunction, parameterObject } from '../calls.ts';
import { ObjectKind, RECEIVER } from '../objects.ts';
import type { Program } from '../program.ts';
import type { Prototypes } from '../prototypes.ts';
import type { FlowSystem } from '../system.ts';
import { matchesPattern } from '../templates.ts';
import type { Dialect } from './dialect.ts';

/** A pattern that more names match says nothing of which is meant. */
const MOST_MATCHES = 40;

/** Initializers of fields, the class's own and inherited ones, run on the new object. */
export function initializeFields(
  system: FlowSystem,
  prototypes: Prototypes,
  classObject: number,
  instance: number,
): void {
  const name = system.names.id('@@fields');
  for (const each of prototypes.order(classObject)) {
    if (system.objects.kind[each] !== ObjectKind.class) continue;
    system.each(prototypes.own(prototypes.prototype(each), name), (found) => {
      if (system.objects.kind[found] === ObjectKind.function)
        system.solver.add(system.passed(parameterObject(system, found, RECEIVER)), instance);
    });
  }
}

/** `object["visit" + kind]`: what it has under such names, once those are known. */
export function loadMatching(
  dialect: Dialect,
  prototypes: Prototypes,
  system: FlowSystem,
  object: number,
  pattern: number,
  destination: number,
  program: Program,
  row: number,
): void {
  const text = system.names.text(pattern);
  dialect.defer(() => {
    const names = [...prototypes.names(object)].filter((name) => matchesPattern(system.names.text(name), text));
    if (names.length > MOST_MATCHES) return;
    for (const name of names) dialect.load(system, object, name, destination, program, row);
  });
}

/** A store to a name that has setters: they are called. */
export function callSetters(
  system: FlowSystem,
  prototypes: Prototypes,
  object: number,
  name: number,
  source: number,
  program: Program,
  row: number,
): void {
  const setters = prototypes.lookup(object, system.names.id(`#set ${system.names.text(name)}`));
  system.each(setters, (found) => {
    if (system.objects.kind[found] !== ObjectKind.function || row < 0) return;
    callFunction(system, found, system.implicitCall(program, row, -1, [0, source, -1]), -1, object);
  });
}
