import type { EsNode } from '#languages/ecmascript-tree.ts';
import { bareExpression } from '../analysis/ecmascript-nodes.ts';
import { bare } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'never-taken-branch',
  title: 'Branch that is never taken',
  reason:
    'Its condition is a constant, so the code below it never runs, yet it is read, searched and kept up. Delete it: history keeps it.',
  category: 'dead-code',
  severity: 2,
  references: ['CWE-561', 'eslint no-constant-condition', 'sonar S1145'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-constant-condition', 'W0125', 'using-constant-test', 'F634'],
  minutes: 5,
  ecmascript: (file) => {
    const report = (node: EsNode, condition: EsNode): void =>
      file.report(
        node,
        `\`${file.slice(condition)}\` is always ${truth(condition) === true ? 'true' : 'false'}: this never runs.`,
      );
    return {
      IfStatement: ({ test, consequent, alternate }) => {
        const known = truth(test);
        if (known === false) report(consequent, test);
        else if (known === true && alternate) report(alternate, test);
      },
      WhileStatement: ({ test, body }) => {
        if (truth(test) === false) report(body, test);
      },
      ConditionalExpression: ({ test, consequent, alternate }) => {
        const known = truth(test);
        if (known !== undefined) report(known ? alternate : consequent, test);
      },
    };
  },
  tree: {
    python: (file) => {
      const { nodes } = file;
      const known = (node: number): boolean | undefined => {
        const text = nodes.slice(bare(nodes, node));
        return /^(?:False|0|None|""|'')$/.test(text) ? false : /^(?:True|1)$/.test(text) ? true : undefined;
      };
      const report = (node: number, condition: number): void =>
        file.report(
          file.at(node),
          `\`${nodes.slice(condition)}\` is always ${known(condition) === true ? 'true' : 'false'}: this never runs.`,
        );
      const branch = (node: number): void => {
        const condition = nodes.child(node, 'condition');
        const truthy = known(condition);
        if (truthy === false) report(nodes.child(node, 'consequence'), condition);
        else if (truthy === true) {
          const otherwise = nodes.child(node, 'alternative');
          if (otherwise >= 0) report(otherwise, condition);
        }
      };
      return {
        if_statement: branch,
        while_statement: (node) => {
          const condition = nodes.child(node, 'condition');
          if (known(condition) === false) report(nodes.child(node, 'body'), condition);
        },
      };
    },
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export function f(a: number) {\n  if (false) a++;\n  return a;\n}\n',
      good: 'declare const DEBUG: boolean;\nexport function f(a: number) {\n  while (true) if (a++ > 3) return a;\n  if (DEBUG) a++;\n}\n',
    },
    {
      language: 'python',
      bad: 'if False:\n    print(1)\n',
      good: 'while True:\n    print(1)\n    break\nelse:\n    print(2)\n',
    },
    {
      language: 'python',
      bad: 'if True:\n    print(1)\nelse:\n    print(2)\n',
      good: 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import x\n',
    },
  ],
});

/** Of a literal alone: names may be replaced by a build. */
function truth(node: EsNode): boolean | undefined {
  const inner = bareExpression(node);
  if (inner.type === 'Literal' && (typeof inner.value === 'boolean' || inner.value === 0 || inner.value === 1))
    return Boolean(inner.value);
  if (inner.type === 'UnaryExpression' && inner.operator === '!') {
    const below = truth(inner.argument);
    return below === undefined ? undefined : !below;
  }
  return undefined;
}
