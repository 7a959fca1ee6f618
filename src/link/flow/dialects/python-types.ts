/** Builtin types of what flow knows without a class, and the operators that join containers. */
import { ConstantKind, ContainerKind } from '#model/flow.ts';

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
