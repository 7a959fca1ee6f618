import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag } from '#model/vocabulary.ts';
import { judgedClasses, placeOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** Groups smaller than this are helpers, not a class of their own. */
const LEAST_GROUP = 3;

export const rule = defineRule({
  id: 'low-cohesion',
  title: 'Class that is two classes',
  reason:
    'Its methods fall into groups that share no field and do not call each other: two things happen to have one name. Make a class of each group.',
  category: 'smell',
  severity: 2,
  references: ['Hitz–Montazeri: LCOM4', 'SOLID: single responsibility', 'Fowler: Divergent Change'],
  languages: [],
  minutes: 90,
  eachFile: true,
  *project(project) {
    const { snapshot } = project;
    for (const owner of judgedClasses(project)) {
      // What it inherits may join the groups.
      if (snapshot.edgesFrom(owner.id, ['inherits', 'implements']).length > 0) continue;
      const groups = groupsOf(snapshot, owner).filter(
        ({ methods, fields }) => methods.length >= LEAST_GROUP && fields > 0,
      );
      if (groups.length < 2) continue;
      const names = groups.map(({ methods }) => `${methods.slice(0, 3).join(', ')}${methods.length > 3 ? ', …' : ''}`);
      yield {
        message: `\`${owner.qualifiedName}\`: the methods (${names.join(') and (')}) share nothing.`,
        place: placeOf(owner),
        symbol: owner.key,
        identity: owner.qualifiedName,
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: pairOf(''),
      good: pairOf('        self.a += 1\n'),
    },
  ],
});

function pairOf(joint: string): string {
  const methods = (field: string, extra: string): string =>
    Array.from(
      { length: 3 },
      (_, i) =>
        `    def ${field}${i}(self):\n${i === 0 ? extra : ''}        self.${field} += ${i}\n        return self.${field}\n\n`,
    ).join('');
  return `class Two:\n    def __init__(self):\n        self.a = 1\n        self.b = 2\n\n${methods('a', '')}${methods('b', joint)}`;
}

interface Group {
  readonly methods: readonly string[];
  readonly fields: number;
}

/** Methods joined by a field that both use or by a call; constructors join nothing. */
function groupsOf(snapshot: Snapshot, owner: SymbolRecord): readonly Group[] {
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
  const groups = new Map<number, { methods: string[]; fields: Set<number> }>();
  for (const { id, name } of methods) {
    const group = groups.get(find(id)) ?? { methods: [], fields: new Set<number>() };
    group.methods.push(name);
    const edges = snapshot.edgesFrom(id, ['reads', 'writes']);
    for (const { target } of edges) if (own.has(target)) group.fields.add(target);
    // A method that touches nothing known says nothing.
    if (edges.length === 0) isOpen = true;
    groups.set(find(id), group);
  }
  return isOpen ? [] : [...groups.values()].map((group) => ({ methods: group.methods, fields: group.fields.size }));
}
