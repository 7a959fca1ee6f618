import { isFunctionNode, walkOwn } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'await-in-loop',
  title: 'Waiting for one after another',
  reason:
    'Each round waits for the one before, though none needs its result. Start all and wait once: `await Promise.all(items.map(…))`.',
  category: 'performance',
  severity: 2,
  references: ['eslint no-await-in-loop'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-await-in-loop'],
  optIn: true,
  ecmascript: (file) => ({
    ForOfStatement: (node) => {
      if (node.await || node.left.type !== 'VariableDeclaration' || node.body.type !== 'BlockStatement') return;
      const [only] = node.body.body;
      if (node.body.body.length !== 1 || only?.type !== 'ExpressionStatement') return;
      // The only thing done: `out.push(await f(x))` or `await f(x)`.
      let waits = 0;
      walkOwn(only, (child) => {
        if (child.type === 'AwaitExpression') waits++;
        return !isFunctionNode(child);
      });
      if (waits === 1 && /^(?:await\b|\w+\.push\(\s*await\b)/.test(file.slice(only)))
        file.report(only, 'The rounds do not need each other: start all, then wait once.');
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'export async function f(a) {\n  const out = [];\n  for (const x of a) {\n    out.push(await g(x));\n  }\n  return out;\n}\n',
      good: 'export async function f(a) {\n  let last;\n  for (const x of a) {\n    last = await g(x, last);\n  }\n  return Promise.all(a.map(g));\n}\n',
    },
  ],
});
