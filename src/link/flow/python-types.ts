/** Builtin types of what flow knows without a class, and the operators that join containers. */
import { ConstantKind, ContainerKind } from '#model/flow.ts';
import { ObjectKind } from './objects.ts';
import type { FlowSystem } from './system.ts';

/** Builtin type by ContainerKind. */
export const containerNames: Readonly<Record<number, string>> = {
  [ContainerKind.list]: 'list',
  [ContainerKind.tuple]: 'tuple',
  [ContainerKind.set]: 'set',
  [ContainerKind.dictionary]: 'dict',
  [ContainerKind.generator]: 'generator',
  [ContainerKind.object]: 'object',
  [ContainerKind.promise]: 'coroutine',
};

/** Builtin type by ConstantKind. */
export const constantNames: Readonly<Record<number, string>> = {
  [ConstantKind.string]: 'str',
  [ConstantKind.number]: 'int',
  [ConstantKind.boolean]: 'bool',
  [ConstantKind.none]: 'NoneType',
  [ConstantKind.bytes]: 'bytes',
  [ConstantKind.template]: 'str',
};

/** Operators whose result, on containers, holds what the operands hold. */
export const joins: ReadonlySet<string> = new Set([
  '__add__',
  '__radd__',
  '__iadd__',
  '__or__',
  '__ior__',
  '__ror__',
  '__mul__',
  '__rmul__',
  '__imul__',
  '__and__',
  '__iand__',
  '__sub__',
  '__isub__',
  '__xor__',
  '__ixor__',
]);

/** Methods that are asked in turn where a class lacks an operator's own. */
export const fallbacks: Readonly<Record<string, readonly string[]>> = {
  __bool__: ['__len__'],
  __format__: ['__str__', '__repr__'],
  __str__: ['__repr__'],
  __ne__: ['__eq__'],
  __contains__: ['__iter__'],
  __getitem__: ['__missing__'],
  ...Object.fromEntries(
    ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'matmul', 'and', 'or', 'xor', 'lshift', 'rshift'].map(
      (operator) => [`__i${operator}__`, [`__${operator}__`]],
    ),
  ),
};

/** The attributes of an object as a dictionary (`globals()`, `vars(x)`, `x.__dict__`): bound to the object under this name. */
export const viewName = 'py:builtins#vars()';

export function isView(system: FlowSystem, object: number): boolean {
  const { objects } = system;
  return objects.kind[object] === ObjectKind.bound && objects.a[object] === system.external(viewName);
}
