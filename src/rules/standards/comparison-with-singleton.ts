import { bare, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'comparison-with-singleton',
  title: 'None, True or False compared by `==`',
  reason:
    '`==` asks the other object, which may answer anything (arrays answer with an array). Use `is` for None, and the value itself for booleans.',
  category: 'standards',
  severity: 2,
  references: ['PEP 8', 'pycodestyle E711 E712'],
  languages: ['python'],
  aliases: ['E711', 'E712', 'singleton-comparison', 'C0121'],
  tree: {
    python: (file) => ({
      comparison_operator: (node) => {
        const { nodes } = file;
        const [one, other, third] = parts(nodes, node).map((part) => bare(nodes, part));
        if (one === undefined || other === undefined || third !== undefined || !nodes.is(other, 'none')) return;
        const start = nodes.tree.end[one]!;
        const between = nodes.text.slice(start, nodes.tree.start[other]!);
        const operator = between.trim();
        if (operator !== '==' && operator !== '!=') return;
        // Queries overload the operator.
        if (/\b(?:filter|where|select|query|Column|c\.)/.test(nodes.slice(nodes.parent(nodes.parent(node))))) return;
        const at = start + between.indexOf(operator);
        file.report(file.at(node), `\`None\` is compared by \`${operator}\`.`, {
          edits: [{ start: at, end: at + 2, text: operator === '==' ? 'is' : 'is not' }],
        });
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    return a == None\n',
      good: 'def f(a):\n    return a is None\n',
      fixed: 'def f(a):\n    return a is None\n',
    },
  ],
});
