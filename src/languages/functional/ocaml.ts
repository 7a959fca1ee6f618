import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, SymbolRule } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, setParameters } from '../declarative/symbol-parts.ts';

const named = (kind: SymbolRule['kind'], type: string, more: Partial<SymbolRule> = {}): SymbolRule => ({
  kind,
  name: (x, node) => x.childOfType(node, type),
  ...more,
});

/** OCaml by name. */
export const ocaml: LanguageSpec = {
  language: 'ocaml',
  grammar: 'ocaml',
  level: 'names',
  comments: ['comment'],
  documentation: ['(**'],
  wrappers: ['value_definition', 'type_definition', 'module_definition', 'class_definition', 'exception_definition'],
  symbols: {
    module_binding: named('namespace', 'module_name'),
    module_type_definition: named('interface', 'module_type_name'),
    type_binding: {
      kind: (x, node) =>
        x.is(x.child(node, 'body'), 'record_declaration')
          ? 'struct'
          : x.is(x.child(node, 'body'), 'variant_declaration')
            ? 'enum'
            : 'type',
    },
    field_declaration: named('field', 'field_name', { type: 'type' }),
    constructor_declaration: named(
      (x, node) => (x.is(x.parent(node), 'exception_definition') ? 'class' : 'enum-member'),
      'constructor_name',
      { scope: false },
    ),
    class_binding: named('class', 'class_name', { then: parameters }),
    method_definition: named('method', 'method_name', { then: parameters }),
    instance_variable_definition: named('field', 'instance_variable_name'),
    value_specification: named('function', 'value_name', { flags: SymbolFlag.declaration, type: 'type' }),
    external: named('function', 'value_name', { flags: SymbolFlag.declaration, type: 'type' }),
  },
  expressions: { value_path: { op: 'path' } },
  visit: {
    let_binding: binding,
    fun_expression: (x, node) => {
      x.enter(node);
      for (const at of namedChildren(x, node))
        if (x.is(at, 'parameter') && x.is(x.child(at, 'pattern'), 'value_pattern')) x.local(x.child(at, 'pattern'), -1);
    },
    open_module: (x, node) => x.import('star', node, x.slice(x.child(node, 'module'))),
    include_module: (x, node) => x.import('star', node, x.slice(x.firstNamed(node))),
    inheritance_definition: (x, node) => {
      const name = x.lastNamed(x.child(node, 'class'));
      if (name >= 0) x.reference('inherit', name);
    },
    application_expression: (x, node) => called(x, x.child(node, 'function'), namedChildren(x, node).length - 1),
    infix_expression: (x, node) => {
      const operator = x.child(node, 'operator');
      const text = x.slice(operator);
      if (text === '|>') called(x, x.child(node, 'right'), 1);
      else if (text === '@@') called(x, x.child(node, 'left'), 1);
    },
    method_invocation: (x, node) => {
      const name = x.childOfType(node, 'method_name');
      if (name >= 0)
        x.referenceNamed('call', x.name(name), name, x.typeExpression(x.slice(x.firstNamed(node)).slice(0, 80)), 0);
    },
    new_expression: (x, node) => {
      const name = x.lastNamed(x.firstNamed(node));
      if (name >= 0) x.reference('instantiate', name);
    },
  },
};

function called(x: Extraction, path: number, count: number): void {
  if (!x.is(path, 'value_path')) return;
  const name = x.lastNamed(path);
  if (!x.is(name, 'value_name')) return;
  const module = x.childOfType(path, 'module_path');
  if (module < 0) x.reference('call', name, -1, count);
  else x.referenceNamed('call', x.name(name), name, x.typeExpression(x.slice(module)), count);
}

function parameters(x: Extraction, node: number, symbol: number): void {
  const list = namedChildren(x, node).filter((at) => x.is(at, 'parameter') && !x.is(x.child(at, 'pattern'), 'unit'));
  setParameters(
    x,
    symbol,
    list.map((at) => ({ node: x.child(at, 'pattern'), default: x.child(at, 'default') })),
  );
}

function binding(x: Extraction, node: number): void {
  const pattern = x.child(node, 'pattern');
  const isOperator = x.is(pattern, 'parenthesized_operator');
  if (!x.is(pattern, 'value_name') && !isOperator) return;
  const isFunction =
    x.childOfType(node, 'parameter') >= 0 || /^(?:fun|function)_expression$/.test(x.typeName(x.child(node, 'body')));
  if (!isFunction && inFunction(x)) {
    x.local(pattern, -1);
    return;
  }
  const name = isOperator ? x.slice(pattern).replace(/^\(\s*|\s*\)$/g, '') : x.slice(pattern);
  const symbol = x.declare({
    node,
    kind: isFunction ? 'function' : 'constant',
    nameNode: pattern,
    name,
    body: x.child(node, 'body'),
    documented: x.parent(node),
    visibility: inFunction(x) ? 'private' : 'public',
    flags: isOperator ? SymbolFlag.operator : 0,
  });
  x.enter(node, symbol);
  parameters(x, node, symbol);
}
