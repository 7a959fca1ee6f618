import { classOfMethod, decoratorNames, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'missing-self',
  title: 'Method without `self`',
  reason:
    'Called on an instance, the method is given the instance as its first argument, which it does not take: TypeError. Add `self`, or make it a static method.',
  category: 'bug',
  severity: 4,
  references: ['pylint E0211', 'pep8-naming N805'],
  languages: ['python'],
  aliases: ['no-method-argument', 'E0211', 'N805'],
  tree: {
    python: (file) => ({
      function_definition: (node) => {
        const { nodes } = file;
        const owner = classOfMethod(nodes, node);
        if (owner < 0 || decoratorNames(nodes, node).length > 0) return;
        // An empty one is never called.
        if (/^(?:pass|\.\.\.)$/.test(nodes.slice(nodes.child(node, 'body')))) return;
        const given = parts(nodes, nodes.child(node, 'parameters'));
        const name = nodes.slice(nodes.child(node, 'name'));
        if (given.length > 0 || /^__(?:new|init_subclass|class_getitem)__$/.test(name)) return;
        // Interfaces and what their class uses itself as a function (`a = staticmethod(a)`, `b = a()`).
        const bases = nodes.slice(nodes.child(owner, 'superclasses'));
        if (/Interface|Protocol|Enum|Model|Meta|\bI[A-Z]\w*/.test(bases)) return;
        const body = nodes.child(owner, 'body');
        const own = nodes.slice(body);
        const used = own.match(new RegExp(`\\b${name}\\b`, 'g')) ?? [];
        if (used.length > 1) return;
        file.report(file.at(nodes.child(node, 'name')), `\`${name}\` takes no \`self\`.`, {
          identity: `${nodes.slice(nodes.child(owner, 'name'))}.${name}`,
        });
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'class A:\n    def run():\n        return 1\n',
      good: 'class A:\n    @staticmethod\n    def run():\n        return 1\n\n    def go(self):\n        return 2\n',
    },
  ],
});
