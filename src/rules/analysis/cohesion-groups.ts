/** LCOM4 (Hitz and Montazeri, 1995) with its components: the methods of a class that hang together. */
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag } from '#model/vocabulary.ts';

/** Groups smaller than this are helpers, not a class of their own. */
export const LEAST_GROUP = 3;

export interface CohesionGroup {
  readonly methods: readonly SymbolRecord[];
  readonly fields: number;
}

/** Methods joined by a field that both use or by a call; constructors join nothing. */
export function cohesionGroups(snapshot: Snapshot, owner: SymbolRecord): readonly CohesionGroup[] {
  const members = snapshot.members(owner.id);
  const methods = members.filter(
    ({ kind, name, flags }) =>
      functionKinds.includes(kind) && !/^(?:__\w+__|constructor)$/.test(name) && (flags & SymbolFlag.static) === 0,
  );
  if (methods.length < LEAST_GROUP * 2) return [];
  const root = new Map<number, number>();
  const find = (id: number): number => {
    let at = id;
    while (root.get(at) !== undefined && root.get(at) !== at) at = root.get(at)!;
    return at;
  };
  const own = new Set(members.map(({ id }) => id));
  let isOpen = false;
  for (const { id } of methods)
    for (const { target } of snapshot.edgesFrom(id, ['reads', 'writes', 'calls'])) {
      if (target < 0 || !own.has(target)) continue;
      const [one, other] = [find(id), find(target)];
      if (one !== other) root.set(one, other);
    }
  const groups = new Map<number, { methods: SymbolRecord[]; fields: Set<number> }>();
  for (const method of methods) {
    const { id } = method;
    const group = groups.get(find(id)) ?? { methods: [], fields: new Set<number>() };
    group.methods.push(method);
    const edges = snapshot.edgesFrom(id, ['reads', 'writes']);
    for (const { target } of edges) if (own.has(target)) group.fields.add(target);
    // A method that touches nothing known says nothing.
    if (edges.length === 0) isOpen = true;
    groups.set(find(id), group);
  }
  return isOpen ? [] : [...groups.values()].map((group) => ({ methods: group.methods, fields: group.fields.size }));
}
