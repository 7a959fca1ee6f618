import { classOfMethod } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'name-against-convention',
  title: 'Name against the language’s convention',
  reason:
    'Readers tell classes from functions by how names are written. Follow the convention of the language: PascalCase for classes; snake_case for Python’s functions.',
  category: 'standards',
  severity: 2,
  references: ['PEP 8', 'Google Python 3.16', 'Airbnb 23.3', 'Google TypeScript'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['N801', 'N802', 'invalid-name', 'C0103', 'naming-convention', 'new-cap'],
  ecmascript: (file) => ({
    ClassDeclaration: (node) => {
      const name = node.id?.name;
      if (node.id && name !== undefined && /^[a-z]/.test(name) && !/_/.test(name))
        file.report(node.id, `The class \`${name}\` is not in PascalCase.`);
    },
    TSInterfaceDeclaration: ({ id }) => {
      if (/^[a-z]/.test(id.name) && !file.isDeclaration)
        file.report(id, `The interface \`${id.name}\` is not in PascalCase.`);
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        class_definition: (node) => {
          const name = nodes.slice(nodes.child(node, 'name'));
          // Lower-case classes stand for functions and types of other systems: context managers, wrappers, descriptors.
          if (
            /^[a-z]+(?:_[a-z0-9]+)+$/.test(name) &&
            !/_/.test(name[0]!) &&
            /__init__/.test(nodes.slice(node)) &&
            !/__(?:enter|call|get)__/.test(nodes.slice(node))
          )
            file.report(file.at(nodes.child(node, 'name')), `The class \`${name}\` is not in PascalCase.`);
        },
        function_definition: (node) => {
          const name = nodes.slice(nodes.child(node, 'name'));
          if (!/^[a-z]+(?:[A-Z][a-z0-9]+)+$/.test(name)) return;
          // What inherits may have to be named so (unittest's setUp, a visitor's visit_Name); a file of camelCase has its own way.
          const owner = classOfMethod(nodes, node);
          if (owner >= 0 && nodes.child(owner, 'superclasses') >= 0) return;
          const camel = file.text.match(/^\s*def [a-z]+[A-Z]/gm)?.length ?? 0;
          const snake = file.text.match(/^\s*def [a-z]+(?:_[a-z0-9]+)+\(/gm)?.length ?? 0;
          if (camel <= Math.max(1, snake / 10) && snake >= 3)
            file.report(
              file.at(nodes.child(node, 'name')),
              `The function \`${name}\` is not in snake_case, as the others here are.`,
            );
        },
      };
    },
  },
  examples: [
    { language: 'typescript', bad: 'export class account {}\n', good: 'export class Account {}\n' },
    {
      language: 'python',
      bad: 'def get_a():\n    pass\n\ndef get_b():\n    pass\n\ndef get_c_d():\n    pass\n\ndef getName():\n    pass\n',
      good: 'def get_a():\n    pass\n\nclass Test(Case):\n    def setUp(self):\n        pass\n',
    },
  ],
});
