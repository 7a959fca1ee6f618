/** What `instanceof`, `typeof` and `Array.isArray` say of abstract objects. */
import { ConstantKind, ContainerKind, NarrowKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { isLiteral } from '../program.ts';
import type { Prototypes } from '../prototypes.ts';
import type { FlowSystem } from '../system.ts';
import { builtinTypes } from './ecmascript-types.ts';
import { isModuleRecord } from './ecmascript-modules.ts';

const GLOBAL = 'js:globals#';
const ofConstants: Readonly<Record<number, number>> = {
  [ConstantKind.string]: NarrowKind.string,
  [ConstantKind.template]: NarrowKind.string,
  [ConstantKind.number]: NarrowKind.number,
  [ConstantKind.boolean]: NarrowKind.boolean,
  [ConstantKind.undefined]: NarrowKind.undefined,
};

/** Undefined where it is not known. */
export function isEcmascriptInstance(
  system: FlowSystem,
  prototypes: Prototypes,
  object: number,
  type: number,
): boolean | undefined {
  const { objects, names } = system;
  const isOurs = objects.kind[type] === ObjectKind.class || objects.kind[type] === ObjectKind.function;
  switch (objects.kind[object]) {
    case ObjectKind.instance:
      return isInstanceOfClass(system, prototypes, objects.a[object]!, type);
    case ObjectKind.constant:
      return false;
    case ObjectKind.function:
    case ObjectKind.class:
      return isOurs ? false : undefined;
    case ObjectKind.site: {
      const builtin = builtinTypes[objects.detail[object]!];
      if (builtin === undefined) return undefined;
      if (isOurs) return false;
      const name = objects.kind[type] === ObjectKind.external ? names.text(objects.a[type]!) : '';
      if (name === `${GLOBAL}${builtin}`) return true;
      return name.startsWith(GLOBAL) && name !== `${GLOBAL}Object` && !name.includes('.') ? false : undefined;
    }
    default:
      return undefined;
  }
}

function isInstanceOfClass(
  system: FlowSystem,
  prototypes: Prototypes,
  classObject: number,
  type: number,
): boolean | undefined {
  const { objects } = system;
  if (classObject === type) return true;
  const order = prototypes.order(classObject);
  if (order.includes(type)) return true;
  // What functions inherit from may be set at any time; a class says it at once.
  const isSure =
    objects.kind[type] === ObjectKind.class && order.every((each) => objects.kind[each] === ObjectKind.class);
  return isSure ? false : undefined;
}

/** Undefined where it is not known. */
export function passesInEcmascript(system: FlowSystem, object: number, kind: number): boolean | undefined {
  const { objects } = system;
  switch (objects.kind[object]) {
    case ObjectKind.function:
    case ObjectKind.class:
      return kind === NarrowKind.callable;
    case ObjectKind.bound:
      return isModuleRecord(system, object) ? undefined : kind === NarrowKind.callable;
    case ObjectKind.constant: {
      const own = ofConstants[objects.a[object]!];
      return own === undefined ? undefined : kind === own;
    }
    case ObjectKind.instance:
    case ObjectKind.prototype:
      if (kind === NarrowKind.object) return true;
      return kind === NarrowKind.array || kind === NarrowKind.callable ? undefined : false;
    case ObjectKind.site: {
      const detail = objects.detail[object]!;
      if (detail === ContainerKind.proxy) return undefined;
      const isArray = detail === ContainerKind.list || detail === ContainerKind.tuple;
      if (kind === NarrowKind.array) return isArray;
      const isPlain = isArray || (detail === ContainerKind.object && isLiteral(objects.b[object]!));
      if (kind === NarrowKind.object || kind === NarrowKind.callable)
        return isPlain ? kind === NarrowKind.object : undefined;
      return false;
    }
    default:
      return undefined;
  }
}
