/** Sets of classes and of names that Python's look-ups may mean where one is not known. */
import type { Hierarchy } from '../hierarchy.ts';
import { firstMadeClass, ObjectKind } from '../objects.ts';
import type { FlowSystem } from '../system.ts';

/** Subclasses whose instances an uncalled method's `self` is taken to be, at most. */
const MOST_HEIRS = 12;

/** Subclasses that an abstract class stands for, at most. */
const MOST_CONCRETE = 8;

const HEIRS = '#heirs';

/** Tells every ancestor of the file's classes of them. */
export function tellAncestors(system: FlowSystem, hierarchy: Hierarchy): void {
  const relation = system.names.id(HEIRS);
  for (const heir of system.own.classObjects)
    for (const ancestor of hierarchy.order(heir).slice(1))
      if (system.objects.kind[ancestor] === ObjectKind.class) system.find(ancestor, relation, 'objects', heir);
}

/** Classes of any file that inherit from one of this file's. */
export function heirsOf(system: FlowSystem, hierarchy: Hierarchy, classObject: number): readonly number[] {
  const heirs = new Set(system.values(classObject, system.names.id(HEIRS), 'objects'));
  for (const heir of system.own.classObjects)
    if (heir !== classObject && hierarchy.order(heir).includes(classObject)) heirs.add(heir);
  return [...heirs];
}

/** What a declared class stands for: an abstract one for its subclasses that are not, unless there are none or many. */
export function concreteHeirs(system: FlowSystem, hierarchy: Hierarchy, classObject: number): readonly number[] {
  if (!isAbstract(system, classObject)) return [classObject];
  const found = heirsOf(system, hierarchy, classObject).filter((heir) => !isAbstract(system, heir));
  return found.length === 0 || found.length > MOST_CONCRETE ? [classObject] : found;
}

function isAbstract(system: FlowSystem, classObject: number): boolean {
  if (system.objects.b[classObject]! >= firstMadeClass) return false;
  return system.programOf(classObject).isAbstract(system.objects.detail[classObject]!);
}

/** Subclasses that inherit a method as it is; none where they are many, as nothing then tells which is meant. */
export function inheriting(
  system: FlowSystem,
  hierarchy: Hierarchy,
  classObject: number,
  name: number,
): readonly number[] {
  const found = heirsOf(system, hierarchy, classObject);
  return found.length > MOST_HEIRS ? [] : found.filter((heir) => !hierarchy.declares(heir, name));
}

/** `getattr(x, "visit_" + kind)`: names of that pattern (one `*`) that x's classes or module declare. */
export function matchingNames(
  system: FlowSystem,
  hierarchy: Hierarchy,
  object: number,
  pattern: string,
): ReadonlySet<number> {
  const { objects, names } = system;
  const star = pattern.indexOf('*');
  const prefix = pattern.slice(0, star);
  const suffix = pattern.slice(star + 1);
  const found = new Set<number>();
  const take = (candidates: Iterable<number>): void => {
    for (const name of candidates) {
      const text = names.text(name);
      const isLong = text.length > prefix.length + suffix.length;
      if (isLong && text.startsWith(prefix) && text.endsWith(suffix)) found.add(name);
    }
  };
  const kind = objects.kind[object];
  if (kind === ObjectKind.instance || kind === ObjectKind.class) {
    const classObject = kind === ObjectKind.instance ? objects.a[object]! : object;
    for (const each of hierarchy.order(classObject)) take(hierarchy.declaredNames(each));
  } else if (kind === ObjectKind.module) take(system.moduleProgram(objects.a[object]!)?.exportNames ?? []);
  return found;
}
