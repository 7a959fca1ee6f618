import { isPure, sameCode } from '../analysis/ecmascript-nodes.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'self-assignment',
  title: 'Assignment of a thing to itself',
  reason:
    'It changes nothing: one of the sides was meant to be something else, such as `this.name` or the other parameter.',
  category: 'bug',
  severity: 4,
  references: ['CWE-1164', 'eslint no-self-assign', 'ruff PLW0127'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-self-assign', 'PLW0127', 'self-assigning-variable', 'W0127'],
  ecmascript: (file) => ({
    AssignmentExpression: (node) => {
      if (node.operator !== '=' || !isPure(node.left) || !sameCode(file, node.left, node.right)) return;
      // Setters (`el.innerHTML = el.innerHTML`, `location = location`) do something; so may any member of another object.
      if (
        node.left.type !== 'Identifier' &&
        !(node.left.type === 'MemberExpression' && node.left.object.type === 'ThisExpression')
      )
        return;
      if (file.scopes.variableOf(node.left) === undefined && node.left.type === 'Identifier') return;
      if (node.left.type === 'MemberExpression' && setters.test(file.text)) return;
      file.report(node, `\`${file.slice(node.left)}\` is assigned to itself.`);
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return { assignment: look };

      function look(node: number): void {
        const left = nodes.child(node, 'left');
        const right = nodes.child(node, 'right');
        if (right < 0 || nodes.slice(left) !== nodes.slice(right)) return;
        // At the top and in a class's body, `name = name` re-exports or copies an outer name inward.
        const isLocal = nodes.is(left, 'identifier') && file.python.variableOf(left)?.scope.kind === 'function';
        // Who asks for `locals()` reads the name without naming it.
        if (isLocal && !isKept(node) && !/\blocals\(\)/.test(file.text))
          file.report(file.at(node), `\`${nodes.slice(left)}\` is assigned to itself.`);
      }

      /** The branch of a chain in which the name stays what it is, while others bind it. */
      function isKept(node: number): boolean {
        const block = nodes.parent(nodes.parent(node));
        const branch = nodes.parent(block);
        if (!nodes.is(block, 'block') || parts(nodes, block).length !== 1) return false;
        if (nodes.is(branch, 'except_clause')) return true;
        const chain = nodes.is(branch, 'if_statement') ? branch : nodes.parent(branch);
        if (
          !nodes.is(chain, 'if_statement') ||
          !/^(?:if_statement|elif_clause|else_clause)$/.test(nodes.typeName(branch))
        )
          return false;
        const name = nodes.slice(nodes.child(node, 'left'));
        return (file.python.variableOf(nodes.child(node, 'left'))?.bindings ?? []).some(
          ({ node: bound, kind }) =>
            kind === 'assignment' &&
            bound > chain &&
            bound < nodes.tree.subtreeEnd[chain]! &&
            nodes.slice(nodes.parent(bound)) !== `${name} = ${name}`,
        );
      }
    },
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  a = a;\n  return a;\n}\n',
      good: 'export function f(a) {\n  this.a = a;\n  location = location;\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(name):\n    name = name\n    return name\n',
      good: 'import a\nclass B:\n    a = a\n\n\ndef f(name):\n    if isinstance(name, str):\n        name = name\n    else:\n        name = str(name)\n    return name\n',
    },
    {
      language: 'python',
      bad: 'def f(name):\n    name = name\n    return "%s" % name\n',
      good: 'def f(name):\n    name = name\n    return "%(name)s" % locals()\n',
    },
  ],
});

/** Classes whose members may be accessors. */
const setters = /\bset \w+\(|@property|@observable|defineProperty/;
