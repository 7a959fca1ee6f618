import type { EsNode } from '#languages/ecmascript-tree.ts';
import { dottedName, isPure, neverCompletes } from '../analysis/ecmascript-nodes.ts';
import { neverCompletes as pythonNeverCompletes, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'unreachable-code',
  title: 'Code that can never run',
  reason:
    'Every way to this place has returned, thrown, broken off or continued before. Either the code is dead and can go, or the statement before it stands in the wrong place.',
  category: 'bug',
  severity: 4,
  references: ['CWE-561', 'eslint no-unreachable'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-unreachable', 'unreachable', 'W0101', 'useless-return'],
  ecmascript: (file) => {
    const look = (body: readonly EsNode[]): void => {
      const end = body.findIndex(neverCompletes);
      if (end < 0) return;
      const dead = body.slice(end + 1).filter(runs);
      if (dead.length === 0) return;
      const first = dead[0]!;
      // A lone `break` behind a `return` in a `case` is how some write a switch.
      if (dead.length === 1 && (first.type === 'BreakStatement' || first.type === 'ContinueStatement')) return;
      if (dead.length === 1 && first.type === 'ReturnStatement' && first.argument === null) return;
      // `eval(x)` behind the end keeps compilers from taking the function apart.
      if (dead.length === 1 && isCallOf(first, /^eval$/)) return;
      const cause = body[end]!;
      if (dead.length === 1 && cause.type !== 'ThrowStatement' && isGuard(first)) return;
      const isLastReturn = dead.length === 1 && first.type === 'ReturnStatement' && isPure(first.argument!);
      file.report(first, `Line ${file.line(cause.start)} always leaves before this is reached.`, {
        ...(isLastReturn && { severity: 2 }),
        related: [{ start: cause.start, end: Math.min(cause.end, cause.start + 80), message: 'leaves here' }],
      });
    };
    return {
      BlockStatement: ({ body }) => look(body),
      Program: ({ body }) => look(body),
      SwitchCase: ({ consequent }) => look(consequent),
      StaticBlock: ({ body }) => look(body),
    };
  },
  tree: {
    python: (file) => {
      const { nodes } = file;
      const look = (block: number): void => {
        if (file.isPartial) return;
        const body = parts(nodes, block);
        const end = body.findIndex((statement) => pythonNeverCompletes(nodes, statement));
        const dead = end < 0 ? undefined : body[end + 1];
        if (dead === undefined) return;
        // `raise` or `return` before a `yield` makes a generator; a string or `pass` does nothing.
        if (/\byield\b/.test(nodes.text.slice(nodes.tree.start[dead]!, nodes.tree.end[block]!))) return;
        if (/^(?:pass|\.\.\.|assert False.*|"""[^]*"""|return(?: None)?|break|continue)$/.test(nodes.slice(dead)))
          return;
        // A last line of defence, should the ways above ever change.
        const isGuard = /^(?:raise\b|(?:[\w.]*\.)?(?:assert_never|fail|abort|exit|_exit|unreachable)\()/;
        if (body.length === end + 2 && !nodes.is(body[end]!, 'raise_statement') && isGuard.test(nodes.slice(dead)))
          return;
        const cause = file.at(body[end]!);
        const isLastReturn = body.length === end + 2 && /^return [\w."', ]+$/.test(nodes.slice(dead));
        file.report(file.at(dead), `Line ${file.line(cause.start)} always leaves before this is reached.`, {
          ...(isLastReturn && { severity: 2 }),
          related: [{ start: cause.start, end: Math.min(cause.end, cause.start + 80), message: 'leaves here' }],
        });
      };
      return { block: look, module: look };
    },
  },
  examples: [
    {
      language: 'typescript',
      bad: 'function f(a: number) {\n  if (a > 1) return a;\n  else throw new Error("no");\n  log(a);\n}\n',
      good: 'function f(a: number) {\n  if (a > 1) return a;\n  log(a);\n  return helper();\n  function helper() { return 1; }\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  return a;\n  a.eval(a);\n}\n',
      good: 'export function f(a) {\n  return a;\n  eval(a);\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  while (true) {\n    if (a()) return 1;\n  }\n  a.close();\n}\n',
      good: 'export function f(a) {\n  while (true) {\n    if (a()) return 1;\n  }\n  throw new Error("unreachable");\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    if a:\n        return 1\n    else:\n        return 2\n    print(a)\n',
      good: 'def f(a):\n    if a:\n        return 1\n    else:\n        return 2\n    raise AssertionError("unreachable")\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    raise ValueError(a)\n    return a + 1\n',
      good: 'def f(a):\n    while True:\n        if a:\n            break\n    return a\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    try:\n        return a()\n    except OSError:\n        raise\n    print(a)\n',
      good: 'def empty():\n    return\n    yield\n',
    },
  ],
});

/** A last line of defence, should the ways above ever change: `throw new Error('unreachable')`. */
function isGuard(node: EsNode): boolean {
  if (node.type === 'ThrowStatement') return true;
  return isCallOf(node, /(?:^|\.)(?:assertNever|assertUnreachable|unreachable|fail|exhaustive\w*|never|exit|abort)$/);
}

function isCallOf(node: EsNode, name: RegExp): boolean {
  const call =
    node.type === 'ReturnStatement' ? node.argument : node.type === 'ExpressionStatement' ? node.expression : null;
  return call?.type === 'CallExpression' && name.test(dottedName(call.callee) ?? '');
}

/** Declarations take effect wherever they stand. */
function runs(node: EsNode): boolean {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'EmptyStatement':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
      return false;
    case 'VariableDeclaration':
      return node.kind !== 'var' || node.declarations.some(({ init }) => init !== null);
    default:
      return true;
  }
}
