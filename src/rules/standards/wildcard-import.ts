import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'wildcard-import',
  title: 'Import of everything',
  reason:
    'Nobody can tell where a name comes from, and a new name in the module may replace one of yours. Import the names that you use.',
  category: 'standards',
  severity: 2,
  references: ['PEP 8', 'pyflakes F403'],
  languages: ['python'],
  aliases: ['F403', 'wildcard-import', 'W0401', 'F405'],
  tree: {
    python: (file) => ({
      import_from_statement: (node) => {
        const { nodes } = file;
        if (nodes.childOfType(node, 'wildcard_import') < 0) return;
        // Packages re-export so.
        if (/__all__/.test(file.text) || !/\b(?:def|class)\b/.test(file.text) || nodes.parent(node) !== 0) return;
        file.report(file.at(node), `Everything of \`${nodes.slice(nodes.child(node, 'module_name'))}\` is imported.`);
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'from os import *\n\ndef f():\n    return getcwd()\n',
      good: 'from os import getcwd\n\ndef f():\n    return getcwd()\n',
    },
  ],
});
