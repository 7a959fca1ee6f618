import { cohesionGroups, LEAST_GROUP } from '../analysis/cohesion-groups.ts';
import { judgedClasses, placeOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

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
      const groups = cohesionGroups(snapshot, owner).filter(
        ({ methods, fields }) => methods.length >= LEAST_GROUP && fields > 0,
      );
      if (groups.length < 2) continue;
      const names = groups.map(
        ({ methods }) =>
          `${methods
            .slice(0, 3)
            .map(({ name }) => name)
            .join(', ')}${methods.length > 3 ? ', …' : ''}`,
      );
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
