/** What Python's `isinstance` and `callable` say of abstract objects. */
import { NarrowKind } from '#model/flow.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { ObjectKind } from '../objects.ts';
import { constantNames, containerNames } from '../python-types.ts';
import type { FlowSystem } from '../system.ts';
import { metaclassesOf } from './implicit-call.ts';

const BUILTINS = 'py:builtins#';
/** Builtins that nothing is an instance of but what says so itself. */
const concreteTypes = new Set(
  'str int float complex bool bytes bytearray list tuple dict set frozenset type slice range memoryview'.split(' '),
);
const isSubtype: Readonly<Record<string, readonly string[]>> = { bool: ['int'] };

/** Undefined where it is not known. */
export function isPythonInstance(
  system: FlowSystem,
  hierarchy: Hierarchy,
  object: number,
  type: number,
  exact: boolean,
): boolean | undefined {
  const { objects } = system;
  const isOurs = objects.kind[type] === ObjectKind.class;
  const builtin = isOurs ? undefined : builtinName(system, type);
  if (builtin === 'object' && !exact) return true;
  switch (objects.kind[object]) {
    case ObjectKind.instance: {
      const classObject = objects.a[object]!;
      if (objects.kind[classObject] !== ObjectKind.class) return undefined;
      if (classObject === type) return true;
      if (exact) return isOurs ? false : undefined;
      const order = hierarchy.order(classObject);
      if (order.includes(type)) return true;
      if (isOurs) return hasHook(system, hierarchy, type) ? undefined : false;
      return builtin !== undefined && concreteTypes.has(builtin) && isPlain(system, order) ? false : undefined;
    }
    case ObjectKind.constant: {
      const name = constantNames[objects.a[object]!];
      if (isOurs) return hasHook(system, hierarchy, type) ? undefined : false;
      // A number may be of several types.
      if (builtin === undefined || name === undefined || name === 'int') return builtin === 'str' ? false : undefined;
      if (name === builtin || isSubtype[name]?.includes(builtin)) return true;
      return concreteTypes.has(builtin) ? false : undefined;
    }
    case ObjectKind.site: {
      const name = containerNames[objects.detail[object]!];
      if (name === 'object') return undefined;
      if (isOurs) return hasHook(system, hierarchy, type) ? undefined : false;
      if (builtin === undefined) return undefined;
      return name === builtin ? true : concreteTypes.has(builtin) && name !== 'set' ? false : undefined;
    }
    case ObjectKind.class:
      if (builtin === 'type') return true;
      if (isOurs) return metaclassesOf(system, hierarchy, object).length > 0 ? undefined : false;
      return builtin !== undefined && concreteTypes.has(builtin) ? false : undefined;
    case ObjectKind.function:
    case ObjectKind.bound:
    case ObjectKind.module:
      if (objects.kind[object] === ObjectKind.bound && objects.kind[objects.a[object]!] === ObjectKind.external)
        return undefined;
      return isOurs || (builtin !== undefined && concreteTypes.has(builtin)) ? false : undefined;
    default:
      return undefined;
  }
}

/** Undefined where it is not known. */
export function passesInPython(
  system: FlowSystem,
  hierarchy: Hierarchy,
  object: number,
  kind: number,
): boolean | undefined {
  if (kind !== NarrowKind.callable) return undefined;
  const { objects } = system;
  switch (objects.kind[object]) {
    case ObjectKind.function:
    case ObjectKind.class:
      return true;
    case ObjectKind.instance: {
      const classObject = objects.a[object]!;
      if (objects.kind[classObject] !== ObjectKind.class) return undefined;
      if (hierarchy.finds(classObject, system.names.id('__call__'))) return true;
      return isPlain(system, hierarchy.order(classObject)) ? false : undefined;
    }
    case ObjectKind.constant:
    case ObjectKind.module:
      return false;
    case ObjectKind.site:
      return containerNames[objects.detail[object]!] === 'object' ? undefined : false;
    default:
      return undefined;
  }
}

function builtinName({ objects, names }: FlowSystem, type: number): string | undefined {
  if (objects.kind[type] !== ObjectKind.external) return undefined;
  const text = names.text(objects.a[type]!);
  return text.startsWith(BUILTINS) ? text.slice(BUILTINS.length) : undefined;
}

/** Whether a class of the tree says itself what its instances are. */
function hasHook(system: FlowSystem, hierarchy: Hierarchy, type: number): boolean {
  const hook = system.names.id('__instancecheck__');
  if (metaclassesOf(system, hierarchy, type).some((each) => hierarchy.finds(each, hook))) return true;
  return hierarchy.finds(type, system.names.id('__subclasshook__'));
}

/** Whether nothing from outside but what every class has comes into a class. */
function isPlain({ objects, names }: FlowSystem, order: readonly number[]): boolean {
  return order.every((each) => {
    if (objects.kind[each] === ObjectKind.class) return true;
    const text = names.text(objects.a[each]!);
    return text === `${BUILTINS}object` || text.endsWith('Exception') || text === 'py:abc#ABC';
  });
}
