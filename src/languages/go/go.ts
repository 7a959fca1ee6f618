import { goPredeclaredTypes } from '#model/go-types.ts';
import { ExpressionOp } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { bindParameters } from '../declarative/parameters.ts';
import { typeReference } from '../declarative/type-references.ts';
import { goMetrics } from './go-metrics.ts';

/** Go. Methods stand at file level and carry their receiver's type as owner; the module's declared type is the package's name. */
export const go: LanguageSpec = {
  language: 'go',
  grammar: 'go',
  level: 'typed',
  metrics: goMetrics,
  comments: ['comment'],
  wrappers: ['type_declaration', 'var_declaration', 'var_spec_list', 'const_declaration'],
  exported: (x, name, _visibility, parent) =>
    /^\p{Lu}/u.test(name) && (parent === 0 || x.isExported(parent) || x.kindOf(parent) === 'field'),
  visibility: (_x, _node, name) => (/^\p{Lu}/u.test(name) ? 'public' : 'internal'),
  blocks: [
    'block',
    'if_statement',
    'for_statement',
    'expression_switch_statement',
    'type_switch_statement',
    'expression_case',
    'type_case',
    'default_case',
    'communication_case',
  ],
  symbols: {
    function_declaration: {
      kind: 'function',
      then: (x, node, symbol) => {
        results(x, node, symbol);
        if (x.nameOf(symbol) === 'init' || (x.nameOf(symbol) === 'main' && packageName(x) === 'main'))
          x.addFlags(symbol, SymbolFlag.entryPoint);
        if (/^(?:Test|Benchmark|Fuzz|Example)(?:\P{Ll}|$)/u.test(x.nameOf(symbol))) x.addFlags(symbol, SymbolFlag.test);
        if (x.child(node, 'body') < 0) x.addFlags(symbol, SymbolFlag.declaration);
      },
    },
    method_declaration: {
      kind: 'method',
      owner: receiverType,
      then: (x, node, symbol) => {
        const receiver = x.childOfType(x.child(node, 'receiver'), 'parameter_declaration');
        const name = x.child(receiver, 'name');
        if (name >= 0) x.local(name, typeText(x, x.child(receiver, 'type')));
        results(x, node, symbol);
      },
    },
    type_spec: {
      kind: (x, node) => typeKind(x, x.child(node, 'type')),
      body: () => -1,
      type: definedType,
      scope: true,
    },
    type_alias: { kind: 'type', type: 'type', scope: true },
    method_elem: { kind: 'method', flags: SymbolFlag.declaration | SymbolFlag.abstract, then: results },
  },
  parameters: {
    parameter_declaration: { type: 'type' },
    variadic_parameter_declaration: { type: 'type', variadic: true, typePrefix: '[]' },
  },
  typeParameters: { type_parameter_declaration: { type: 'type' } },
  calls: { call_expression: { callee: 'function' } },
  spreads: ['variadic_argument'],
  expressions: {
    identifier: { op: 'name' },
    selector_expression: { op: 'member', object: 'operand', name: 'field' },
    call_expression: callResult,
    composite_literal: { op: 'type', type: 'type' },
    type_assertion_expression: { op: 'type', type: 'type' },
    type_conversion_expression: { op: 'type', type: 'type' },
    index_expression: { op: 'element', of: 'operand' },
    slice_expression: { op: 'pass', of: 'operand' },
    parenthesized_expression: { op: 'pass' },
    binary_expression: { op: 'pass', of: 'left' },
    unary_expression: (x, node) => {
      const of = x.expression(x.child(node, 'operand'));
      return of >= 0 && x.text.startsWith('<-', x.tree.start[node]) ? x.addExpression(ExpressionOp.element, of) : of;
    },
    interpreted_string_literal: { op: 'literal', type: 'string' },
    raw_string_literal: { op: 'literal', type: 'string' },
    int_literal: { op: 'literal', type: 'int' },
    float_literal: { op: 'literal', type: 'float64' },
    rune_literal: { op: 'literal', type: 'rune' },
  },
  names: ['identifier'],
  writes: {
    assignment_statement: 'left',
    inc_statement: (x, node) => x.firstNamed(node),
    dec_statement: (x, node) => x.firstNamed(node),
  },
  typeNames: ['type_identifier'],
  qualifiedTypes: ['qualified_type'],
  typeArguments: ['type_arguments'],
  builtinTypes: goPredeclaredTypes,
  builtinNames: ['_', 'true', 'false', 'nil', 'iota'],
  visit: {
    package_clause: (x, node) => {
      const name = x.firstNamed(node);
      x.facts.symbols.set(0, SymbolColumn.declaredType, x.name(name));
      const documentation = x.documentation(node);
      if (documentation)
        x.facts.symbols.set(0, SymbolColumn.documentation, x.facts.string(documentation.slice(0, 4000)));
    },
    import_spec: importSpec,
    field_declaration: fieldDeclaration,
    type_elem: (x, node) => {
      const only = x.firstNamed(node);
      if (x.is(x.parent(node), 'interface_type') && x.nextNamed(only) < 0) typeReference(x, only, 'inherit');
    },
    const_spec: (x, node) => variables(x, node, 'constant'),
    var_spec: (x, node) => variables(x, node, 'variable'),
    short_var_declaration: (x, node) =>
      x.bindBehind(node, () => bindList(x, x.child(node, 'left'), x.child(node, 'right'), false)),
    receive_statement: (x, node) => bindList(x, x.child(node, 'left'), x.child(node, 'right'), false),
    range_clause: (x, node) => bindList(x, x.child(node, 'left'), x.child(node, 'right'), true),
    type_switch_statement: (x, node) => {
      const alias = x.firstNamed(x.child(node, 'alias'));
      if (alias >= 0) x.local(alias, -1, x.expression(x.child(node, 'value')));
    },
    type_case: (x, node) => {
      const alias = x.firstNamed(x.child(x.parent(node), 'alias'));
      const type = x.child(node, 'type');
      // Only a case with a single type narrows the variable.
      if (alias >= 0 && type >= 0 && !x.fieldIs(x.nextNamed(type), 'type')) x.local(alias, typeText(x, type));
    },
    func_literal: (x, node) => {
      x.enter(node);
      bindParameters(x, x.child(node, 'parameters'));
      const result = x.child(node, 'result');
      if (x.is(result, 'parameter_list')) bindParameters(x, result);
    },
    composite_literal: (x, node) => {
      const type = x.child(node, 'type');
      if (x.is(type, 'type_identifier') || x.is(type, 'qualified_type') || x.is(type, 'generic_type'))
        typeReference(x, type, 'instantiate');
      literalKeys(x, type, x.child(node, 'body'));
    },
    type_conversion_expression: (x, node) => {
      const type = x.child(node, 'type');
      if (x.is(type, 'generic_type')) typeReference(x, type, 'call', 1);
    },
  },
};

