import type { EsNode } from '#languages/ecmascript-tree.ts';
import { walkOwn } from '../analysis/ecmascript-nodes.ts';
import { parts, walkBody } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

/** Loops over indices and conditions; `for x of y` that returns at once is how some take the first element. */
export const rule = defineRule({
  id: 'loop-runs-once',
  title: 'Loop that never comes to a second round',
  reason:
    'The body leaves the loop on every way in its first round. The exit was meant to be conditional, or the loop can be an `if`.',
  category: 'bug',
  severity: 4,
  references: ['CWE-835', 'eslint no-unreachable-loop', 'sonar S1751'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-unreachable-loop', 'PLR1704'],
  ecmascript: (file) => {
    const look = (node: EsNode & { readonly body: EsNode }): void => {
      const { body } = node;
      const last = body.type === 'BlockStatement' ? body.body.at(-1) : body;
      if (
        !last ||
        (last.type !== 'ReturnStatement' &&
          last.type !== 'ThrowStatement' &&
          !(last.type === 'BreakStatement' && !last.label))
      )
        return;
      let goesOn = false;
      walkOwn(body, (child) => {
        if (child.type === 'ContinueStatement') goesOn = true;
      });
      if (!goesOn)
        file.report(
          { start: node.start, end: Math.min(body.start, node.end) },
          'Every way through the body leaves the loop.',
          { identityOf: node },
        );
    };
    return { ForStatement: look };
  },
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        while_statement: (node) => {
          const body = nodes.child(node, 'body');
          const last = parts(nodes, body).at(-1);
          if (last === undefined || !/^(?:return|raise)_statement$/.test(nodes.typeName(last))) return;
          let goesOn = false;
          walkBody(nodes, body, (at) => {
            if (nodes.is(at, 'continue_statement') || nodes.is(at, 'yield') || nodes.is(at, 'try_statement'))
              goesOn = true;
          });
          if (!goesOn)
            file.report(
              { start: file.at(node).start, end: file.at(nodes.child(node, 'condition')).end },
              'Every way through the body leaves the loop.',
              { identityOf: file.at(node) },
            );
        },
      };
    },
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  for (let i = 0; i < a.length; i++) {\n    if (a[i]) return i;\n    return -1;\n  }\n}\n',
      good: 'export function f(a) {\n  for (let i = 0; i < a.length; i++) {\n    if (a[i]) return i;\n  }\n  for (const x of a) return x;\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    while a.more():\n        b = a.next()\n        return b\n',
      good: 'def f(a):\n    while a.more():\n        b = a.next()\n        if b:\n            return b\n    for c in a:\n        return c\n',
    },
  ],
});
