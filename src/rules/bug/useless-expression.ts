import { isPure } from '../analysis/ecmascript-nodes.ts';
import { functionAround } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

/** Comparisons and arithmetic whose result is dropped; plain names and members may have getters and are left alone. */
export const rule = defineRule({
  id: 'useless-expression',
  title: 'Result that is computed and dropped',
  reason:
    'The statement compares or computes something and does nothing with it. An assignment (`=` for `==`), a call’s parentheses or an assert was probably meant.',
  category: 'bug',
  severity: 4,
  references: ['CWE-482', 'eslint no-unused-expressions', 'ruff B015'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: [
    'no-unused-expressions',
    'B015',
    'B018',
    'pointless-statement',
    'expression-not-assigned',
    'W0104',
    'W0106',
  ],
  ecmascript: (file) => ({
    ExpressionStatement: (node) => {
      const { expression } = node;
      const isComputed =
        (expression.type === 'BinaryExpression' && expression.operator !== 'in') ||
        (expression.type === 'UnaryExpression' && expression.operator !== 'void' && expression.operator !== 'delete');
      if (!isComputed || !isPure(expression)) return;
      // `arguments.length === 1` to please a minifier, `typeof x` to touch a global: not in code that people write.
      if (/^\s*\/\*[^]*?\*\//.test(file.slice(node))) return;
      const isComparison = expression.type === 'BinaryExpression' && /^[!=<>]=?=?$/.test(expression.operator);
      file.report(
        node,
        isComparison
          ? 'The comparison’s result is dropped: an assignment or a condition was probably meant.'
          : 'The result is dropped.',
        // TypeScript compares only what may be equal: in a test of types the comparison is the test.
        isComparison && file.role === 'test' && file.language === 'typescript' ? { severity: 3 } : {},
      );
    },
  }),
  tree: {
    python: (file) => ({
      expression_statement: (node) => {
        const { nodes } = file;
        const only = nodes.firstNamed(node);
        if (only < 0 || nodes.nextNamed(only) >= 0) return;
        const type = nodes.typeName(only);
        if (type !== 'comparison_operator' && type !== 'binary_operator' && type !== 'not_operator') return;
        // Operators may be overloaded to do something (pipelines with `>>`, `|`); comparisons are for their result.
        if (type === 'binary_operator' && !/^[\w.\s+*/%-]+$/.test(nodes.slice(only))) return;
        // `1 / 0` and `1 + None` are how tests raise.
        const plain = nodes.slice(only).replace(/\b(?:None|True|False)\b/g, '');
        if (type === 'binary_operator' && (!/\d|["']/.test(plain) || !/[a-zA-Z]/.test(plain))) return;
        if (nodes.descendantOfType(only, 'call', 'await', 'yield', 'named_expression') >= 0) return;
        // In a test, a comparison may be there to raise.
        // `in` may ask a class that does something.
        if (file.role === 'test' && /\bin\b/.test(nodes.slice(only).replace(/(["'])(?:(?!\1).)*\1/g, ''))) return;
        if (isInRaises(node) || isTimed(node)) return;
        // `self > other` in a file whose classes say what `>` does.
        if (
          type === 'comparison_operator' &&
          /\bdef __(?:[lg][te]|eq|ne|contains)__\s*\(/.test(file.text) &&
          /\bself\b/.test(nodes.slice(only))
        )
          return;
        // `a == b` of two names alone may be there to have `__eq__` called.
        const isAsked = file.role === 'test' && /^[a-zA-Z_]\w*\s*[=!<>]=?\s*[a-zA-Z_]\w*$/.test(nodes.slice(only));
        file.report(
          file.at(node),
          'The result is dropped: an assignment, a condition or an assert was probably meant.',
          isAsked ? { severity: 3 } : {},
        );

        /** All that a function to be timed does. */
        function isTimed(statement: number): boolean {
          const around = functionAround(nodes, statement);
          return around >= 0 && /^(?:time|bench)/i.test(nodes.slice(nodes.child(around, 'name')));
        }

        function isInRaises(statement: number): boolean {
          for (let at = nodes.parent(statement); at >= 0; at = nodes.parent(at)) {
            if (nodes.is(at, 'with_statement') || nodes.is(at, 'try_statement')) return true;
            if (nodes.is(at, 'function_definition')) return false;
          }
          return false;
        }
      },
    }),
  },
  examples: [
    {
      language: 'javascript',
      bad: 'function f(a) {\n  a.done == true;\n  return a;\n}\n',
      good: 'function f(a) {\n  a.done = true;\n  a && a.run();\n  return a;\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    a.done == True\n    return a\n',
      good: 'def f(a):\n    assert a.done == True\n    with raises(TypeError):\n        a < 1\n',
    },
  ],
});
