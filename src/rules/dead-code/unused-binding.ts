import { unusedLocals } from '../analysis/unused-locals.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'unused-binding',
  title: 'Name that a loop, an unpacking or a block brings and nothing reads',
  reason:
    'The form wants a name in this place, so it is no mistake; an underscore before the name tells the reader not to look for its use.',
  category: 'dead-code',
  severity: 1,
  references: ['flake8-bugbear B007', 'eslint no-unused-vars'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-unused-vars', '@typescript-eslint/no-unused-vars', 'B007', 'F841', 'W0612', 'RUF059'],
  minutes: 1,
  optIn: true,
  ...unusedLocals((binding) => binding !== 'value' && binding !== 'exception', 0.7),
  examples: [
    {
      language: 'typescript',
      bad: 'export function f(list: number[]) {\n  for (const each of list) list.pop();\n}\n',
      good: 'export function f(list: number[]) {\n  for (const _each of list) list.pop();\n  const [first] = list;\n  return first;\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(pairs):\n    for key, value in pairs:\n        print(key)\n',
      good: 'def f(pairs):\n    for key, _ in pairs:\n        print(key)\n',
    },
  ],
});
