import type { EsNode } from '#languages/ecmascript-tree.ts';
import { squeezedCode } from '../analysis/code-text.ts';
import { isPure, sameCode } from '../analysis/ecmascript-nodes.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'duplicate-condition',
  title: 'Condition that was asked before',
  reason:
    'An earlier branch of the same chain asks the same, so this branch is never taken. One of the two conditions was meant to be another.',
  category: 'bug',
  severity: 4,
  references: ['CWE-561', 'eslint no-dupe-else-if', 'sonar S1862'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-dupe-else-if', 'no-duplicate-case', 'PLR0124'],
  ecmascript: (file) => ({
    IfStatement: (node) => {
      const above = file.parent(node);
      if (above?.type === 'IfStatement' && above.alternate === node) return;
      const seen: EsNode[] = [];
      for (let at: EsNode | null = node; at?.type === 'IfStatement'; at = at.alternate) {
        const { test } = at;
        const earlier = isPure(test) ? seen.find((one) => sameCode(file, one, test)) : undefined;
        if (earlier) {
          file.report(test, `Line ${file.line(earlier.start)} asks the same: this branch is never taken.`, {
            related: [{ start: earlier.start, end: earlier.end, message: 'asked here first' }],
          });
        }
        seen.push(test);
      }
    },
    SwitchStatement: ({ cases }) => {
      const seen: EsNode[] = [];
      for (const { test } of cases) {
        if (!test) continue;
        const earlier = isPure(test) ? seen.find((one) => sameCode(file, one, test)) : undefined;
        if (earlier) file.report(test, `Line ${file.line(earlier.start)} has the same case: this one is never taken.`);
        seen.push(test);
      }
    },
  }),
  tree: {
    python: (file) => ({
      if_statement: (node) => {
        const { nodes } = file;
        const tests = [
          nodes.child(node, 'condition'),
          ...parts(nodes, node)
            .filter((part) => nodes.is(part, 'elif_clause'))
            .map((part) => nodes.child(part, 'condition')),
        ];
        const seen = new Map<string, number>();
        for (const test of tests) {
          if (
            test < 0 ||
            nodes.is(test, 'call') ||
            nodes.descendantOfType(test, 'call', 'named_expression', 'await') >= 0
          )
            continue;
          const text = squeezedCode(nodes.slice(test), 'python');
          const earlier = seen.get(text);
          if (earlier !== undefined)
            file.report(
              file.at(test),
              `Line ${file.line(file.at(earlier).start)} asks the same: this branch is never taken.`,
              {
                related: [{ ...file.at(earlier), message: 'asked here first' }],
              },
            );
          seen.set(text, test);
        }
      },
    }),
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export function f(a: string) {\n  if (a === "x") return 1;\n  else if (a === "y") return 2;\n  else if (a === "x") return 3;\n}\n',
      good: 'export function f(a: string) {\n  if (next()) return 1;\n  else if (next()) return 2;\n  switch (a) {\n    case "x":\n    case "y":\n      return 4;\n  }\n}\n',
    },
    {
      language: 'javascript',
      bad: 'switch (a) {\n  case 1:\n    b();\n    break;\n  case 1:\n    c();\n}\n',
      good: 'if (a) b();\nif (a) c();\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    if a == 1:\n        return 1\n    elif a == 1:\n        return 2\n',
      good: 'def f(a):\n    if a.pop():\n        return 1\n    elif a.pop():\n        return 2\n',
    },
  ],
});
