import { ExpressionOp } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind, symbolKinds, visibilities } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, SymbolRule } from '../declarative/language-spec.ts';
import { addParameters, bindParameters } from '../declarative/parameters.ts';
import { typeReference } from '../declarative/type-references.ts';
import { javaMetrics } from './java-metrics.ts';

const method: SymbolRule = {
  kind: 'method',
  returns: 'type',
  then: (x, node, symbol) => {
    const inInterface = x.kindOf(x.facts.symbols.get(symbol, SymbolColumn.parent)) === 'interface';
    if (x.child(node, 'body') < 0) x.addFlags(symbol, SymbolFlag.declaration | (inInterface ? SymbolFlag.abstract : 0));
    const decorators = x.facts.strings[x.facts.symbols.get(symbol, SymbolColumn.decorators)] ?? '';
    if (/(?:^|,)Override(?:,|$)/.test(decorators)) x.addFlags(symbol, SymbolFlag.override);
    if (/(?:^|,)(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory)(?:,|$)/.test(decorators))
      x.addFlags(symbol, SymbolFlag.test);
    if (x.nameOf(symbol) === 'main' && x.facts.symbols.get(symbol, SymbolColumn.flags) & SymbolFlag.static)
      x.addFlags(symbol, SymbolFlag.entryPoint);
  },
};

function type(kind: SymbolKind): SymbolRule {
  return { kind, parameters: () => -1 };
}

