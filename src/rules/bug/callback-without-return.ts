import { bareExpression, isFunctionNode, methodName, walkOwn } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'callback-without-return',
  title: 'Callback that returns nothing',
  reason:
    '`map`, `filter`, `find`, `some`, `every` and `reduce` use what the callback returns; this one never returns, so the result is made of undefined. Return the value, or use forEach.',
  category: 'bug',
  severity: 4,
  references: ['eslint array-callback-return'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['array-callback-return'],
  ecmascript: (file) => ({
    CallExpression: (node) => {
      const [callback] = node.arguments;
      const name = methodName(node.callee);
      if (name === undefined || !/^(?:map|filter|find|findIndex|some|every|reduce|flatMap)$/.test(name)) return;
      if (
        !callback ||
        !isFunctionNode(callback) ||
        callback.body?.type !== 'BlockStatement' ||
        callback.generator ||
        callback.async
      )
        return;
      if (callback.params.length === 0 && name !== 'map') return;
      // A module of functions (`Effect.map(f)`), not an array.
      const receiver = node.callee.type === 'MemberExpression' ? bareExpression(node.callee.object) : undefined;
      if (
        receiver?.type === 'Identifier' &&
        (/^[A-Z_$]/.test(receiver.name) || file.scopes.variableOf(receiver)?.kind === 'import')
      )
        return;
      // Dropped results are another matter, and methods of these names exist on other things (a Set, a collection, a table).
      if (file.parent(node)?.type === 'ExpressionStatement' || node.arguments.length > 2) return;
      let returns = false;
      walkOwn(callback.body, (child) => {
        if (child.type === 'ReturnStatement' || child.type === 'ThrowStatement') returns = true;
      });
      if (!returns && callback.body.body.length > 0)
        file.report(
          { start: callback.start, end: callback.body.start },
          `\`${name}\` uses what its callback returns, and this one returns nothing.`,
          { identityOf: node },
        );
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'export const f = (a) => a.map((x) => {\n  x + 1;\n});\n',
      good: 'export const f = (a) => a.map((x) => {\n  return x + 1;\n});\nexport const g = (a) => a.map((x) => x + 1).filter((x) => { throw x; });\n',
    },
  ],
});
