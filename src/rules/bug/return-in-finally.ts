import { isFunctionNode } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'return-in-finally',
  title: 'Exit in `finally` that swallows errors',
  reason:
    'A return, break or throw in `finally` replaces whatever the block was about to do: exceptions vanish, and the return value of `try` is lost. Move it behind the statement.',
  category: 'bug',
  severity: 4,
  references: ['CWE-584', 'eslint no-unsafe-finally', 'ruff B012'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-unsafe-finally', 'B012', 'lost-exception', 'W0150', 'return-in-finally', 'SIM107'],
  ecmascript: (file) => ({
    ReturnStatement: (node) => {
      for (let at = file.parent(node), below = node as NonNullable<typeof at>; at; below = at, at = file.parent(at)) {
        if (isFunctionNode(at)) return;
        if (at.type === 'TryStatement' && at.finalizer === below) {
          file.report(node, 'This return discards an exception, or the value that `try` returns.');
          return;
        }
      }
    },
  }),
  tree: {
    python: (file) => ({
      return_statement: (node) => {
        const { nodes } = file;
        for (let at = nodes.parent(node); at >= 0; at = nodes.parent(at)) {
          const type = nodes.typeName(at);
          if (type === 'function_definition' || type === 'lambda') return;
          if (type === 'finally_clause') {
            file.report(file.at(node), 'This return discards an exception, or the value that `try` returns.');
            return;
          }
        }
      },
    }),
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export function f() {\n  try {\n    return read();\n  } finally {\n    return 2;\n  }\n}\n',
      good: 'export function f() {\n  try {\n    return read();\n  } finally {\n    close(() => { return 1; });\n  }\n}\n',
    },
    {
      language: 'python',
      bad: 'def f():\n    try:\n        return read()\n    finally:\n        return 2\n',
      good: 'def f():\n    try:\n        return read()\n    finally:\n        close()\n',
    },
  ],
});
