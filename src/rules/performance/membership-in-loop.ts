import type { EsNode } from '#languages/ecmascript-tree.ts';
import { isFunctionNode, isLoopNode } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

/** Only lists that grow inside the same loop: then the search gets longer with each round. */
export const rule = defineRule({
  id: 'membership-in-loop',
  title: 'Growing list searched in each round of a loop',
  reason:
    'The list grows with each round and is searched from its start in each: twice the input takes four times as long. Keep a Set beside it, or instead of it.',
  category: 'performance',
  severity: 2,
  references: ['CWE-1050'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  ecmascript: (file) => ({
    CallExpression: (node) => {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') return;
      if (callee.property.type !== 'Identifier' || !/^(?:includes|indexOf)$/.test(callee.property.name)) return;
      const variable = file.scopes.variableOf(callee.object);
      if (!variable) return;
      for (let at: EsNode | undefined = file.parent(node), below: EsNode = node; at; below = at, at = file.parent(at)) {
        if (isFunctionNode(at)) return;
        if (!isLoopNode(at) || at.body !== below) continue;
        const loop = at;
        const isOutside = variable.declarations.every(({ start }) => start < loop.start);
        const grows = variable.references.some(({ node: use }) => {
          const member = file.parent(use);
          return (
            use.start > loop.start &&
            use.end < loop.end &&
            member?.type === 'MemberExpression' &&
            file.slice(member.property) === 'push'
          );
        });
        const isList = variable.references.some(({ node: use, isInit }) => {
          const parent = file.parent(use);
          return (
            isInit &&
            parent?.type === 'VariableDeclarator' &&
            parent.init?.type === 'ArrayExpression' &&
            parent.init.elements.length === 0
          );
        });
        if (isOutside && grows && isList)
          file.report(node, `\`${variable.name}\` grows in this loop and is searched from its start.`);
        return;
      }
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        comparison_operator: (node) => {
          const match = /^[^]*?\b(?:not\s+)?in\s+(\w+)$/.exec(nodes.slice(node));
          const name = match?.[1];
          if (name === undefined) return;
          for (let at = nodes.parent(node); at >= 0; at = nodes.parent(at)) {
            const type = nodes.typeName(at);
            if (type === 'function_definition' || type === 'class_definition' || type === 'lambda') return;
            if (type !== 'for_statement' && type !== 'while_statement') continue;
            const body = nodes.slice(nodes.child(at, 'body'));
            const before = nodes.text.slice(Math.max(0, nodes.tree.start[at]! - 1500), nodes.tree.start[at]!);
            if (
              new RegExp(`\\b${name}\\.append\\(`).test(body) &&
              new RegExp(`\\b${name}(?:\\s*:[^=\\n]+)?\\s*=\\s*(?:\\[\\]|list\\(\\))`).test(before)
            )
              file.report(file.at(node), `\`${name}\` grows in this loop and is searched from its start.`);
            return;
          }
        },
      };
    },
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  const seen = [];\n  for (const x of a) {\n    if (!seen.includes(x)) seen.push(x);\n  }\n  return seen;\n}\n',
      good: 'export function f(a) {\n  const seen = new Set();\n  for (const x of a) seen.add(x);\n  return [...seen].includes(1);\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    seen = []\n    for x in a:\n        if x not in seen:\n            seen.append(x)\n    return seen\n',
      good: 'def f(a):\n    seen = set()\n    for x in a:\n        if x not in seen:\n            seen.add(x)\n    return seen\n',
    },
  ],
});
