import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, setParameters } from '../declarative/symbol-parts.ts';

/** Lua by name. `function M.f()` and `M.f = function()` have the table as owner. */
export const lua: LanguageSpec = {
  language: 'lua',
  grammar: 'lua',
  level: 'names',
  comments: ['comment'],
  symbols: {},
  calls: { function_call: { callee: 'name' } },
  expressions: {
    identifier: { op: 'name' },
    dot_index_expression: { op: 'member', object: 'table', name: 'field' },
    method_index_expression: { op: 'member', object: 'table', name: 'method' },
    parenthesized_expression: { op: 'pass' },
    function_call: { op: 'call' },
  },
  builtinNames: ['self', '_G', 'nil'],
  visit: {
    dot_index_expression: () => undefined,
    function_declaration: (x, node) => define(x, node, node, x.child(node, 'name')),
    function_definition: (x, node) => {
      if (!x.isClaimed(node)) lambda(x, node);
    },
    field: (x, node) => {
      const value = x.child(node, 'value');
      const name = x.child(node, 'name');
      if (x.is(value, 'function_definition') && x.is(name, 'identifier')) define(x, node, value, name);
    },
    assignment_statement: assignment,
    function_call: (x, node) => {
      const path = x.descendantOfType(x.child(node, 'arguments'), 'string_content');
      if (x.slice(x.child(node, 'name')) === 'require' && path >= 0 && !x.isClaimed(path)) requireRow(x, node, path);
    },
  },
};

function requireRow(x: Extraction, node: number, path: number, alias?: string): void {
  x.claim(path);
  x.import('module', node, x.slice(path), undefined, alias);
}

function lambda(x: Extraction, node: number): void {
  x.enter(node);
  for (const at of namedChildren(x, x.child(node, 'parameters'))) if (x.is(at, 'identifier')) x.local(at, -1);
}

function define(x: Extraction, node: number, holder: number, target: number): void {
  const isMethod = x.is(target, 'method_index_expression');
  const isMember = isMethod || x.is(target, 'dot_index_expression');
  const nameNode = isMember ? x.child(target, isMethod ? 'method' : 'field') : target;
  if (nameNode < 0) return;
  const isLocal = /^local\b/.test(x.slice(node).slice(0, 6)) || x.is(x.parent(node), 'variable_declaration');
  const owner = isMember ? x.slice(x.child(target, 'table')) : undefined;
  const symbol = x.declare({
    node,
    kind: isMember ? 'method' : 'function',
    nameNode,
    body: x.child(holder, 'body'),
    visibility: isLocal ? 'private' : 'public',
    ...(owner === undefined ? {} : { owner }),
    documented: x.is(x.parent(node), 'variable_declaration') ? x.parent(node) : node,
  });
  x.claim(holder);
  x.claim(target);
  x.enter(holder === node ? node : holder, symbol);
  setParameters(
    x,
    symbol,
    namedChildren(x, x.child(holder, 'parameters')).map((at) => ({
      node: at,
      kind: x.is(at, 'vararg_expression') ? 'variadic' : 'positional',
    })),
  );
}

function assignment(x: Extraction, node: number): void {
  const targets = namedChildren(x, x.childOfType(node, 'variable_list')).filter((at) => !x.is(at, 'attribute'));
  const values = namedChildren(x, x.childOfType(node, 'expression_list'));
  const isLocal = x.is(x.parent(node), 'variable_declaration');
  targets.forEach((target, i) => {
    const value = values[i] ?? -1;
    if (x.is(value, 'function_definition')) {
      define(x, node, value, target);
      return;
    }
    const path =
      x.is(value, 'function_call') && x.slice(x.child(value, 'name')) === 'require'
        ? x.descendantOfType(x.child(value, 'arguments'), 'string_content')
        : -1;
    if (path >= 0 && x.is(target, 'identifier')) requireRow(x, node, path, x.slice(target));
    if (!x.is(target, 'identifier')) return;
    const name = x.slice(target);
    if (inFunction(x)) {
      if (isLocal) x.local(target, -1);
    } else if (path < 0 && x.symbol === 0 && !x.memory.has(`variable ${name}`)) {
      x.memory.set(`variable ${name}`, 1);
      const isConst = /<const>/.test(x.slice(node));
      x.declare({
        node,
        kind: isConst || /^[A-Z][A-Z0-9_]+$/.test(name) ? 'constant' : 'variable',
        nameNode: target,
        visibility: isLocal ? 'private' : 'public',
        documented: isLocal ? x.parent(node) : node,
      });
    }
  });
}
