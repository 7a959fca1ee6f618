import type { EsNodeOf } from '#languages/ecmascript-tree.ts';
import { isFunctionNode } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'reused-loop-variable',
  title: 'Inner loop with the outer loop’s variable',
  reason:
    'The inner loop overwrites the variable of the outer one: the rest of the round works on another value, and a counting loop skips or repeats. Give it a name of its own.',
  category: 'bug',
  severity: 4,
  references: ['CWE-1250', 'ruff PLW2901', 'pylint R1704'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['redefined-loop-name', 'PLW2901', 'W2901', 'redefined-argument-from-local', 'B020'],
  ecmascript: (file) => ({
    ForStatement: (node) => {
      const counter = counterOf(node);
      if (!counter) return;
      const variable = file.scopes.variableOf(counter);
      for (let at = file.parent(node); at && !isFunctionNode(at); at = file.parent(at)) {
        if (at.type !== 'ForStatement') continue;
        const outer = counterOf(at);
        if (outer && variable && file.scopes.variableOf(outer) === variable && at.update)
          return file.report(counter, `\`${counter.name}\` counts the loop around this one, too.`);
      }
    },
  }),
  tree: {
    python: (file) => ({
      for_statement: (node) => {
        const { nodes } = file;
        const left = nodes.child(node, 'left');
        if (!nodes.is(left, 'identifier')) return;
        const name = nodes.slice(left);
        if (name.startsWith('_') || name.length === 0) return;
        for (let below = node, at = nodes.parent(node); at >= 0; below = at, at = nodes.parent(at)) {
          if (/^(?:function_definition|class_definition|lambda)$/.test(nodes.typeName(at))) return;
          if (!nodes.is(at, 'for_statement') || nodes.child(at, 'body') !== below) continue;
          if (nodes.slice(nodes.child(at, 'left')) !== name) continue;
          // The inner loop goes on with the same iterator: the outer one takes over where it stopped.
          const source = nodes.slice(nodes.child(node, 'right'));
          const isShared = nodes.slice(nodes.child(at, 'right')) === source && /^\w+$/.test(source);
          if (isShared && new RegExp(`\\b${source}\\s*=\\s*iter\\(`).test(nodes.text)) return;
          // Harm is done where the round goes on with what the inner loop left in the name.
          const { tree } = nodes;
          const flow = file.flow(tree.start[node]!);
          const inner = (offset: number): boolean => offset >= tree.start[node]! && offset < tree.end[node]!;
          const harmed = flow?.dfg.chains.some(
            ({ definition, at: use }) =>
              flow.dfg.definitions[definition]!.at === tree.start[left] &&
              !inner(use) &&
              use >= tree.start[at]! &&
              use < tree.end[at]!,
          );
          if (harmed) file.report(file.at(left), `\`${name}\` is the variable of the loop around this one, too.`);
          return;
        }
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(rows):\n    for item in rows:\n        for item in item.parts:\n            print(item)\n        print(item.name)\n',
      good: 'def f(rows):\n    for row in rows:\n        for item in row.parts:\n            print(item)\n        print(row.name)\n',
    },
    {
      language: 'python',
      bad: 'def f(rows, log):\n    for item in rows:\n        if item.bad:\n            for item in rows:\n                log(item)\n        log(item)\n',
      // The round ends with the inner loop.
      good: 'def f(rows, log):\n    for item in rows:\n        if item.bad:\n            for item in rows:\n                log(item)\n            return\n        log(item)\n',
    },
    {
      language: 'python',
      bad: 'def f(rows):\n    for row in rows:\n        if row:\n            for row in row.parts:\n                print(row)\n        yield row\n',
      good: 'def f(rows):\n    left = iter(rows)\n    for row in left:\n        if row:\n            for row in left:\n                print(row)\n        yield row\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  var i;\n  for (i = 0; i < a.length; i++) {\n    for (i = 0; i < 3; i++) g(i);\n  }\n}\n',
      good: 'export function f(a) {\n  for (let i = 0; i < a.length; i++) {\n    for (let i = 0; i < 3; i++) g(i);\n  }\n}\n',
    },
  ],
});

type Loop = EsNodeOf<'ForStatement'>;
type Name = EsNodeOf<'Identifier'>;

function counterOf({ init, update }: Loop): Name | undefined {
  if (update?.type !== 'UpdateExpression' || update.argument.type !== 'Identifier') return undefined;
  const { name } = update.argument;
  if (init?.type === 'AssignmentExpression' && init.left.type === 'Identifier' && init.left.name === name)
    return init.left;
  if (init?.type !== 'VariableDeclaration') return undefined;
  const declared = init.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name)?.id;
  return declared?.type === 'Identifier' ? declared : undefined;
}