/** Java. The module's declared type is the package's name; lambdas belong to the method around them. */
export const java: LanguageSpec = {
  language: 'java',
  grammar: 'java',
  level: 'typed',
  metrics: javaMetrics,
  comments: ['line_comment', 'block_comment'],
  documentation: ['/**'],
  annotations: ['annotation', 'marker_annotation'],
  modifierNodes: ['modifiers'],
  modifiers: {
    public: { visibility: 'public' },
    protected: { visibility: 'protected' },
    private: { visibility: 'private' },
    static: { flags: SymbolFlag.static },
    abstract: { flags: SymbolFlag.abstract },
    final: { flags: SymbolFlag.final },
    default: { flags: SymbolFlag.default },
  },
  visibility: (x, _node, _name, parent) => (x.kindOf(parent) === 'interface' ? 'public' : 'internal'),
  overloads: true,
  callablesApart: true,
  blocks: [
    'block',
    'for_statement',
    'enhanced_for_statement',
    'try_with_resources_statement',
    'catch_clause',
    'switch_block_statement_group',
    'switch_rule',
  ],
  symbols: {
    class_declaration: type('class'),
    interface_declaration: type('interface'),
    annotation_type_declaration: type('interface'),
    enum_declaration: type('enum'),
    record_declaration: {
      kind: 'class',
      parameters: () => -1,
      then: (x, node) => {
        const list = x.child(node, 'parameters');
        for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
          const name = x.child(at, 'name');
          if (name < 0) continue;
          x.declare({
            node: at,
            kind: 'field',
            nameNode: name,
            visibility: 'private',
            flags: SymbolFlag.final,
            declaredType: typeText(x, x.child(at, 'type')),
          });
        }
      },
    },
    method_declaration: method,
    annotation_type_element_declaration: method,
    constructor_declaration: { kind: 'constructor' },
    compact_constructor_declaration: {
      kind: 'constructor',
      then: (x, node, symbol) => addParameters(x, symbol, x.child(x.parent(x.parent(node)), 'parameters')),
    },
    enum_constant: {
      kind: 'enum-member',
      scope: true,
      flags: SymbolFlag.static | SymbolFlag.final,
      parameters: () => -1,
      then: (x, _node, symbol) => {
        x.facts.symbols.set(
          symbol,
          SymbolColumn.declaredType,
          x.facts.string(x.nameOf(x.facts.symbols.get(symbol, SymbolColumn.parent))),
        );
        x.facts.symbols.set(symbol, SymbolColumn.visibility, visibilities.indexOf('public'));
      },
    },
  },
  parameters: {
    formal_parameter: { type: 'type' },
    spread_parameter: {
      name: (x, node) => x.child(x.childOfType(node, 'variable_declarator'), 'name'),
      type: spreadType,
      variadic: true,
    },
    catch_formal_parameter: { type: (x, node) => x.firstNamed(x.childOfType(node, 'catch_type')) },
    identifier: { name: (_x, node) => node },
  },
  typeParameters: {
    type_parameter: {
      name: (x, node) => x.childOfType(node, 'type_identifier', 'identifier'),
      type: (x, node) => x.firstNamed(x.childOfType(node, 'type_bound')),
    },
  },
  locals: {
    enhanced_for_statement: {
      name: 'name',
      type: (x, node) => written(x, x.child(node, 'type')),
      value: 'value',
      element: true,
    },
    resource: { name: 'name', type: (x, node) => written(x, x.child(node, 'type')), value: 'value' },
    instanceof_expression: { name: 'name', type: 'right' },
    catch_formal_parameter: { name: 'name', type: (x, node) => x.firstNamed(x.childOfType(node, 'catch_type')) },
    type_pattern: { name: (x, node) => x.lastNamed(node), type: (x, node) => x.firstNamed(node) },
  },
  calls: {
    method_invocation: { name: 'name', object: 'object' },
  },
  expressions: {
    identifier: { op: 'name' },
    method_invocation: { op: 'call' },
    field_access: (x, node) => {
      const field = x.child(node, 'field');
      if (x.is(field, 'this')) return x.typeExpression(x.slice(x.child(node, 'object')));
      const object = x.expression(x.child(node, 'object'));
      return object < 0 ? -1 : x.addExpression(ExpressionOp.member, object, x.name(field));
    },
    object_creation_expression: { op: 'type', type: 'type' },
    array_creation_expression: (x, node) =>
      x.typeExpression(`${x.facts.strings[typeText(x, x.child(node, 'type'))]!}[]`),
    cast_expression: { op: 'type', type: 'type' },
    parenthesized_expression: { op: 'pass' },
    assignment_expression: { op: 'pass', of: 'right' },
    ternary_expression: { op: 'pass', of: 'consequence' },
    array_access: { op: 'element', of: 'array' },
    this: { op: 'self' },
    super: { op: 'super' },
    null_literal: { op: 'literal', type: 'null' },
    string_literal: { op: 'literal', type: 'String' },
    character_literal: { op: 'literal', type: 'char' },
    decimal_integer_literal: { op: 'literal', type: 'int' },
    decimal_floating_point_literal: { op: 'literal', type: 'double' },
    true: { op: 'literal', type: 'boolean' },
    false: { op: 'literal', type: 'boolean' },
    class_literal: { op: 'literal', type: 'java.lang.Class' },
    unary_expression: (x, node) =>
      x.is(x.child(node, 'operator'), '!') ? x.typeExpression('boolean') : x.expression(x.child(node, 'operand')),
    instanceof_expression: { op: 'literal', type: 'boolean' },
    binary_expression: operation,
  },
  names: ['identifier'],
  writes: { assignment_expression: 'left', update_expression: (x, node) => x.firstNamed(node) },
  typeNames: ['type_identifier'],
  qualifiedTypes: ['scoped_type_identifier'],
  typeArguments: ['type_arguments'],
  inherits: { superclass: 'inherit', super_interfaces: 'implement', extends_interfaces: 'inherit' },
  builtinTypes: ['var'],
  visit: {
    package_declaration: (x, node) => {
      x.facts.symbols.set(0, SymbolColumn.declaredType, x.facts.string(x.slice(x.lastNamed(node)).replace(/\s+/g, '')));
      x.skip(node);
    },
    import_declaration: importDeclaration,
    field_declaration: fieldDeclaration,
    constant_declaration: fieldDeclaration,
    local_variable_declaration: localVariables,
    field_access: (x, node) => {
      const field = x.child(node, 'field');
      if (x.is(field, 'identifier')) x.plainMember(node, x.child(node, 'object'), field);
      else x.claim(x.child(node, 'object'));
    },
    lambda_expression: (x, node) => {
      x.enter(node);
      const parameters = x.child(node, 'parameters');
      if (x.is(parameters, 'identifier')) x.local(parameters, -1);
      else bindParameters(x, parameters);
    },
    object_creation_expression: (x, node) => {
      const type = x.child(node, 'type');
      typeReference(x, type, 'instantiate', argumentCount(x, x.child(node, 'arguments')));
      const body = x.childOfType(node, 'class_body');
      if (body >= 0) anonymousClass(x, body, type);
    },
    explicit_constructor_invocation: (x, node) => {
      const target = x.child(node, 'constructor');
      const name = x.is(target, 'super') ? 'super' : 'this';
      x.claim(target);
      const receiver = x.addExpression(name === 'super' ? ExpressionOp.super : ExpressionOp.self, -1);
      x.referenceNamed('call', x.facts.string(name), target, receiver, argumentCount(x, x.child(node, 'arguments')));
    },
    method_reference: (x, node) => {
      const object = x.firstNamed(node);
      const name = x.lastNamed(node);
      if (x.is(name, 'identifier') && name !== object) x.reference('read', name, object);
      else if (x.is(object, 'identifier')) x.reference('instantiate', object);
      else typeReference(x, object, 'instantiate', -1);
    },
    labeled_statement: (x, node) => x.claim(x.firstNamed(node)),
    break_statement: (x, node) => x.claim(x.firstNamed(node)),
    continue_statement: (x, node) => x.claim(x.firstNamed(node)),
    element_value_pair: (x, node) => x.claim(x.child(node, 'key')),
    annotation: (x, node) => x.claim(x.child(node, 'name')),
    marker_annotation: (x, node) => x.claim(x.child(node, 'name')),
    switch_label: (x, node) => {
      // Constants of the switched enum stand here without their type.
      const name = x.firstNamed(node);
      if (x.is(name, 'identifier')) {
        const condition = x.child(x.parent(x.parent(x.parent(node))), 'condition');
        x.reference('read', name, condition);
      }
    },
  },
};