function packageName(x: Extraction): string {
  return x.facts.strings[x.facts.symbols.get(0, SymbolColumn.declaredType)] ?? '';
}

/** The named type below pointers, parentheses and type arguments of a method's receiver. */
function receiverType(x: Extraction, node: number): number {
  const type = x.child(x.childOfType(x.child(node, 'receiver'), 'parameter_declaration'), 'type');
  return x.is(type, 'type_identifier') ? type : x.descendantOfType(type, 'type_identifier');
}

function typeKind(x: Extraction, type: number): SymbolKind {
  if (x.is(type, 'struct_type')) return 'struct';
  return x.is(type, 'interface_type') ? 'interface' : 'type';
}

function definedType(x: Extraction, node: number): number {
  const type = x.child(node, 'type');
  return typeKind(x, type) === 'type' ? type : -1;
}

/** Results without their names, `(int, error)`; named ones are locals of the function. */
function results(x: Extraction, node: number, symbol: number): void {
  const result = x.child(node, 'result');
  if (result < 0) return;
  if (!x.is(result, 'parameter_list')) {
    x.facts.symbols.set(symbol, SymbolColumn.returnType, typeText(x, result));
    return;
  }
  const types: string[] = [];
  for (let at = x.firstNamed(result); at >= 0; at = x.nextNamed(at)) {
    const type = typeText(x, x.child(at, 'type'));
    if (type < 0) continue;
    let names = 0;
    for (let name = x.firstNamed(at); name >= 0; name = x.nextNamed(name)) {
      if (!x.fieldIs(name, 'name')) continue;
      names++;
      x.local(name, type);
    }
    for (let i = 0; i < Math.max(1, names); i++) types.push(x.facts.strings[type]!);
  }
  x.facts.symbols.set(
    symbol,
    SymbolColumn.returnType,
    x.facts.string(types.length === 1 ? types[0] : `(${types.join(', ')})`),
  );
}

function callResult(x: Extraction, node: number): number {
  const callee = x.child(node, 'function');
  const list = x.child(node, 'arguments');
  const first = x.firstNamed(list);
  if (x.is(callee, 'identifier') && first >= 0) {
    const name = x.slice(callee);
    if (name === 'append') return x.expression(first);
    if ((name === 'new' || name === 'make') && x.scopes.find(x.name(callee)) < 0) {
      // The grammar reads a plain type name as a value in `new(T)`.
      return x.addExpression(ExpressionOp.type, typeText(x, first));
    }
  }
  const of = x.expression(callee);
  return of < 0 ? -1 : x.addExpression(ExpressionOp.call, of, -1);
}

