import type { EsNode } from '#languages/ecmascript-tree.ts';
import { isGlobal, methodName } from '../analysis/ecmascript-nodes.ts';
import { defineRule, type EsFile } from '../rule.ts';

const ecmascriptPure = new Set(
  'trim trimStart trimEnd toUpperCase toLowerCase padStart padEnd toFixed concat slice toSorted toReversed toSpliced substring charAt startsWith endsWith'.split(
    ' ',
  ),
);
const pythonPure = new Set(
  'strip lstrip rstrip upper lower title capitalize casefold swapcase zfill ljust rjust startswith endswith isdigit isalpha splitlines'.split(
    ' ',
  ),
);
const pythonFunctions = new Set(
  'sorted reversed len str repr abs min max sum zip enumerate range isinstance issubclass'.split(' '),
);

export const rule = defineRule({
  id: 'dropped-result',
  title: 'Result of a call that does nothing else',
  reason:
    'The call leaves its object as it is and returns a new value, which nobody takes. Assign it, or call what changes the object in place.',
  category: 'bug',
  severity: 4,
  references: ['CWE-252', 'sonar S2201'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-ignored-return', 'B018', 'W0106', 'expression-not-assigned'],
  ecmascript: (file) => ({
    ExpressionStatement: ({ expression }) => {
      if (expression.type !== 'CallExpression') return;
      const { callee } = expression;
      const name = methodName(callee);
      if (name === undefined || callee.type !== 'MemberExpression') return;
      if (isGlobal(file, callee.object, 'Object') && /^(?:keys|values|entries|fromEntries)$/.test(name)) {
        file.report(expression, `Nothing takes what \`Object.${name}\` returns.`);
        return;
      }
      // Only on values that are surely strings or arrays: other objects may have methods of these names that do more.
      if (!ecmascriptPure.has(name) || !isStringOrArray(file, callee.object)) return;
      file.report(expression, `\`${name}\` returns a new value, and nothing takes it.`);
    },
  }),
  tree: {
    python: (file) => ({
      expression_statement: (node) => {
        const { nodes } = file;
        const call = nodes.firstNamed(node);
        if (!nodes.is(call, 'call') || nodes.nextNamed(call) >= 0) return;
        const callee = nodes.child(call, 'function');
        if (nodes.is(callee, 'identifier')) {
          const name = nodes.slice(callee);
          if (!pythonFunctions.has(name) || file.python.variableOf(callee)) return;
          // `len(x)`, `str(x)` may be called to see whether they raise.
          if (file.role === 'test' || isGuarded(node)) return;
          if (name !== 'sorted' && name !== 'reversed' && name !== 'zip' && name !== 'enumerate') return;
          file.report(file.at(call), `\`${name}\` returns a new value, and nothing takes it.`);
          return;
        }
        if (!nodes.is(callee, 'attribute')) return;
        const name = nodes.slice(nodes.child(callee, 'attribute'));
        const object = nodes.child(callee, 'object');
        const isString = nodes.is(object, 'string') || isStringVariable(object);
        if (
          !isString ||
          !(pythonPure.has(name) || name === 'replace' || name === 'format' || name === 'join') ||
          isGuarded(node)
        )
          return;
        file.report(file.at(call), `\`${name}\` returns a new string, and nothing takes it.`);

        /** Every binding of the name is a string. */
        function isStringVariable(at: number): boolean {
          const variable = nodes.is(at, 'identifier') ? file.python.variableOf(at) : undefined;
          if (!variable || variable.bindings.length === 0) return false;
          return variable.bindings.every(({ node: name, kind }) => {
            const statement = nodes.parent(name);
            if (kind !== 'assignment' || !nodes.is(statement, 'assignment')) return false;
            const value = nodes.child(statement, 'right');
            return (
              nodes.is(value, 'string') ||
              nodes.is(value, 'concatenated_string') ||
              /^(?:str\(|f["'])/.test(nodes.slice(value))
            );
          });
        }

        function isGuarded(statement: number): boolean {
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
      language: 'typescript',
      bad: 'export function f(a: string) {\n  const b = `x${a}`;\n  b.trim();\n  return b;\n}\n',
      good: 'export function f(a: Box) {\n  a.trim();\n  return a.text.trim();\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    text = "a" + "b"\n    text = "c"\n    sorted(a)\n    return text\n',
      good: 'def f(a):\n    a.strip()\n    a.sort()\n    return sorted(a)\n',
    },
    {
      language: 'python',
      bad: 'def f():\n    text = "a b"\n    text.replace(" ", "")\n    return text\n',
      good: 'def f():\n    text = "a b"\n    text = text.replace(" ", "")\n    return text\n',
    },
  ],
});

function isStringOrArray(file: EsFile, node: EsNode): boolean {
  if (node.type === 'TemplateLiteral' || node.type === 'ArrayExpression') return true;
  if (node.type === 'Literal') return typeof node.value === 'string';
  if (node.type === 'BinaryExpression')
    return node.operator === '+' && (isStringOrArray(file, node.left) || isStringOrArray(file, node.right));
  if (node.type !== 'Identifier') return false;
  const variable = file.scopes.variableOf(node);
  if (variable?.declarations.length !== 1 || variable.kind === 'parameter') return false;
  const writes = variable.references.filter(({ isWrite }) => isWrite);
  return (
    writes.length > 0 &&
    writes.every(({ node: target }) => {
      const parent = file.parent(target);
      const value =
        parent?.type === 'VariableDeclarator' && parent.id === target
          ? parent.init
          : parent?.type === 'AssignmentExpression' && parent.left === target && parent.operator === '='
            ? parent.right
            : undefined;
      return value ? value.type !== 'Identifier' && isStringOrArray(file, value) : false;
    })
  );
}
