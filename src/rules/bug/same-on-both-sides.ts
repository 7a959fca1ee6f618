import { squeezedCode } from '../analysis/code-text.ts';
import { bareExpression, isPure, sameCode } from '../analysis/ecmascript-nodes.ts';
import { bare, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

const compared = new Set([
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '-',
  '/',
  '%',
  '^',
  '&',
  '|',
  '&&',
  '||',
  '??',
]);

export const rule = defineRule({
  id: 'same-on-both-sides',
  title: 'Operator with the same thing on both sides',
  reason:
    'Comparing or combining a value with itself always gives the same answer: one side was meant to be something else. For NaN, use Number.isNaN or math.isnan.',
  category: 'bug',
  severity: 4,
  references: ['CWE-571', 'eslint no-self-compare', 'sonar S1764', 'pylint R0124'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-self-compare', 'comparison-with-itself', 'R0124', 'PLR0124', 'no-identical-expressions'],
  ecmascript: (file) => {
    const look = (
      node: Parameters<typeof bareExpression>[0] & { left: never; right: never; operator: string },
    ): void => {
      const { left, right, operator } = node as unknown as {
        left: Parameters<typeof isPure>[0];
        right: Parameters<typeof isPure>[0];
        operator: string;
      };
      if (!compared.has(operator)) return;
      // Tests ask whether a thing equals itself.
      if (/[=<>]/.test(operator) && file.role === 'test') return;
      const [one, other] = [bareExpression(left), bareExpression(right)];
      if (one.type === 'Literal' || !isPure(one) || !sameCode(file, one, other)) return;
      // `x !== x` and `+x !== +x` are the old way to ask for NaN.
      if (/^[!=]==?$/.test(operator) && /^(?:Identifier|MemberExpression|UnaryExpression)$/.test(one.type)) return;
      // `hash & hash` and `hash | hash` make a 32-bit whole number of it.
      if ((operator === '&' || operator === '|') && one.type === 'Identifier') return;
      file.report(node, `Both sides of \`${operator}\` are \`${file.slice(one).slice(0, 60)}\`.`);
    };
    return { BinaryExpression: look as never, LogicalExpression: look as never };
  },
  tree: {
    python: (file) => {
      const { nodes } = file;
      const same = (one: number, other: number): boolean =>
        squeezedCode(nodes.slice(one), 'python') === squeezedCode(nodes.slice(other), 'python') && isPlain(one);
      const isPlain = (node: number): boolean =>
        !/^(?:integer|float|string|true|false|none)$/.test(nodes.typeName(node)) &&
        nodes.descendantOfType(node, 'call', 'await', 'yield') < 0 &&
        !nodes.is(node, 'call');
      return {
        comparison_operator: (node) => {
          const [one, other, third] = parts(nodes, node).map((part) => bare(nodes, part));
          if (one === undefined || other === undefined || third !== undefined || !same(one, other)) return;
          const between = nodes.text.slice(nodes.tree.end[one]!, nodes.tree.start[other]!).trim();
          // Tests ask whether a thing equals itself.
          if (file.role === 'test') return;
          // `x != x` is the old way to ask for NaN.
          if (
            /^[!=]=$/.test(between) &&
            (nodes.is(one, 'identifier') || nodes.is(one, 'attribute') || nodes.is(one, 'subscript'))
          )
            return;
          file.report(file.at(node), `Both sides of \`${between}\` are \`${nodes.slice(one).slice(0, 60)}\`.`);
        },
        boolean_operator: (node) => {
          const one = bare(nodes, nodes.child(node, 'left'));
          const other = bare(nodes, nodes.child(node, 'right'));
          if (one < 0 || other < 0 || !same(one, other)) return;
          file.report(file.at(node), `Both sides are \`${nodes.slice(one).slice(0, 60)}\`.`);
        },
      };
    },
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export const f = (a, b) => a.size > a.size || b;\n',
      good: 'export const f = (a, b) => a.size > b.size || a !== a || +b !== +b || (b = b & b);\n',
    },
    {
      language: 'python',
      bad: 'def f(a, b):\n    return a.start < a.start\n',
      good: 'def f(a, b):\n    return a.start < b.start or a != a\n',
    },
    {
      language: 'python',
      bad: 'def f(a, b):\n    return a.ready and a.ready\n',
      good: 'def f(a, b):\n    return a.ready() and a.ready()\n',
    },
  ],
});
