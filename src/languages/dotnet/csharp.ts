import { ExpressionOp } from '#model/declared-types.ts';
import { ParameterColumn, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind, type Visibility } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, SymbolRule } from '../declarative/language-spec.ts';
import { typeNameReference, typeReference } from '../declarative/type-references.ts';
import { declareNamespace, patternVariable, usingDirective, variableDeclaration } from './csharp-declarations.ts';
import { csharpMetrics } from './csharp-metrics.ts';

const type = (kind: SymbolKind): SymbolRule => ({ kind, parameters: () => -1 });

const method: SymbolRule = {
  kind: 'method',
  returns: (x, node) => (x.child(node, 'returns') >= 0 ? x.child(node, 'returns') : x.child(node, 'type')),
  then: (x, node, symbol) => {
    const inInterface = x.kindOf(x.facts.symbols.get(symbol, SymbolColumn.parent)) === 'interface';
    if (x.child(node, 'body') < 0) x.addFlags(symbol, SymbolFlag.declaration | (inInterface ? SymbolFlag.abstract : 0));
    const decorators = x.facts.strings[x.facts.symbols.get(symbol, SymbolColumn.decorators)] ?? '';
    if (/(?:^|,)(?:\w+\.)*(?:Test|Fact|Theory|TestMethod|TestCase)(?:Attribute)?(?:,|$)/.test(decorators))
      x.addFlags(symbol, SymbolFlag.test);
    if (x.nameOf(symbol) === 'Main') x.addFlags(symbol, SymbolFlag.entryPoint);
    const first = x.firstNamed(x.child(node, 'parameters'));
    if (x.is(first, 'parameter') && /^this\s/.test(x.text.slice(x.tree.start[first], x.tree.start[first]! + 5))) {
      const row = x.facts.symbols.get(symbol, SymbolColumn.parameters);
      const written = x.facts.strings[x.facts.parameters.get(row, ParameterColumn.type)] ?? '';
      x.facts.parameters.set(row, ParameterColumn.type, x.facts.string(`this ${written}`));
    }
  },
};

const property: SymbolRule = {
  kind: 'property',
  type: 'type',
  scope: true,
  body: (x, node) => (x.child(node, 'accessors') >= 0 ? x.child(node, 'accessors') : x.child(node, 'value')),
};

