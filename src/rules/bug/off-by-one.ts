import { bareExpression, sameCode, walkOwn } from '../analysis/ecmascript-nodes.ts';
import { parts, walkBody } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'off-by-one',
  title: 'Index one beyond the end',
  reason:
    'The loop’s last round reads the element behind the last one: undefined in JavaScript, IndexError in Python. Stop before the length.',
  category: 'bug',
  severity: 4,
  references: ['CWE-193', 'CWE-125'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  ecmascript: (file) => ({
    ForStatement: ({ test, body }) => {
      const inner = test ? bareExpression(test) : undefined;
      if (inner?.type !== 'BinaryExpression' || inner.operator !== '<=' || inner.left.type !== 'Identifier') return;
      const { right, left } = inner;
      if (right.type !== 'MemberExpression' || right.computed || file.slice(right.property) !== 'length') return;
      let reads = false;
      let isGuarded = false;
      walkOwn(body, (child) => {
        if (
          child.type === 'IfStatement' ||
          child.type === 'ConditionalExpression' ||
          child.type === 'LogicalExpression'
        )
          isGuarded = true;
        if (
          child.type === 'MemberExpression' &&
          child.computed &&
          child.property.type === 'Identifier' &&
          child.property.name === left.name &&
          sameCode(file, child.object, right.object)
        )
          reads = true;
      });
      if (reads && !isGuarded)
        file.report(inner, `The last round reads \`${file.slice(right.object)}[${file.slice(right)}]\`: use \`<\`.`);
    },
  }),
  tree: {
    python: (file) => ({
      for_statement: (node) => {
        const { nodes } = file;
        const index = nodes.child(node, 'left');
        const match = /^range\(\s*(?:0\s*,\s*)?len\((\w+)\)\s*\+\s*1\s*\)$/.exec(
          nodes.slice(nodes.child(node, 'right')),
        );
        if (!match || !nodes.is(index, 'identifier')) return;
        let reads = false;
        let isGuarded = false;
        const body = nodes.child(node, 'body');
        walkBody(nodes, body, (at) => {
          if (/^(?:if_statement|conditional_expression|try_statement)$/.test(nodes.typeName(at))) isGuarded = true;
          if (
            nodes.is(at, 'subscript') &&
            nodes.slice(nodes.child(at, 'value')) === match[1] &&
            parts(nodes, at)[1] !== undefined &&
            nodes.slice(parts(nodes, at)[1]!) === nodes.slice(index)
          )
            reads = true;
        });
        if (reads && !isGuarded)
          file.report(file.at(nodes.child(node, 'right')), `The last round reads \`${match[1]}[len(${match[1]})]\`.`);
      },
    }),
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  let s = 0;\n  for (let i = 0; i <= a.length; i++) s += a[i];\n  return s;\n}\n',
      good: 'export function f(a) {\n  let s = 0;\n  for (let i = 0; i < a.length; i++) s += a[i];\n  for (let i = 0; i <= a.length; i++) s += b[i];\n  return s;\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    for i in range(len(a) + 1):\n        print(a[i])\n',
      good: 'def f(a):\n    for i in range(len(a) + 1):\n        print(a[:i])\n',
    },
  ],
});
