import { declaredAt } from '../analysis/exact-callees.ts';
import { enviousMethods } from '../analysis/envious-methods.ts';
import { placeOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

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
    for (const { method, envied, fields } of enviousMethods(project))
      yield {
        message: `\`${method.qualifiedName}\` uses ${fields.envied} fields of \`${envied.name}\` and ${fields.own} of its own class.`,
        place: placeOf(method),
        symbol: method.key,
        identity: method.qualifiedName,
        related: [declaredAt(envied, 'whose data it uses')],
      };
  },
  examples: [
    {
      language: 'python',
      bad: `class Order:\n    def __init__(self):\n${['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `        self.${name} = 1\n`).join('')}\n    def total(self):\n        return self.a\n\n\nclass Printer:\n    def show(self):\n        order = Order()\n${['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `        x${name} = order.${name}\n`).join('')}        return xa\n`,
      good: 'class Order:\n    def __init__(self):\n        self.a = 1\n        self.b = 2\n\n    def total(self):\n        x = self.a\n        y = self.b\n        return x + y\n',
    },
  ],
});
