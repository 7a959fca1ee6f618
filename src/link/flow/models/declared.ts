/** What an outside function does as far as its declaration says: it calls its callbacks and returns an instance of a class. */
import { ConstantKind } from '#model/flow.ts';
import type { Declarations } from '../../declarations/declarations.ts';
import { ObjectKind } from '../objects.ts';
import { argument, give, invoke, type ModelCall } from './model.ts';
import { pythonModel } from './python.ts';

/** Builtin types whose values are constants of unknown text. */
const constants: Readonly<Record<string, number>> = {
  'builtins#str': ConstantKind.string,
  'builtins#bytes': ConstantKind.bytes,
};

/** `callee`: an outside object without a model of its own name. */
export function callDeclared(declarations: Declarations, callee: number, call: ModelCall): void {
  const { system, site } = call;
  const text = system.names.text(system.objects.a[callee]!);
  const { origin, callbacks, result } = declarations.called(text, 'py:');
  // A method that the class inherits, a function by its first name: its model may be known by where it is declared.
  if (origin !== undefined && pythonModel(origin, call)) return;
  for (const { position, name: keyword } of callbacks) {
    const slot = argument(call, position, keyword === '' ? undefined : keyword);
    if (slot >= 0) invoke(call, slot, []);
  }
  if (site.destination < 0) return;
  const constant = result === undefined ? undefined : constants[result];
  if (constant !== undefined) return give(call, system.objects.intern(ObjectKind.constant, constant, -1));
  give(call, result === undefined ? system.outside(callee, '()') : system.external(`py:${result}()`));
}
