import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'loose-equality',
  title: 'Comparison that converts',
  reason:
    '`==` converts what it compares by rules that few know: `0 == ""` is true. Use `===`; `== null` asks for null and undefined at once and is fine.',
  category: 'standards',
  severity: 1,
  references: ['Airbnb 15.1', 'Google JavaScript 5.10', 'eslint eqeqeq'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['eqeqeq'],
  optIn: true,
  ecmascript: (file) => ({
    BinaryExpression: (node) => {
      if (node.operator !== '==' && node.operator !== '!=') return;
      if ([node.left, node.right].some((side) => side.type === 'Literal' && side.value === null && !('regex' in side)))
        return;
      file.report(node, `\`${node.operator}\` converts what it compares.`);
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'export const f = (a) => a == 1;\n',
      good: 'export const f = (a) => a === 1 || a == null;\n',
    },
  ],
});
