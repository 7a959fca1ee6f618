import { classOfMethod, decoratorNames, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'cached-method',
  title: 'Cache that keeps every instance alive',
  reason:
    'The cache belongs to the function and holds `self` with each entry: no instance is ever freed. Use cached_property, or a cache made in `__init__`.',
  category: 'performance',
  severity: 3,
  references: ['CWE-401', 'ruff B019'],
  languages: ['python'],
  aliases: ['B019', 'method-cache-max-size-none', 'W1518'],
  tree: {
    python: (file) => ({
      function_definition: (node) => {
        const { nodes } = file;
        const owner = classOfMethod(nodes, node);
        if (owner < 0 || parts(nodes, nodes.child(node, 'parameters')).length < 2) return;
        const names = decoratorNames(nodes, node);
        if (!names.some((name) => /^(?:functools\.)?(?:lru_cache|cache)$/.test(name))) return;
        if (names.some((name) => /staticmethod|classmethod|property/.test(name))) return;
        if (/Enum|Meta\b|type\b|NamedTuple|Singleton/.test(nodes.slice(nodes.child(owner, 'superclasses')))) return;
        file.report(
          file.at(nodes.child(node, 'name')),
          `The cache of \`${nodes.slice(nodes.child(node, 'name'))}\` keeps each \`self\` alive.`,
        );
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'from functools import lru_cache\n\n\nclass A:\n    @lru_cache(maxsize=None)\n    def area(self, scale):\n        return self.x * scale\n',
      good: 'from functools import lru_cache\n\n\nclass A:\n    @staticmethod\n    @lru_cache(maxsize=None)\n    def area(x, scale):\n        return x * scale\n',
    },
  ],
});
