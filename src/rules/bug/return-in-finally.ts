import type { EsNodeOf } from '#languages/ecmascript-tree.ts';
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import { isFunctionNode, walkOwn } from '../analysis/ecmascript-nodes.ts';
import { parts, walkBody } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'return-in-finally',
  title: 'Exit in `finally` that swallows errors',
  reason:
    'A return, break or throw in `finally` replaces whatever the block was about to do: exceptions vanish, and the return value of `try` is lost. Move it behind the statement.',
  category: 'bug',
  severity: 4,
  references: ['CWE-584', 'eslint no-unsafe-finally', 'ruff B012'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-unsafe-finally', 'B012', 'lost-exception', 'W0150', 'return-in-finally', 'SIM107'],
  ecmascript: (file) => ({
    ReturnStatement: (node) => {
      for (let at = file.parent(node), below = node as NonNullable<typeof at>; at; below = at, at = file.parent(at)) {
        if (isFunctionNode(at)) return;
        if (at.type === 'TryStatement' && at.finalizer === below) {
          if (losesNothing(at)) return;
          file.report(node, 'This return discards an exception, or the value that `try` returns.');
          return;
        }
      }
    },
  }),
  tree: {
    python: (file) => ({
      return_statement: (node) => {
        const { nodes } = file;
        for (let at = nodes.parent(node); at >= 0; at = nodes.parent(at)) {
          const type = nodes.typeName(at);
          if (type === 'function_definition' || type === 'lambda') return;
          if (type === 'finally_clause') {
            if (pythonLosesNothing(nodes, nodes.parent(at), at)) return;
            file.report(file.at(node), 'This return discards an exception, or the value that `try` returns.');
            return;
          }
        }
      },
    }),
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export function f() {\n  try {\n    return read();\n  } finally {\n    return 2;\n  }\n}\n',
      good: 'export function f() {\n  try {\n    return read();\n  } finally {\n    close(() => { return 1; });\n  }\n}\n',
    },
    {
      language: 'typescript',
      bad: 'export function f() {\n  try {\n    read();\n  } catch (e) {\n    throw new Error("no");\n  } finally {\n    return;\n  }\n}\n',
      good: 'export function f() {\n  try {\n    read();\n  } catch (e) {\n    log(e);\n  } finally {\n    if (open) return;\n    close();\n  }\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(log):\n    try:\n        read()\n    except ValueError:\n        log()\n    finally:\n        return\n',
      good: 'def f(log):\n    try:\n        read()\n    except BaseException:\n        log()\n    finally:\n        if log:\n            return\n        close()\n',
    },
    {
      language: 'python',
      bad: 'def f():\n    try:\n        return read()\n    finally:\n        return 2\n',
      good: 'def f():\n    try:\n        return read()\n    finally:\n        close()\n',
    },
  ],
});

/** `catch` takes whatever is thrown and throws nothing, and no value is on its way. */
function losesNothing({ block, handler }: EsNodeOf<'TryStatement'>): boolean {
  if (!handler) return false;
  let loses = false;
  for (const part of [block, handler.body])
    walkOwn(part, (node) => {
      if (node.type === 'ReturnStatement' && node.argument !== null) loses = true;
      if (node.type === 'ThrowStatement' && part === handler.body) loses = true;
    });
  return !loses;
}

function pythonLosesNothing(nodes: SyntaxNodes, statement: number, cleanup: number): boolean {
  const clauses = parts(nodes, statement).filter((part) => nodes.is(part, 'except_clause'));
  if (!clauses.some((clause) => /^except(?:\s+BaseException(?:\s+as\s+\w+)?)?\s*:/.test(nodes.slice(clause))))
    return false;
  let loses = false;
  for (const part of parts(nodes, statement))
    if (part !== cleanup)
      walkBody(nodes, part, (node) => {
        if (nodes.is(node, 'return_statement') && nodes.firstNamed(node) >= 0) loses = true;
        if (nodes.is(node, 'raise_statement') && nodes.is(part, 'except_clause')) loses = true;
      });
  return !loses;
}
