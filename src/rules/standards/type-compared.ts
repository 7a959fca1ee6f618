import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'type-compared',
  title: 'Types compared by `==`',
  reason:
    'A subclass is not equal to its base, so the check fails for it. Use isinstance; where the exact type is meant, `is`.',
  category: 'standards',
  severity: 2,
  references: ['PEP 8', 'pycodestyle E721'],
  languages: ['python'],
  aliases: ['E721', 'unidiomatic-typecheck', 'C0123'],
  tree: {
    python: (file) => ({
      comparison_operator: (node) => {
        const { nodes } = file;
        const match = /^type\(([^()]*)\)\s*([!=]=)\s*(type\([^()]*\)|[A-Za-z_][\w.]*)$/.exec(nodes.slice(node));
        if (match && file.role === 'source')
          file.report(file.at(node), `The type of \`${match[1]}\` is compared by \`${match[2]}\`.`);
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    return type(a) == int\n',
      good: 'def f(a):\n    return isinstance(a, int) or type(a) is int\n',
    },
  ],
});
