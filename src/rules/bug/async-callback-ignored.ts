import { enclosingFunction, isFunctionNode, methodName } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'async-callback-ignored',
  title: 'Asynchronous callback that nobody awaits',
  reason:
    '`forEach` drops the promises that the callback returns: the code behind it runs before they are done, and their errors are lost. Use `for … of` with await, or Promise.all over `map`.',
  category: 'bug',
  severity: 4,
  references: ['CWE-252', 'sonar S6544'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-misused-promises', 'no-floating-promises', 'no-async-foreach'],
  ecmascript: (file) => ({
    CallExpression: (node) => {
      const [callback] = node.arguments;
      if (methodName(node.callee) !== 'forEach' || !callback || !isFunctionNode(callback) || !callback.async) return;
      if (!/\bawait\b/.test(file.slice(callback)) || file.role === 'test') return;
      // Only where someone could wait.
      if (enclosingFunction(file, node)?.async)
        file.report(
          {
            start: callback.start,
            end: callback.body ? Math.min(callback.body.start + 1, callback.end) : callback.end,
          },
          '`forEach` does not wait for this function.',
          { identityOf: node },
        );
    },
  }),
  examples: [
    {
      language: 'typescript',
      bad: 'export async function f(a: string[]) {\n  a.forEach(async (x) => {\n    await save(x);\n  });\n}\n',
      good: 'export async function f(a: string[]) {\n  await Promise.all(a.map(async (x) => save(x)));\n  a.forEach((x) => log(x));\n}\n',
    },
  ],
});
