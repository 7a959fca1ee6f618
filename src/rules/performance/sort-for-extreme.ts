import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'sort-for-extreme',
  title: 'Sorted for its first or last element only',
  reason: 'Sorting takes n·log n steps and a copy; `min()` and `max()` look at each element once.',
  category: 'performance',
  severity: 2,
  references: ['ruff FURB192', 'pylint'],
  languages: ['python'],
  aliases: ['FURB192'],
  tree: {
    python: (file) => ({
      subscript: (node) => {
        const { nodes } = file;
        const value = nodes.child(node, 'value');
        if (!nodes.is(value, 'call') || nodes.slice(nodes.child(value, 'function')) !== 'sorted') return;
        const index = nodes.slice(nodes.child(node, 'subscript'));
        if (index !== '0' && index !== '-1') return;
        const isReverse = /reverse\s*=\s*True/.test(nodes.slice(nodes.child(value, 'arguments')));
        if (/reverse\s*=/.test(nodes.slice(value)) && !isReverse) return;
        file.report(file.at(node), `\`${(index === '0') === isReverse ? 'max' : 'min'}()\` finds it without sorting.`);
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    return sorted(a)[0]\n',
      good: 'def f(a):\n    return min(a), sorted(a)[1], sorted(a)[:3]\n',
    },
  ],
});