function importSpec(x: Extraction, node: number): void {
  const path = x.slice(x.child(node, 'path')).slice(1, -1);
  const name = x.child(node, 'name');
  const alias = name < 0 ? undefined : x.slice(name);
  if (alias === '.') x.import('star', node, path);
  else if (alias === '_') x.import('side-effect', node, path);
  else x.import('module', node, path, undefined, alias);
}

function fieldDeclaration(x: Extraction, node: number): void {
  const holder = x.kindOf(x.symbol);
  const type = x.child(node, 'type');
  if (holder === 'function' || holder === 'method' || holder === 'module') return;
  const declaredType = typeText(x, type);
  let symbol = -1;
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (x.fieldIs(at, 'name')) symbol = x.declare({ node, kind: 'field', nameNode: at, declaredType });
  }
  if (symbol < 0) {
    const named = x.is(type, 'qualified_type')
      ? x.child(type, 'name')
      : x.is(type, 'generic_type')
        ? x.descendantOfType(type, 'type_identifier')
        : type;
    if (named < 0) return;
    typeReference(x, type, 'inherit');
    x.declare({ node, kind: 'field', nameNode: -1, name: x.slice(named), declaredType });
  } else if (x.is(type, 'struct_type')) x.enter(node, symbol);
}

/** `var a, b = f()` and its kin: symbols at file level, locals inside functions. */
function variables(x: Extraction, node: number, kind: 'constant' | 'variable'): void {
  const type = x.child(node, 'type');
  const declaredType = typeText(x, type);
  let value = x.firstNamed(x.child(node, 'value'));
  const single = value >= 0 && x.nextNamed(value) < 0;
  const values: number[] = [];
  const names: number[] = [];
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (!x.fieldIs(at, 'name')) continue;
    names.push(at);
    values.push(declaredType < 0 ? x.expression(value) : -1);
    if (!single && value >= 0) value = x.nextNamed(value);
  }
  names.forEach((name, i) => {
    x.claim(name);
    if (x.slice(name) === '_') return;
    const position = single ? i : 0;
    if (x.symbol === 0) {
      const symbol = x.declare({ node, kind, nameNode: name, declaredType });
      if (declaredType < 0) x.initializer(symbol, values[i]!, position);
      if (x.is(type, 'struct_type')) x.enter(node, symbol);
    } else x.bindBehind(node, () => x.local(name, declaredType, values[i], position));
  });
}

/** Binds the names of `a, b := x, y` or `a, b := f()`; of a range, the second holds an element. */
function bindList(x: Extraction, left: number, right: number, range: boolean): void {
  if (left < 0 || !declares(x, left)) return;
  let value = range ? right : x.is(right, 'expression_list') ? x.firstNamed(right) : right;
  const single = range || !x.is(right, 'expression_list') || (value >= 0 && x.nextNamed(value) < 0);
  const rows: [number, number, number][] = [];
  let position = 0;
  for (let name = x.firstNamed(left); name >= 0; name = x.nextNamed(name), position++) {
    let initializer = value < 0 ? -1 : x.expression(value);
    if (range)
      initializer = position === 1 && initializer >= 0 ? x.addExpression(ExpressionOp.element, initializer) : -1;
    rows.push([name, initializer, single && !range ? position : 0]);
    if (!single && value >= 0) value = x.nextNamed(value);
  }
  for (const [name, initializer, at] of rows) {
    x.claim(name);
    if (x.is(name, 'identifier') && x.slice(name) !== '_') x.local(name, -1, initializer, at);
  }
}

/** Whether `:=` stands behind the list. */
function declares(x: Extraction, left: number): boolean {
  let at = x.tree.end[left]!;
  while (at < x.text.length && x.text.charCodeAt(at) <= 32) at++;
  return x.text.startsWith(':=', at);
}

/** Keys of a struct literal write the struct's fields. */
function literalKeys(x: Extraction, type: number, body: number): void {
  if (!x.is(type, 'type_identifier') && !x.is(type, 'qualified_type') && !x.is(type, 'generic_type')) return;
  const receiver = x.addExpression(ExpressionOp.type, typeText(x, type));
  for (let at = x.firstNamed(body); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'keyed_element')) continue;
    const key = x.firstNamed(x.firstNamed(at));
    if (!x.is(key, 'identifier')) continue;
    x.claim(key);
    x.referenceNamed('write', x.name(key), key, receiver);
  }
}
