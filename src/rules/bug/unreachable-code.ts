import type { EsNode } from '#languages/ecmascript-tree.ts';
import { isPure, neverCompletes } from '../analysis/ecmascript-nodes.ts';
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
      const cause = body[end]!;
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
