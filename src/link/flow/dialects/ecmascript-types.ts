/** Builtin types of what flow knows without a class, and names that every object answers to. */
import { ConstantKind, ContainerKind } from '#model/flow.ts';

export const builtinTypes: Readonly<Record<number, string>> = {
  [ContainerKind.list]: 'Array',
  [ContainerKind.tuple]: 'Array',
  [ContainerKind.set]: 'Set',
  [ContainerKind.map]: 'Map',
  [ContainerKind.promise]: 'Promise',
  [ContainerKind.generator]: 'Generator',
  [ContainerKind.regexp]: 'RegExp',
  [ContainerKind.arguments]: 'Array',
};
export const constantTypes: Readonly<Record<number, string>> = {
  [ConstantKind.string]: 'String',
  [ConstantKind.template]: 'String',
  [ConstantKind.number]: 'Number',
  [ConstantKind.boolean]: 'Boolean',
  [ConstantKind.bigint]: 'BigInt',
};
export const functionMethods: ReadonlySet<string> = new Set(['call', 'apply', 'bind']);
export const objectMethods: ReadonlySet<string> = new Set([
  'hasOwnProperty',
  'toString',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'valueOf',
  'toLocaleString',
]);
export const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'window', 'global', 'self']);
