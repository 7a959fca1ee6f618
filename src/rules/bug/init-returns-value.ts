import { classOfMethod, functionAround } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'init-returns-value',
  title: '`__init__` that returns a value',
  reason:
    'Making an instance raises TypeError: `__init__` has to return None. Use `__new__` or a function to choose what is made.',
  category: 'bug',
  severity: 5,
  references: ['pylint E0101', 'ruff PLE0101'],
  languages: ['python'],
  aliases: ['return-in-init', 'PLE0101', 'E0101'],
  tree: {
    python: (file) => ({
      return_statement: (node) => {
        const { nodes } = file;
        const value = nodes.slice(node).replace(/^return\s*/, '');
        if (value === '' || !/^(?:[\d"'[{]|True|False|self$|not\b)/.test(value)) return;
        const around = functionAround(nodes, node);
        if (around < 0 || nodes.slice(nodes.child(around, 'name')) !== '__init__' || classOfMethod(nodes, around) < 0)
          return;
        file.report(file.at(node), '`__init__` returns a value: making an instance raises TypeError.');
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'class A:\n    def __init__(self, a):\n        if not a:\n            return False\n        self.a = a\n',
      good: 'class A:\n    def __init__(self, a):\n        if not a:\n            return\n        self.a = a\n',
    },
  ],
});
