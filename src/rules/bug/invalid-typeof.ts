import { defineRule } from '../rule.ts';

const kinds = new Set([
  'undefined',
  'object',
  'boolean',
  'number',
  'string',
  'function',
  'symbol',
  'bigint',
  'unknown',
  'date',
]);

export const rule = defineRule({
  id: 'invalid-typeof',
  title: '`typeof` compared with what it never gives',
  reason:
    'typeof gives one of eight words; compared with another one the answer is always the same. Correct the spelling, or ask Array.isArray or `=== null`.',
  category: 'bug',
  severity: 5,
  references: ['eslint valid-typeof'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['valid-typeof'],
  ecmascript: (file) => ({
    BinaryExpression: ({ operator, left, right, start, end }) => {
      if (!/^[!=]==?$/.test(operator)) return;
      const asked =
        left.type === 'UnaryExpression' && left.operator === 'typeof'
          ? right
          : right.type === 'UnaryExpression' && right.operator === 'typeof'
            ? left
            : undefined;
      if (asked?.type === 'Literal' && typeof asked.value === 'string' && !kinds.has(asked.value))
        file.report({ start, end }, `typeof never gives \`${asked.value}\`.`);
      // `typeof (a === "string")`
      const inner = left.type === 'UnaryExpression' && left.operator === 'typeof' ? left.argument : undefined;
      if (inner?.type === 'BinaryExpression') file.report({ start, end }, 'typeof is applied to the comparison.');
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'export const f = (a) => typeof a === "strnig";\n',
      good: 'export const f = (a) => typeof a === "string" || typeof a === b;\n',
    },
    {
      language: 'typescript',
      bad: 'export const f = (a: unknown) => typeof a === "array";\n',
      good: 'export const f = (a: unknown) => Array.isArray(a);\n',
    },
  ],
});
