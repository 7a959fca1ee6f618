import { unusedLocals } from '../analysis/unused-locals.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'unused-local',
  title: 'Local variable that nothing reads',
  reason:
    'Its function gives it a value and never looks at it: either the value was meant for something, or the line is left over. Use it, or delete it and keep what the right side does.',
  category: 'dead-code',
  severity: 2,
  references: ['CWE-563', 'eslint no-unused-vars', 'pyflakes F841'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: [
    'no-unused-vars',
    '@typescript-eslint/no-unused-vars',
    'F841',
    'W0612',
    'unused-variable',
    'lint/correctness/noUnusedVariables',
  ],
  minutes: 2,
  ...unusedLocals((binding) => binding === 'value' || binding === 'exception'),
  examples: [
    {
      language: 'typescript',
      bad: 'export function f(list: number[]) {\n  const count = list.length;\n  return list;\n}\n',
      good: 'export function f({ a, ...rest }: { a: 1; b: 2 }) {\n  const { b, ...others } = rest as never;\n  let n = 0;\n  return { others, next: () => ++n };\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(list) {\n  let count = 0;\n  for (const each of list) count += each;\n}\n',
      good: 'export function f(list) {\n  let count = 0;\n  for (const each of list) count += each;\n  return count;\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(path):\n    size = len(path)\n    return path\n',
      good: 'def f(path):\n    size = len(path)\n    _unused = 1\n    return f"{size}"\n\n\ndef g():\n    a = 1\n    return "{a}".format(**locals())\n',
    },
    {
      language: 'python',
      bad: 'def f(x):\n    try:\n        return x()\n    except ValueError as error:\n        return None\n',
      good: 'def f(x):\n    n = 0\n\n    def more():\n        nonlocal n\n        n += 1\n        return n\n\n    return more\n',
    },
  ],
});
