import { functionKinds } from '#model/vocabulary.ts';
import { declaredAt } from '../analysis/exact-callees.ts';
import { judgedClasses, placeOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** Lanza and Marinescu (2006): more than 5 fields of others, of few (≤ 2) classes, and less than a third of all data its own. */
const FOREIGN = 5;
const OWNERS = 2;
const OWN_SHARE = 1 / 3;

export const rule = defineRule({
  id: 'feature-envy',
  title: 'Method that lives off another class’s data',
  reason:
    'It uses another class’s fields far more than its own: it wants to be a method there. Move it, or the part that does.',
  category: 'smell',
  severity: 2,
  references: ['Lanza–Marinescu: Feature Envy', 'Fowler: Feature Envy'],
  languages: [],
  minutes: 45,
  eachFile: true,
  *project(project) {
    const { snapshot } = project;
    for (const owner of judgedClasses(project))
      for (const method of snapshot.members(owner.id)) {
        if (!functionKinds.includes(method.kind) || (method.metrics?.statements ?? 0) < 6) continue;
        const foreign = new Map<number, Set<number>>();
        let own = 0;
        const seen = new Set<number>();
        for (const { target } of snapshot.edgesFrom(method.id, ['reads', 'writes'])) {
          if (target < 0 || seen.has(target)) continue;
          seen.add(target);
          const used = snapshot.symbol(target);
          if ((used.kind !== 'field' && used.kind !== 'property') || used.parent === undefined) continue;
          if (used.parent === owner.id) own++;
          else foreign.set(used.parent, (foreign.get(used.parent) ?? new Set()).add(target));
        }
        const others = [...foreign.values()].reduce((sum, fields) => sum + fields.size, 0);
        if (others <= FOREIGN || foreign.size > OWNERS || own / (own + others) >= OWN_SHARE) continue;
        const [most] = [...foreign].sort(([, a], [, b]) => b.size - a.size);
        const envied = snapshot.symbol(most![0]);
        // A base's fields are its own; a plain record has no methods to take it.
        if (snapshot.edgesFrom(owner.id, ['inherits']).some(({ target }) => target === envied.id)) continue;
        if (
          !snapshot.members(envied.id).some(({ kind, name }) => functionKinds.includes(kind) && !name.startsWith('__'))
        )
          continue;
        yield {
          message: `\`${method.qualifiedName}\` uses ${most![1].size} fields of \`${envied.name}\` and ${own} of its own class.`,
          place: placeOf(method),
          symbol: method.key,
          identity: method.qualifiedName,
          related: [declaredAt(envied, 'whose data it uses')],
        };
      }
  },
  examples: [
    {
      language: 'python',
      bad: `class Order:\n    def __init__(self):\n${['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `        self.${name} = 1\n`).join('')}\n    def total(self):\n        return self.a\n\n\nclass Printer:\n    def show(self):\n        order = Order()\n${['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `        x${name} = order.${name}\n`).join('')}        return xa\n`,
      good: 'class Order:\n    def __init__(self):\n        self.a = 1\n        self.b = 2\n\n    def total(self):\n        x = self.a\n        y = self.b\n        return x + y\n',
    },
  ],
});
