import type { EsNode } from '#languages/ecmascript-tree.ts';
import { enclosingFunction } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

/** Only what is sure: no way at all leads from a value to the read. */
export const rule = defineRule({
  id: 'read-before-assignment',
  title: 'Local that is read before it has a value',
  reason:
    'The function binds this name, but on every way to this line only later: Python raises UnboundLocalError, JavaScript a ReferenceError. Move the assignment up, or correct the name.',
  category: 'bug',
  severity: 4,
  references: ['CWE-457', 'pylint E0601', 'eslint no-use-before-define'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['used-before-assignment', 'E0601', 'F821', 'F823', 'no-use-before-define', 'undefined-variable'],
  ecmascript: (file) => ({
    end: () => {
      if (file.isPartial || file.isDeclaration) return;
      for (const { node, variable, isType, isRead } of file.scopes.references) {
        if (isType || !isRead || !variable || !/^(?:let|const|class)$/.test(variable.kind)) continue;
        const [declared, ...more] = variable.declarations;
        if (!declared || more.length > 0 || node.start >= declared.start) continue;
        const above = file.parent(node);
        // `export { a }` names it; what a function does later is its own business.
        if (above?.type === 'ExportSpecifier' || above?.type === 'TSTypeQuery') continue;
        if (enclosingFunction(file, node) !== enclosingFunction(file, declared)) continue;
        // A method's default, a decorator, a field of a class: when they run is not told by where they stand.
        if (isInClass(file.parent.bind(file), node, declared.start)) continue;
        file.report(node, `\`${node.name}\` is read here and declared on line ${file.line(declared.start)}.`, {
          identity: node.name,
        });
      }
    },
  }),
  tree: {
    python: (file) => ({
      end: () => {
        const { nodes, python } = file;
        if (file.isPartial || python.isDynamic) return;
        for (const scope of python.all) {
          if (scope.kind !== 'function') continue;
          const { start, end } = nodes.tree;
          const candidates = [...scope.variables.values()].filter(
            ({ name, bindings, reads }) =>
              !scope.globals.has(name) &&
              !scope.nonlocals.has(name) &&
              // Those that are only ever changed are `unbound-local`.
              bindings.some(({ kind }) => kind !== 'augmented' && kind !== 'type') &&
              bindings.every(({ kind }) => kind !== 'parameter' && kind !== 'delete') &&
              reads.some((read) => read < bindings[0]!.node),
          );
          if (candidates.length === 0) continue;
          const flow = file.flow(start[scope.node]!);
          if (!flow) continue;
          const { cfg, dfg } = flow;
          const reached = new Set(dfg.chains.map(({ at }) => at));
          const unreachable = new Set(cfg.unreachable);
          const defined = new Set(dfg.definitions.map(({ variable }) => variable));
          for (const { name } of candidates) {
            if (!defined.has(name)) continue;
            for (const [number, step] of cfg.steps.entries()) {
              const use = step.uses.find(
                ({ variable, captured, at }) => variable === name && !captured && !reached.has(at),
              );
              if (!use || unreachable.has(number)) continue;
              // What binds and reads within one expression has an order of its own.
              if (file.text.slice(step.start, step.end).includes(':=')) continue;
              file.report(
                { start: use.at, end: Math.min(use.at + name.length, end[scope.node]!) },
                `\`${name}\` has no value on any way to this line: the function binds it later.`,
                { identity: name },
              );
              break;
            }
          }
        }
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(rows):\n    if total > 3:\n        return rows\n    total = len(rows)\n    return total\n',
      good: 'def f(rows):\n    total = None\n    for row in rows:\n        if total:\n            print(total)\n        total = row\n    return total\n',
    },
    {
      language: 'python',
      bad: 'def f(rows, find):\n    if match:\n        return rows\n    match = find(rows)\n    return match\n',
      good: 'def f(rows, find):\n    found = [match.name for row in rows if (match := find(row))]\n    if row := find(rows):\n        return row, found\n    return found\n',
    },
    {
      language: 'python',
      bad: 'import json\n\n\ndef f(text):\n    data = json.loads(text)\n    import json\n    return data\n',
      good: 'def f(text):\n    for _ in range(2):\n        try:\n            print(last)\n        except NameError:\n            pass\n        last = text\n    return [item for item in text]\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  const b = size + 1;\n  const size = a.length;\n  return b + size;\n}\n',
      good: 'export const f = () => size + 1;\nconst size = 3;\nexport { later };\nlet later = 2;\n',
    },
  ],
});

function isInClass(parent: (node: EsNode) => EsNode | undefined, node: EsNode, declaration: number): boolean {
  for (let at = parent(node); at; at = parent(at))
    if (at.type === 'ClassBody' || at.type === 'Decorator') return !(at.start <= declaration && declaration < at.end);
  return false;
}
