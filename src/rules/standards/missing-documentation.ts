import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'missing-documentation',
  title: 'Public thing without documentation',
  reason: 'Whoever calls it must read its code. Say in a sentence what it does, gives and raises.',
  category: 'standards',
  severity: 1,
  references: ['PEP 257', 'Google Python 3.8', 'pydocstyle D100-D103'],
  languages: ['python'],
  aliases: ['D100', 'D101', 'D102', 'D103', 'missing-function-docstring', 'C0116', 'C0115'],
  optIn: true,
  tree: {
    python: (file) => {
      const { nodes } = file;
      const look = (node: number): void => {
        const name = nodes.slice(nodes.child(node, 'name'));
        if (name.startsWith('_') || file.role !== 'source') return;
        for (let at = nodes.parent(node); at >= 0; at = nodes.parent(at))
          if (nodes.is(at, 'function_definition')) return;
        const first = parts(nodes, nodes.child(node, 'body'))[0];
        const isText =
          first !== undefined &&
          nodes.is(first, 'expression_statement') &&
          /string/.test(nodes.typeName(nodes.firstNamed(first)));
        if (!isText) file.report(file.at(nodes.child(node, 'name')), `\`${name}\` has no docstring.`);
      };
      return { function_definition: look, class_definition: look };
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def area(a):\n    return a\n',
      good: 'def area(a):\n    """The area."""\n    return a\n\n\ndef _own():\n    return 1\n',
    },
  ],
});
