import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, setParameters } from '../declarative/symbol-parts.ts';

const containers: ReadonlyMap<string, SymbolKind> = new Map(
  Object.entries({
    struct_declaration: 'struct',
    opaque_declaration: 'struct',
    enum_declaration: 'enum',
    union_declaration: 'union',
    error_set_declaration: 'enum',
  } as const),
);

/** Zig by name. A constant that holds a container is that type; `@import` is an import. */
export const zig: LanguageSpec = {
  language: 'zig',
  grammar: 'zig',
  level: 'names',
  comments: ['comment'],
  visibility: (x, node, _name, parent) =>
    x.text.startsWith('pub', x.tree.start[node]) || (parent > 0 && x.is(node, 'container_field'))
      ? 'public'
      : 'private',
  exported: (x, _name, visibility, parent) => visibility === 'public' && (parent === 0 || x.isExported(parent)),
  symbols: {
    function_declaration: {
      kind: 'function',
      returns: 'type',
      parameters: () => -1,
      then: (x, node, symbol) => {
        setParameters(
          x,
          symbol,
          namedChildren(x, x.childOfType(node, 'parameters'))
            .filter((at) => x.is(at, 'parameter'))
            .map((at) => ({ node: x.child(at, 'name'), type: x.child(at, 'type') })),
        );
        if (x.nameOf(symbol) === 'main') x.addFlags(symbol, SymbolFlag.entryPoint);
      },
    },
    container_field: { kind: (x) => (x.kindOf(x.symbol) === 'enum' ? 'enum-member' : 'field'), type: 'type' },
  },
  calls: { call_expression: { callee: 'function', arguments: () => -1 } },
  expressions: {
    identifier: { op: 'name' },
    field_expression: { op: 'member', object: 'object', name: 'member' },
    call_expression: { op: 'call' },
  },
  visit: {
    field_expression: () => undefined,
    variable_declaration: variable,
    struct_initializer: (x, node) => {
      const name = x.firstNamed(node);
      if (x.is(name, 'identifier')) x.reference('instantiate', name);
    },
    test_declaration: (x, node) => {
      const title = x.firstNamed(node);
      const symbol = x.declare({
        node,
        kind: 'function',
        nameNode: -1,
        name: x.slice(title).replace(/^"|"$/g, ''),
        flags: SymbolFlag.test,
        visibility: 'private',
        body: x.childOfType(node, 'block'),
      });
      x.enter(node, symbol);
    },
  },
};

function variable(x: Extraction, node: number): void {
  const name = x.firstNamed(node);
  const value = x.lastNamed(node);
  if (!x.is(name, 'identifier')) return;
  const kind = containers.get(x.typeName(value));
  if (x.is(value, 'builtin_function') && x.slice(x.firstNamed(value)) === '@import') {
    const path = x.descendantOfType(value, 'string_content');
    if (path >= 0) x.import('module', node, x.slice(path), undefined, x.slice(name));
  } else if (kind !== undefined) {
    const symbol = x.declare({ node, kind, nameNode: name, body: value });
    x.enter(node, symbol);
    if (x.is(value, 'error_set_declaration'))
      for (const member of namedChildren(x, value))
        x.declare({ node: member, kind: 'enum-member', nameNode: member, visibility: 'public' });
  } else if (inFunction(x)) x.local(name, -1);
  else {
    const isConst = /^(?:pub\s+)?(?:export\s+)?const\b/.test(x.oneLine(x.tree.start[node]!, x.tree.end[name]!, 80));
    x.declare({
      node,
      kind: isConst ? 'constant' : 'variable',
      nameNode: name,
      flags: isConst ? SymbolFlag.readonly : 0,
      declaredType: x.fieldIs(x.nextNamed(name), 'type') ? x.name(x.nextNamed(name)) : -1,
    });
  }
}
