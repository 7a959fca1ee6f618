import { isStandardPythonModule } from '#languages/python-standard-modules.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'import-order',
  title: 'Imports out of order',
  reason:
    'PEP 8 puts the standard library first, then other packages, then the project’s own: readers see at once what a file needs.',
  category: 'standards',
  severity: 1,
  references: ['PEP 8: imports', 'Google Python style 3.13', 'isort', 'eslint import/first'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['I001', 'wrong-import-order', 'C0411', 'E402', 'first', 'import-first'],
  optIn: true,
  ecmascript: (file) => ({
    Program: ({ body }) => {
      let other: string | undefined;
      for (const statement of body) {
        if (statement.type === 'ImportDeclaration') {
          if (other !== undefined)
            return file.report(statement, 'An import stands below other code; it runs first all the same.');
        } else if (!('directive' in statement && statement.directive)) other = statement.type;
      }
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        module: (node) => {
          let latest = 0;
          let before = '';
          for (const statement of parts(nodes, node)) {
            const type = nodes.typeName(statement);
            if (type !== 'import_statement' && type !== 'import_from_statement') continue;
            const name = /^(?:from|import)\s+([.\w]+)/.exec(nodes.slice(statement))?.[1] ?? '';
            if (name === '') continue;
            const group = name.startsWith('.') ? 2 : isStandardPythonModule(name.split('.')[0]!) ? 0 : 1;
            if (group < latest) {
              file.report(file.at(statement), `\`${name}\` belongs above \`${before}\`.`, { identity: name });
              return;
            }
            latest = group;
            before = name;
          }
        },
      };
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'import requests\nimport os\n',
      good: 'from __future__ import annotations\n\nimport os\nimport sys\n\nimport requests\n\nfrom . import other\n',
    },
    {
      language: 'typescript',
      bad: 'run();\nimport { run } from "./run.ts";\n',
      good: 'import { run } from "./run.ts";\nrun();\n',
    },
  ],
});