/** C#. Namespaces are symbols; an extension method's first parameter has a type that starts with `this `. */
export const csharp: LanguageSpec = {
  language: 'csharp',
  grammar: 'c-sharp',
  level: 'typed',
  metrics: csharpMetrics,
  comments: ['comment'],
  documentation: ['///', '/**'],
  annotations: ['attribute'],
  modifierNodes: ['attribute_list', 'modifier'],
  modifiers: {
    public: { visibility: 'public' },
    protected: { visibility: 'protected' },
    private: { visibility: 'private' },
    internal: { visibility: 'internal' },
    static: { flags: SymbolFlag.static },
    abstract: { flags: SymbolFlag.abstract },
    sealed: { flags: SymbolFlag.final },
    async: { flags: SymbolFlag.async },
    override: { flags: SymbolFlag.override },
    readonly: { flags: SymbolFlag.readonly },
    const: { flags: SymbolFlag.static | SymbolFlag.readonly },
  },
  visibility: (x, _node, _name, parent): Visibility => {
    const kind = x.kindOf(parent);
    if (kind === 'interface' || kind === 'enum') return 'public';
    return kind === 'module' || kind === 'namespace' ? 'internal' : 'private';
  },
  exported: (x, _name, visibility, parent) =>
    x.kindOf(parent) === 'namespace'
      ? visibility === 'public'
      : visibility === 'public' && (parent === 0 || x.isExported(parent)),
  overloads: true,
  argumentNodes: ['argument'],
  blocks: [
    'block',
    'for_statement',
    'foreach_statement',
    'using_statement',
    'catch_clause',
    'switch_section',
    'switch_expression_arm',
    'accessor_declaration',
  ],
  symbols: {
    class_declaration: type('class'),
    struct_declaration: type('struct'),
    interface_declaration: type('interface'),
    enum_declaration: type('enum'),
    record_declaration: {
      kind: 'class',
      parameters: () => -1,
      then: (x, node) => {
        const list = x.childOfType(node, 'parameter_list');
        for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
          const name = x.child(at, 'name');
          if (name >= 0)
            x.declare({
              node: at,
              kind: 'property',
              nameNode: name,
              visibility: 'public',
              declaredType: typeText(x, x.child(at, 'type')),
            });
        }
      },
    },
    delegate_declaration: { kind: 'type', returns: 'type', scope: true },
    enum_member_declaration: {
      kind: 'enum-member',
      then: (x, _node, symbol) => {
        x.facts.symbols.set(
          symbol,
          SymbolColumn.declaredType,
          x.facts.symbols.get(x.facts.symbols.get(symbol, SymbolColumn.parent), SymbolColumn.name),
        );
      },
    },
    method_declaration: method,
    local_function_statement: { kind: 'function', returns: 'type' },
    constructor_declaration: { kind: 'constructor' },
    destructor_declaration: { kind: 'method', name: () => -1, fixedName: 'Finalize' },
    operator_declaration: { kind: 'method', name: operatorName, returns: 'type', flags: SymbolFlag.operator },
    conversion_operator_declaration: {
      kind: 'method',
      name: () => -1,
      fixedName: 'operator',
      returns: 'type',
      flags: SymbolFlag.operator,
    },
    indexer_declaration: { ...property, name: () => -1, fixedName: 'this' },
    property_declaration: property,
    event_declaration: property,
  },
  parameters: {
    parameter: { type: 'type', default: (x, node) => afterName(x, node) },
    identifier: { name: (_x, node) => node },
    implicit_parameter: { name: (_x, node) => node },
  },
  typeParameters: { type_parameter: { name: 'name' } },
  expressions: {
    identifier: { op: 'name' },
    generic_name: { op: 'pass' },
    member_access_expression: (x, node) => {
      const object = objectOf(x, node);
      return object < 0 ? -1 : x.addExpression(ExpressionOp.member, object, x.name(memberName(x, node)));
    },
    conditional_access_expression: (x, node) => {
      const object = x.expression(x.child(node, 'condition'));
      const binding = x.childOfType(node, 'member_binding_expression');
      return object < 0 || binding < 0
        ? -1
        : x.addExpression(ExpressionOp.member, object, x.name(memberName(x, binding)));
    },
    invocation_expression: (x, node) => {
      const callee = x.expression(x.child(node, 'function'));
      return callee < 0 ? -1 : x.addExpression(ExpressionOp.call, callee, argumentCount(x, x.child(node, 'arguments')));
    },
    object_creation_expression: { op: 'type', type: 'type' },
    array_creation_expression: { op: 'type', type: 'type' },
    cast_expression: { op: 'type', type: 'type' },
    as_expression: { op: 'type', type: 'right' },
    await_expression: { op: 'unwrap' },
    parenthesized_expression: { op: 'pass' },
    postfix_unary_expression: { op: 'pass' },
    assignment_expression: { op: 'pass', of: 'right' },
    conditional_expression: { op: 'pass', of: 'consequence' },
    element_access_expression: { op: 'element', of: 'expression' },
    this: { op: 'self' },
    string_literal: { op: 'literal', type: 'string' },
    interpolated_string_expression: { op: 'literal', type: 'string' },
    integer_literal: { op: 'literal', type: 'int' },
    boolean_literal: { op: 'literal', type: 'bool' },
  },
  names: ['identifier'],
  writes: {
    assignment_expression: 'left',
    postfix_unary_expression: (x, node) => x.firstNamed(node),
    prefix_unary_expression: (x, node) => x.firstNamed(node),
  },
  typeNames: ['identifier'],
  qualifiedTypes: ['qualified_name'],
  typeArguments: ['type_argument_list'],
  builtinTypes: ['var', 'dynamic'],
  builtinNames: ['_', 'nameof'],
  visit: {
    identifier: (x, node) => {
      if (isTypePosition(x, node)) typeNameReference(x, node);
      else x.plainName(node);
    },
    qualified_name: (x, node) => {
      if (!x.isClaimed(node) && !x.is(x.parent(node), 'qualified_name')) typeReference(x, node, 'type');
    },
    namespace_declaration: (x, node) => x.enter(node, declareNamespace(x, node)),
    file_scoped_namespace_declaration: (x, node) => x.enter(0, declareNamespace(x, node)),
    using_directive: usingDirective,
    base_list: (x, node) => {
      for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
        if (!x.is(at, 'argument_list'))
          typeReference(x, x.is(at, 'primary_constructor_base_type') ? x.firstNamed(at) : at, 'inherit');
      }
    },
    variable_declaration: variableDeclaration,
    member_access_expression: (x, node) => {
      const name = memberName(x, node);
      if (name < 0 || x.isClaimed(name)) return;
      const parent = x.parent(node);
      const isWritten = x.is(parent, 'assignment_expression') && x.fieldIs(node, 'left');
      memberReference(x, node, isWritten ? 'write' : 'read', -1);
    },
    member_binding_expression: (x, node) => {
      const name = memberName(x, node);
      const access = x.parent(node);
      if (name >= 0 && !x.isClaimed(name) && x.is(access, 'conditional_access_expression'))
        x.reference('read', name, x.child(access, 'condition'));
    },
    invocation_expression: (x, node) => {
      const callee = x.child(node, 'function');
      const count = argumentCount(x, x.child(node, 'arguments'));
      if (x.is(callee, 'identifier')) {
        if (x.slice(callee) !== 'nameof') x.reference('call', callee, -1, count);
      } else if (x.is(callee, 'generic_name')) x.reference('call', x.firstNamed(callee), -1, count);
      else if (x.is(callee, 'member_access_expression')) memberReference(x, callee, 'call', count);
      else if (x.is(callee, 'conditional_access_expression')) {
        const name = memberName(x, x.childOfType(callee, 'member_binding_expression'));
        if (name >= 0) x.reference('call', name, x.child(callee, 'condition'), count);
      } else if (x.is(callee, 'member_binding_expression')) {
        const name = memberName(x, callee);
        const access = x.parent(node);
        if (name >= 0 && x.is(access, 'conditional_access_expression'))
          x.reference('call', name, x.child(access, 'condition'), count);
      }
    },
    object_creation_expression: (x, node) => {
      const created = x.child(node, 'type');
      typeReference(x, created, 'instantiate', argumentCount(x, x.child(node, 'arguments')));
      const initializer = x.child(node, 'initializer');
      const receiver = x.expression(node);
      for (let at = x.firstNamed(initializer); at >= 0; at = x.nextNamed(at)) {
        const left = x.is(at, 'assignment_expression') ? x.child(at, 'left') : -1;
        if (x.is(left, 'identifier') && receiver >= 0) {
          x.claim(left);
          x.referenceNamed('write', x.name(left), left, receiver);
        }
      }
    },
    constructor_initializer: (x, node) => {
      const isBase = /^:?\s*base\b/.test(x.slice(node));
      const receiver = x.addExpression(isBase ? ExpressionOp.super : ExpressionOp.self, -1);
      x.referenceNamed(
        'call',
        x.facts.string(isBase ? 'base' : 'this'),
        node,
        receiver,
        argumentCount(x, x.childOfType(node, 'argument_list')),
      );
    },
    foreach_statement: (x, node) => {
      const written = x.child(node, 'type');
      const inferred = x.is(written, 'implicit_type');
      const value = inferred ? x.expression(x.child(node, 'right')) : -1;
      const left = x.child(node, 'left');
      if (x.is(left, 'identifier'))
        x.local(
          left,
          inferred ? -1 : typeText(x, written),
          value < 0 ? -1 : x.addExpression(ExpressionOp.element, value),
        );
    },
    declaration_pattern: patternVariable,
    recursive_pattern: patternVariable,
    catch_declaration: patternVariable,
    declaration_expression: patternVariable,
    lambda_expression: (x, node) => {
      x.enter(node);
      const parameters = x.child(node, 'parameters');
      if (x.is(parameters, 'implicit_parameter') || x.is(parameters, 'identifier')) x.local(parameters, -1);
      for (let at = x.firstNamed(parameters); at >= 0; at = x.nextNamed(at)) {
        const name = x.child(at, 'name');
        x.local(name >= 0 ? name : at, typeText(x, x.child(at, 'type')));
      }
    },
    argument: (x, node) => x.claim(x.child(node, 'name')),
  },
};

