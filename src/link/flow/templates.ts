/** Names that are put together from a constant and the rest: `"visit_" + name` with what is known of `name`. */
import { ConstantKind } from '#model/flow.ts';
import { ObjectKind } from './objects.ts';
import type { FlowSystem } from './system.ts';

/** Begins the names of operators that put names together. */
export const FILL = '#fill ';
/** Names that one place makes at most: more of them say nothing of which is meant. */
const MOST_NAMES = 40;
const LONGEST = 120;

/** `operator`: `#fill a*b` puts the constant in the place of `*`. */
export function fillTemplate(system: FlowSystem, object: number, operator: string, destination: number): void {
  const { objects, names, solver } = system;
  if (!operator.startsWith(FILL) || objects.a[object] !== ConstantKind.string || objects.b[object]! < 0) return;
  if (solver.size(destination) >= MOST_NAMES) return;
  const text = operator.slice(FILL.length).replace('*', () => names.text(objects.b[object]!));
  if (text.length <= LONGEST)
    solver.add(destination, objects.intern(ObjectKind.constant, ConstantKind.string, names.id(text)));
}

/** Whether a name stands for many: one of which only the beginning and the end are known. */
export function isPattern(text: string): boolean {
  return text.length > 3 && text.includes('*') && /^[\w$]*\*[\w$]*$/.test(text);
}

export function matchesPattern(text: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  const isLong = text.length >= pattern.length;
  return isLong && text.startsWith(pattern.slice(0, star)) && text.endsWith(pattern.slice(star + 1));
}
