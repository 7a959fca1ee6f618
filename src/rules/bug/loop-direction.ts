import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'loop-direction',
  title: 'Loop that counts away from its end',
  reason:
    'The counter moves in the direction in which the condition stays true: the loop never ends, or only by overflow.',
  category: 'bug',
  severity: 5,
  references: ['CWE-835', 'eslint for-direction'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['for-direction'],
  ecmascript: (file) => ({
    ForStatement: ({ test, update, body }) => {
      if (test?.type !== 'BinaryExpression' || test.left.type !== 'Identifier' || update?.type !== 'UpdateExpression')
        return;
      if (update.argument.type !== 'Identifier' || update.argument.name !== test.left.name) return;
      const grows = update.operator === '++';
      const wants = /^<=?$/.test(test.operator) ? true : /^>=?$/.test(test.operator) ? false : undefined;
      if (wants === undefined || wants === grows) return;
      // `for (i = n; i < length; i--)` with an unsigned trick is not seen in practice; a body that changes the counter is.
      const { name } = test.left;
      if (
        new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\s*(?:[-+*/%]?=[^=]|\\+\\+|--)|\\bbreak\\b|\\breturn\\b`).test(
          file.slice(body),
        )
      )
        return;
      file.report(update, `\`${name}\` moves away from \`${file.slice(test)}\`.`);
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  for (let i = 0; i < a.length; i--) a[i]();\n}\n',
      good: 'export function f(a) {\n  for (let i = a.length - 1; i >= 0; i--) a[i]();\n  for (let i = 0; i < 9; i++) a[i]();\n}\n',
    },
  ],
});
