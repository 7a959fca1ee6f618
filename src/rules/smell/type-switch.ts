import type { EsNode } from '#languages/ecmascript-tree.ts';
import { bareExpression } from '../analysis/ecmascript-nodes.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

const LEAST = 5;

export const rule = defineRule({
  id: 'type-switch',
  title: 'Chain of questions for the type',
  reason:
    'Each new type needs a new branch here, and in every other chain like it. Give the types a method, or look the function up by type (a table, functools.singledispatch).',
  category: 'smell',
  severity: 2,
  references: ['Fowler: Repeated Switches', 'SOLID: open–closed'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  ecmascript: (file) => ({
    IfStatement: (node) => {
      const above = file.parent(node);
      if (above?.type === 'IfStatement' && above.alternate === node) return;
      let subject: string | undefined;
      let count = 0;
      for (let at: EsNode | null = node; at?.type === 'IfStatement'; at = at.alternate) {
        const test = bareExpression(at.test);
        if (test.type !== 'BinaryExpression' || test.operator !== 'instanceof') return;
        const asked = file.slice(test.left);
        if (subject !== undefined && asked !== subject) return;
        subject = asked;
        count++;
      }
      if (count >= LEAST)
        file.report(node.test, `${count} branches ask for the type of \`${subject}\`.`, { identityOf: node.test });
    },
  }),
  tree: {
    python: (file) => ({
      if_statement: (node) => {
        const { nodes } = file;
        const tests = [node, ...parts(nodes, node).filter((part) => nodes.is(part, 'elif_clause'))].map((part) =>
          nodes.slice(nodes.child(part, 'condition')),
        );
        const subjects = tests.map((test) => /^isinstance\(\s*([\w.]+)\s*,[^()]*(?:\([^()]*\))?\s*\)$/.exec(test)?.[1]);
        if (tests.length < LEAST || subjects.some((subject) => subject === undefined || subject !== subjects[0]))
          return;
        // The built-in types have no methods to give.
        if (
          tests.filter((test) => /\b(?:str|int|float|bytes|bool|list|dict|tuple|set|type|complex)\b/.test(test))
            .length > 1
        )
          return;
        file.report(
          file.at(nodes.child(node, 'condition')),
          `${tests.length} branches ask for the type of \`${subjects[0]}\`.`,
        );
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: `def f(a):\n    if isinstance(a, Cat):\n        return 0\n${['Dog', 'Cow', 'Hen', 'Pig'].map((name, i) => `    elif isinstance(a, ${name}):\n        return ${i}\n`).join('')}`,
      good: 'def f(a):\n    if isinstance(a, str):\n        return 0\n    elif isinstance(a, int):\n        return 1\n',
    },
    {
      language: 'typescript',
      bad: `export function f(a: Animal) {\n  if (a instanceof Cat) return 0;\n${['Dog', 'Cow', 'Hen', 'Pig'].map((name, i) => `  else if (a instanceof ${name}) return ${i};\n`).join('')}}\n`,
      good: 'export function f(a: Animal) {\n  if (a instanceof Cat) return 0;\n  else if (a instanceof Dog) return 1;\n}\n',
    },
  ],
});
