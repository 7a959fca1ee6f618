/** What compares objects without saying so: sorting, extremes, heaps, orders that are made of one comparison. */
import { ObjectKind } from '../objects.ts';
import { argument, invoke, type Model, type ModelCall, positional } from './model.ts';

/** What the slot holds, or what `key` gives for it, is compared with its like. */
export function compareBy(call: ModelCall, slot: number, method: string): void {
  const { system, site } = call;
  const key = argument(call, -1, 'key');
  let compared = slot;
  if (key >= 0) invoke(call, key, positional([slot]), (compared = system.newSlot()));
  system.each(compared, (object) => system.dialect.callSpecial?.(system, object, method, site, [compared], -1));
}

const comparesItem: Model = (call) => compareBy(call, argument(call, 1), '__lt__');

const orders = ['__lt__', '__le__', '__gt__', '__ge__'];

/** Gives a class the comparisons that it lacks: each calls the one that it has. */
const totalOrdering: Model = (call) => {
  const { system, site } = call;
  const { dialect, objects, names } = system;
  system.each(argument(call, 0), (object) => {
    if (site.destination >= 0) system.solver.add(site.destination, object);
    if (objects.kind[object] !== ObjectKind.class) return;
    const has = (method: string): boolean => dialect.finds(system, system.instanceOf(object), names.id(method));
    const known = orders.find(has);
    if (known === undefined) return;
    const made = system.newSlot();
    dialect.load(system, object, names.id(known), made, site.program, site.row);
    for (const method of orders) if (!has(method)) dialect.classes?.declare(object, names.id(method), made);
  });
};

export const pythonComparisons: Readonly<Record<string, Model>> = {
  'py:functools#total_ordering': totalOrdering,
  'py:heapq#heappush': comparesItem,
  'py:heapq#heappushpop': comparesItem,
  'py:heapq#heapreplace': comparesItem,
  'py:bisect#insort': comparesItem,
  'py:bisect#bisect': comparesItem,
  'py:bisect#bisect_left': comparesItem,
  'py:bisect#bisect_right': comparesItem,
};
