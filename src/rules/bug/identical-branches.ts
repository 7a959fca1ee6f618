import type { EsNode, EsNodeOf } from '#languages/ecmascript-tree.ts';
import { squeezedCode } from '../analysis/code-text.ts';
import { sameCode } from '../analysis/ecmascript-nodes.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule, type EsFile } from '../rule.ts';

/** `isText(a) ? f(a) : f(a)`: one call for each overload, where types are checked. */
function narrows(file: EsFile, { test }: EsNodeOf<'IfStatement' | 'ConditionalExpression'>): boolean {
  const isTyped = file.language.startsWith('ts') || file.language === 'typescript' || /@param \{/.test(file.text);
  return isTyped && /^!?(?:[\w.]*\bis[A-Z]\w*\(|typeof\b|[\w.]+ instanceof\b|["']\w+["'] in\b)/.test(file.slice(test));
}

/** Checkers and compilers of types take each branch for itself. */
const typeAsked = /^(?:not )?isinstance\(|\bsys\.(?:version_info|platform)\b|\bTYPE_CHECKING\b/;

/** `b === 1 ? x : b === 2 ? y : b === 3 ? z : z`: a table, written out. */
function isTable(file: EsFile, node: EsNodeOf<'ConditionalExpression'>): boolean {
  const above = file.parent(node);
  if (above?.type !== 'ConditionalExpression' || above.alternate !== node) return false;
  const [test, other] = [node.test, above.test];
  return test.type === 'BinaryExpression' && other.type === 'BinaryExpression' && sameCode(file, test.left, other.left);
}

/**
 * All branches, `else` included: then the condition decides nothing. Two equal branches among others are often clearer so. Where
 * a comment stands in a branch, somebody saw that they are the same, or left a reason: severity 3.
 */
export const rule = defineRule({
  id: 'identical-branches',
  title: 'Condition that decides nothing',
  reason:
    'All branches do the same, whatever the condition says. A branch was copied and never changed, or the condition can go.',
  category: 'bug',
  severity: 4,
  references: ['CWE-1164', 'sonar S3923'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-all-duplicated-branches', 'RUF034'],
  ecmascript: (file) => ({
    IfStatement: (node) => {
      const above = file.parent(node);
      if (above?.type === 'IfStatement' && above.alternate === node) return;
      const branches: EsNode[] = [];
      let at: EsNode | null = node;
      for (; at?.type === 'IfStatement'; at = at.alternate) branches.push(at.consequent);
      if (!at) return;
      branches.push(at);
      const [one, ...others] = branches;
      if (!one) return;
      if (one.type === 'BlockStatement' && one.body.length === 0) return;
      if (others.every((other) => sameCode(file, one, other)) && !narrows(file, node))
        file.report(node.test, `All ${branches.length} branches are the same.`, {
          identityOf: node,
          ...(file.comments.some(({ start, end }) => start > node.test.end && end < node.end) && { severity: 3 }),
        });
    },
    ConditionalExpression: (node) => {
      if (sameCode(file, node.consequent, node.alternate) && !narrows(file, node) && !isTable(file, node))
        file.report(node, 'Both results are the same.');
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      const text = (node: number): string => squeezedCode(nodes.slice(node), 'python');
      return {
        if_statement: (node) => {
          const clauses = parts(nodes, node).filter((part) => /^(?:elif|else)_clause$/.test(nodes.typeName(part)));
          if (!nodes.is(clauses.at(-1) ?? -1, 'else_clause')) return;
          const bodies = [node, ...clauses].map((part) =>
            nodes.child(part, nodes.is(part, 'else_clause') ? 'body' : 'consequence'),
          );
          const [one, ...others] = bodies.map((body) => (body < 0 ? '?' : text(body)));
          if (one === 'pass' || one === '?') return;
          if (typeAsked.test(nodes.slice(nodes.child(node, 'condition')))) return;
          if (others.every((other) => other === one))
            file.report(file.at(nodes.child(node, 'condition')), `All ${bodies.length} branches are the same.`, {
              identityOf: file.at(node),
              ...(/(?:^|\s)#\s*\S/.test(nodes.slice(node)) && { severity: 3 }),
            });
        },
        conditional_expression: (node) => {
          const [one, , other] = parts(nodes, node);
          if (one !== undefined && other !== undefined && text(one) === text(other))
            file.report(file.at(node), 'Both results are the same.');
        },
      };
    },
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export const f = (a) => (a === 1 ? ":a" : ":a");\n',
      good: 'export const f = (a) => (a === 1 ? ":a" : a === 2 ? ":e" : a === 3 ? ":a" : ":a");\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  if (a) {\n    return 1;\n  } else {\n    return 1;\n  }\n}\n',
      good: 'export function f(a) {\n  if (a) {\n    return 1;\n  } else if (b) {\n    return 1;\n  } else {\n    return 2;\n  }\n}\n',
    },
    {
      language: 'typescript',
      bad: 'export const f = (a: boolean) => (a ? "x" : "x");\n',
      good: 'export const f = (a: boolean) => (a ? "x" : "y");\nexport const g = (a: A | B) => (isA(a) ? h(a) : h(a));\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    if a.isinstance(list):\n        return g(a)\n    else:\n        return g(a)\n',
      good: 'def f(a):\n    if isinstance(a, list):\n        return g(a)\n    else:\n        return g(a)\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    if a:\n        return 1\n    else:\n        return 1\n',
      good: 'def f(a):\n    if a:\n        return 1\n    return 1 if a else 2\n',
    },
  ],
});