const typeParents = new Set([
  'type_argument_list',
  'base_list',
  'array_type',
  'nullable_type',
  'pointer_type',
  'ref_type',
  'type_parameter_constraint',
  'typeof_expression',
  'type_pattern',
]);

function isTypePosition(x: Extraction, node: number): boolean {
  let at = node;
  if (x.is(x.parent(at), 'generic_name')) at = x.parent(at);
  const parent = x.parent(at);
  return (
    x.fieldIs(at, 'type') ||
    x.fieldIs(at, 'returns') ||
    typeParents.has(x.typeName(parent)) ||
    (x.fieldIs(at, 'right') && x.is(parent, 'as_expression'))
  );
}

function memberName(x: Extraction, node: number): number {
  const name = x.child(node, 'name');
  return x.is(name, 'generic_name') ? x.firstNamed(name) : name;
}

/** Expression row of what stands before the dot; the grammar keeps `this` and `base` as bare words. */
function objectOf(x: Extraction, node: number): number {
  const object = x.child(node, 'expression');
  const first = object >= 0 ? object : node + 1;
  const word = x.isLeaf(first) ? x.slice(first) : '';
  if (word === 'this') return x.addExpression(ExpressionOp.self, -1);
  if (word === 'base') return x.addExpression(ExpressionOp.super, -1);
  if (x.is(first, 'predefined_type')) return x.addExpression(ExpressionOp.path, x.name(first));
  return x.expression(first);
}

function memberReference(x: Extraction, node: number, role: 'call' | 'read' | 'write', count: number): void {
  const name = memberName(x, node);
  x.claim(name);
  const receiver = objectOf(x, node);
  if (receiver >= 0) x.referenceNamed(role, x.name(name), name, receiver, count);
  else if (role === 'call') x.referenceNamed(role, x.name(name), name, x.typeExpression('?'), count);
}

function operatorName(x: Extraction, node: number): number {
  for (let at = node + 1; at < x.tree.subtreeEnd[node]!; at = x.tree.subtreeEnd[at]!) {
    if (x.slice(at) === 'operator') return x.tree.subtreeEnd[at]!;
  }
  return -1;
}

function afterName(x: Extraction, node: number): number {
  const name = x.child(node, 'name');
  return name < 0 ? -1 : x.nextNamed(name);
}
