import type { EsNode } from '#languages/ecmascript-tree.ts';
import { bareExpression, isGlobal } from '../analysis/ecmascript-nodes.ts';
import { bare, parts } from '../analysis/python-nodes.ts';
import { defineRule, type EsFile } from '../rule.ts';

export const rule = defineRule({
  id: 'constant-operand',
  title: 'Condition that is always the same',
  reason:
    'A part of the condition is a constant by itself, such as `x == "a" or "b"`, or compares with a new object, which nothing equals. Compare with each value, or by content.',
  category: 'bug',
  severity: 4,
  references: ['CWE-570', 'CWE-571', 'eslint no-constant-binary-expression', 'pylint R1726'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: [
    'no-constant-binary-expression',
    'no-constant-condition',
    'SIM222',
    'PLR1714',
    'F631',
    'F634',
    'assert-on-tuple',
  ],
  ecmascript: (file) => ({
    BinaryExpression: ({ operator, left, right, start, end }) => {
      if (!/^[!=]==?$/.test(operator)) return;
      const made = [left, right].map((side) => bareExpression(side)).find(isNewObject);
      // `[] == x` is a way to ask for emptiness by coercion.
      if (
        !made ||
        (operator.length === 2 && made.type !== 'ObjectExpression' && made.type !== 'ArrowFunctionExpression')
      )
        return;
      file.report(
        { start, end },
        `A new ${made.type === 'ArrayExpression' ? 'array' : 'object'} equals nothing else: this is always ${operator.startsWith('!')}.`,
      );
    },
    LogicalExpression: (node) => {
      const { operator, left, right } = node;
      const one = bareExpression(left);
      const other = bareExpression(right);
      if (
        operator === '||' &&
        other.type === 'Literal' &&
        typeof other.value === 'string' &&
        isComparison(one) &&
        isCondition(file, node)
      )
        file.report(node, `\`|| ${file.slice(other)}\` is always true: compare with each value.`);
      if (operator === '??' && one.type === 'BinaryExpression')
        file.report(
          node,
          `\`${file.slice(one).slice(0, 60)}\` is never null or undefined: brackets around the \`??\` are missing.`,
          { severity: 4 },
        );
    },
    UnaryExpression: (node) => {
      const parent = file.parent(node);
      if (node.operator !== '!' || parent?.type !== 'BinaryExpression' || parent.left !== node) return;
      if (parent.operator !== 'in' && parent.operator !== 'instanceof') return;
      // With brackets it says that it is meant.
      if (file.text.slice(parent.start, node.start).includes('(') || file.slice(parent).startsWith('(')) return;
      file.report(parent, `\`!\` binds before \`${parent.operator}\`: write \`!(… ${parent.operator} …)\`.`);
    },
    CallExpression: ({ callee, arguments: given, start, end }) => {
      if (
        callee.type === 'Identifier' &&
        /^(?:Math|JSON|Reflect|Atomics)$/.test(callee.name) &&
        isGlobal(file, callee, callee.name) &&
        given.length >= 0
      )
        file.report({ start, end }, `\`${callee.name}\` is not a function.`, { severity: 5 });
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      const isText = (node: number): boolean => /^(?:string|integer|float)$/.test(nodes.typeName(node));
      return {
        boolean_operator: (node) => {
          const left = bare(nodes, nodes.child(node, 'left'));
          const right = bare(nodes, nodes.child(node, 'right'));
          if (nodes.slice(nodes.child(node, 'operator')) !== 'or' || !nodes.is(right, 'string') || !isTest(node))
            return;
          const last = nodes.is(left, 'boolean_operator') ? bare(nodes, nodes.child(left, 'right')) : left;
          if (!nodes.is(last, 'comparison_operator') || nodes.slice(right).length <= 2) return;
          file.report(
            file.at(node),
            `\`or ${nodes.slice(right)}\` is always true: compare with each value, or use \`in\`.`,
          );
        },
        assert_statement: (node) => {
          const test = nodes.firstNamed(node);
          if (nodes.is(test, 'tuple') && parts(nodes, test).length > 0)
            file.report(file.at(node), 'A tuple is always true: the brackets turn condition and message into one.');
        },
        if_statement: (node) => {
          const test = nodes.child(node, 'condition');
          if (nodes.is(test, 'tuple') && parts(nodes, test).length > 0)
            file.report(file.at(test), 'A tuple that is not empty is always true.');
        },
        comparison_operator: (node) => {
          const [one, other, third] = parts(nodes, node).map((part) => bare(nodes, part));
          if (one === undefined || other === undefined || third !== undefined) return;
          if (!isText(one) || !isText(other)) return;
          if (file.role !== 'test') file.report(file.at(node), 'Both sides are constants.', { severity: 3 });
        },
      };

      function isTest(node: number): boolean {
        const parent = nodes.parent(node);
        const type = nodes.typeName(parent);
        return (
          ((type === 'if_statement' || type === 'elif_clause' || type === 'while_statement') &&
            nodes.child(parent, 'condition') === node) ||
          type === 'assert_statement' ||
          type === 'not_operator' ||
          (type === 'parenthesized_expression' && isTest(parent))
        );
      }
    },
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export function f(a: string) {\n  if (a === "x" || "y") return 1;\n}\n',
      good: 'export function f(a: string) {\n  if (a === "x" || a === "y") return 1;\n  const b = a === "z" || "w";\n  if ((!a) in b) return 2;\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export const f = (a) => a === [];\n',
      good: 'export const f = (a) => a.length === 0;\n',
    },
    {
      language: 'javascript',
      bad: 'export const f = (a, b) => !a in b;\n',
      good: 'export const f = (a, b) => !(a in b);\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    if a == "x" or "y":\n        return 1\n',
      good: 'def f(a):\n    if a == "x" or a == "y":\n        return 1\n    return a == "z" or "w"\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    assert (a > 1, "small")\n',
      good: 'def f(a):\n    assert a > 1, "small"\n',
    },
  ],
});

function isNewObject(node: EsNode): boolean {
  return (
    node.type === 'ObjectExpression' ||
    node.type === 'ArrayExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    (node.type === 'Literal' && 'regex' in node)
  );
}

function isComparison(node: EsNode): boolean {
  if (node.type === 'LogicalExpression') return node.operator === '||' && isComparison(bareExpression(node.right));
  return node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator);
}

function isCondition(file: EsFile, node: EsNode): boolean {
  const parent = file.parent(node);
  return (
    ((parent?.type === 'IfStatement' ||
      parent?.type === 'WhileStatement' ||
      parent?.type === 'ConditionalExpression') &&
      parent.test === node) ||
    (parent?.type === 'UnaryExpression' && parent.operator === '!')
  );
}