/** `var` says nothing. */
function written(x: Extraction, node: number): number {
  return node >= 0 && x.slice(node) === 'var' ? -1 : node;
}

function spreadType(x: Extraction, node: number): number {
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) if (!x.is(at, 'modifiers')) return at;
  return -1;
}

function importDeclaration(x: Extraction, node: number): void {
  const path = x.childOfType(node, 'scoped_identifier', 'identifier');
  const full = x.slice(path).replace(/\s+/g, '');
  const isStatic = /^import\s+static\b/.test(x.text.slice(x.tree.start[node], x.tree.start[path]));
  if (x.childOfType(node, 'asterisk') >= 0) x.import('star', node, full, undefined, undefined, isStatic ? 8 : 0);
  else {
    const dot = full.lastIndexOf('.');
    x.import('member', node, full.slice(0, dot), full.slice(dot + 1), undefined, isStatic ? 8 : 0);
  }
  x.skip(node);
}

function fieldDeclaration(x: Extraction, node: number): void {
  const type = typeText(x, x.child(node, 'type'));
  const inInterface = x.kindOf(x.symbol) === 'interface';
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'variable_declarator')) continue;
    const dimensions = x.childOfType(at, 'dimensions') >= 0 ? '[]' : '';
    const declaredType = dimensions ? x.facts.string(x.facts.strings[type]! + dimensions) : type;
    const symbol = x.declare({
      node,
      kind: 'field',
      nameNode: x.child(at, 'name'),
      declaredType,
      flags: inInterface ? SymbolFlag.static | SymbolFlag.final : 0,
    });
    const constant = SymbolFlag.static | SymbolFlag.final;
    if ((x.facts.symbols.get(symbol, SymbolColumn.flags) & constant) === constant)
      x.facts.symbols.set(symbol, SymbolColumn.kind, symbolKinds.indexOf('constant'));
  }
}

const truths = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||']);

/** A comparison is true or false, a sum with a string is one, and a whole number leaves the type of what it is added to. */
function operation(x: Extraction, node: number): number {
  const left = x.child(node, 'left');
  const right = x.child(node, 'right');
  const operator = x.slice(x.child(node, 'operator'));
  if (truths.has(operator)) return x.typeExpression('boolean');
  const first = x.expression(left);
  if (operator === '+') {
    const text = x.typeExpression('String');
    if (first === text || x.is(right, 'string_literal') || x.expression(right) === text) return text;
  }
  return x.is(right, 'decimal_integer_literal') ? first : -1;
}

function localVariables(x: Extraction, node: number): void {
  const type = typeText(x, written(x, x.child(node, 'type')));
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'variable_declarator')) continue;
    const declared =
      type >= 0 && x.childOfType(at, 'dimensions') >= 0 ? x.facts.string(`${x.facts.strings[type]!}[]`) : type;
    x.local(x.child(at, 'name'), declared, type < 0 ? x.expression(x.child(at, 'value')) : -1);
  }
}

/** `new T() { … }`: a class without a name that extends T. */
function anonymousClass(x: Extraction, body: number, type: number): void {
  const symbol = x.declare({
    node: body,
    kind: 'class',
    nameNode: -1,
    name: '',
    flags: SymbolFlag.anonymous,
    visibility: 'private',
    body,
  });
  x.enter(body, symbol);
  const { text } = x;
  const base = text.slice(x.tree.start[type], x.tree.end[type]).replace(/<.*$/s, '').replace(/\s+/g, '');
  const last = base.slice(base.lastIndexOf('.') + 1);
  x.referenceNamed('inherit', x.facts.string(last), type, last === base ? -1 : x.typeExpression(base), -1, symbol);
}
