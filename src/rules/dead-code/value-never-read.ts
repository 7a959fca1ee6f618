import type { FlowGraphs } from '#flowgraph/flow-graph.ts';
import { enclosingFunction, isFunctionNode } from '../analysis/ecmascript-nodes.ts';
import { functionAround } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

/** A first value that says "nothing yet" is a habit, not a mistake. */
const isDefault = (text: string): boolean =>
  /^(?:None|null|undefined|void 0|true|false|True|False|NaN|-?[\d._]+n?|(["'`])[^]{0,40}\1|[rbfu]?(["'])[^]{0,40}\2|\[\s*\]|\{\s*\}|\(\s*\)|(?:dict|list|set|tuple|object|str|int)\(\)|new (?:Map|Set|Object|Array)\(\))$/.test(
    text.trim(),
  );

export const rule = defineRule({
  id: 'value-never-read',
  title: 'Value that is assigned and never read',
  reason:
    'On every way from here the variable gets another value, or the function ends, before anybody reads this one. Either the work is wasted, or the line that was meant to use it uses another.',
  category: 'dead-code',
  severity: 2,
  references: ['CWE-563', 'eslint no-useless-assignment', 'sonar S1854'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-useless-assignment', 'F841', 'unused-variable', 'W0612'],
  roles: ['source'],
  ecmascript: (file) => {
    const look = (target: { readonly type: string; readonly start: number }, value: string, name: string): void => {
      if (isDefault(value) || name.startsWith('_')) return;
      const variable = file.scopes.variableOf(target as never);
      const around = enclosingFunction(file, target as never);
      if (!variable || !around || variable.kind === 'import') return;
      const reads = variable.references.filter(({ isRead }) => isRead);
      const writes = variable.references.filter(({ isWrite }) => isWrite);
      // Those that nobody reads at all are `unused-local`; one value has nothing to be replaced by.
      if (reads.length === 0 || writes.length + (variable.kind === 'parameter' ? 1 : 0) < 2) return;
      if ([...reads, ...writes].some(({ node }) => enclosingFunction(file, node) !== around)) return;
      if (variable.scope.isDynamic || !isFunctionNode(around)) return;
      if (isNeverRead(file.flow(around.start), target.start))
        file.report(
          { start: target.start, end: target.start + name.length },
          `The value that \`${name}\` gets here is never read.`,
          { identity: `${name} = ${value.slice(0, 80)}` },
        );
    };
    return {
      VariableDeclarator: ({ id, init }) => {
        if (id.type === 'Identifier' && init) look(id, file.slice(init), id.name);
      },
      ExpressionStatement: ({ expression }) => {
        if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return;
        const { left, right } = expression;
        if (left.type === 'Identifier') look(left, file.slice(right), left.name);
      },
    };
  },
  tree: {
    python: (file) => ({
      assignment: (node) => {
        const { nodes, python } = file;
        const left = nodes.child(node, 'left');
        const right = nodes.child(node, 'right');
        if (!nodes.is(left, 'identifier') || right < 0 || !nodes.is(nodes.parent(node), 'expression_statement')) return;
        const name = nodes.slice(left);
        if (name.startsWith('_') || isDefault(nodes.slice(right)) || nodes.is(right, 'assignment')) return;
        const variable = python.variableOf(left);
        const around = functionAround(nodes, node);
        if (!variable || variable.scope.kind !== 'function' || around < 0 || variable.scope.node !== around) return;
        if (variable.reads.length === 0 || variable.bindings.length < 2) return;
        if (variable.scope.globals.has(name) || variable.scope.nonlocals.has(name)) return;
        // In a nested function it lives on; `locals()` reads all.
        if (variable.reads.some((read) => functionAround(nodes, read) !== around)) return;
        if (/\b(?:locals|vars|eval|exec)\s*\(/.test(nodes.slice(around))) return;
        if (isNeverRead(file.flow(nodes.tree.start[around]!), nodes.tree.start[left]!))
          file.report(file.at(left), `The value that \`${name}\` gets here is never read.`, {
            identity: `${name} = ${nodes.slice(right).slice(0, 80)}`,
          });
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    size = a.measure()\n    size = a.count()\n    return size\n',
      good: 'def f(a):\n    size = 0\n    if a:\n        size = a.measure()\n    for b in a:\n        size = b.next(size)\n    return size\n',
    },
    {
      language: 'python',
      bad: 'def f(a, log):\n    name = a.name()\n    log(name)\n    if a.done:\n        name = a.title()\n    return a\n',
      good: 'def f(a, log):\n    name = a.name()\n    try:\n        name = a.title()\n    except ValueError:\n        log(name)\n    return name\n',
    },
    {
      language: 'typescript',
      bad: 'export function f(a: { load(): number; read(): number }) {\n  let value = a.load();\n  value = a.read();\n  return value;\n}\n',
      good: 'export function f(a: { load(): number; read(): number }) {\n  let value = a.load();\n  const later = () => value;\n  value = a.read();\n  return later;\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  let n = a.size();\n  n = a.most();\n  return n;\n}\n',
      good: 'export function f(a) {\n  let n = a.size(), m = n + 1;\n  n = a.most();\n  return n + m;\n}\n',
    },
  ],
});

function isNeverRead(flow: FlowGraphs | undefined, at: number): boolean {
  if (!flow) return false;
  const { cfg, dfg } = flow;
  const found = dfg.definitions.findIndex((definition) => definition.at === at);
  const definition = dfg.definitions[found];
  if (!definition || definition.isWeak === true || cfg.unreachable.includes(definition.step)) return false;
  // Within one step (`let a = f(), b = a`) the order is not known.
  if (cfg.steps[definition.step]!.uses.some((use) => use.variable === definition.variable && use.at > at)) return false;
  return !dfg.chains.some((chain) => chain.definition === found);
}
