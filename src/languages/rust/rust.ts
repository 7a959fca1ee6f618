import { ExpressionOp } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type Visibility } from '#model/vocabulary.ts';
import { argumentCount, ownerName, strip } from '../declarative/compiled-spec.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { typeReference } from '../declarative/type-references.ts';
import { bindPattern } from './rust-patterns.ts';
import { tokenTree } from './rust-token-tree.ts';
import { useDeclaration } from './rust-use.ts';
import { rustMetrics } from './rust-metrics.ts';

/** Rust. What stands in an `impl` block has the block's type as owner; `self` is an instance of it. */
export const rust: LanguageSpec = {
  language: 'rust',
  grammar: 'rust',
  level: 'typed',
  metrics: rustMetrics,
  comments: ['line_comment', 'block_comment'],
  documentation: ['///', '/**'],
  modifierNodes: ['visibility_modifier', 'function_modifiers'],
  modifiers: {
    pub: { visibility: 'public' },
    'pub(crate)': { visibility: 'internal' },
    'pub(super)': { visibility: 'internal' },
    async: { flags: SymbolFlag.async },
  },
  visibility,
  blocks: ['block', 'if_expression', 'while_expression', 'for_expression', 'match_arm', 'trait_item', 'impl_item'],
  annotations: ['attribute'],
  symbols: {
    mod_item: {
      kind: 'namespace',
      then: (x, node, symbol) => {
        if (x.child(node, 'body') >= 0) return;
        x.addFlags(symbol, SymbolFlag.declaration);
        x.import('module', node, `self::${x.nameOf(symbol)}`);
      },
    },
    struct_item: { kind: 'struct', then: tupleFields },
    union_item: { kind: 'union' },
    enum_item: { kind: 'enum' },
    enum_variant: {
      kind: 'enum-member',
      scope: true,
      then: (x, node, symbol) => {
        x.facts.symbols.set(
          symbol,
          SymbolColumn.declaredType,
          x.facts.symbols.get(x.facts.symbols.get(symbol, SymbolColumn.parent), SymbolColumn.name),
        );
        tupleFields(x, node);
      },
    },
    trait_item: {
      kind: 'trait',
      then: (x, node) => {
        const bounds = x.child(node, 'bounds');
        for (let at = x.firstNamed(bounds); at >= 0; at = x.nextNamed(at))
          if (!x.is(at, 'lifetime')) typeReference(x, at, 'inherit');
      },
    },
    type_item: { kind: 'type', type: 'type', owner: implType },
    associated_type: { kind: 'type' },
    const_item: { kind: 'constant', type: 'type', owner: implType },
    static_item: { kind: 'variable', type: 'type', flags: SymbolFlag.static },
    field_declaration: { kind: 'field', type: 'type' },
    function_item: {
      kind: 'function',
      returns: 'return_type',
      owner: implType,
      then: (x, node, symbol) => {
        functionFlags(x, node, symbol);
        if (x.nameOf(symbol) === 'main' && x.facts.symbols.get(symbol, SymbolColumn.parent) === 0)
          x.addFlags(symbol, SymbolFlag.entryPoint);
      },
    },
    function_signature_item: {
      kind: 'function',
      returns: 'return_type',
      owner: implType,
      flags: SymbolFlag.declaration,
      then: functionFlags,
    },
    macro_definition: { kind: 'macro', body: (x, node) => x.childOfType(node, 'macro_rule') },
  },
  parameters: {
    parameter: { name: (x, node) => simpleName(x, x.child(node, 'pattern')), type: 'type' },
    self_parameter: { name: () => -1 },
    variadic_parameter: { name: () => -1, variadic: true },
  },
  typeParameters: { type_parameter: { name: 'name', type: (x, node) => x.firstNamed(x.child(node, 'bounds')) } },
  calls: {},
  expressions: {
    identifier: { op: 'name' },
    self: { op: 'self' },
    field_expression: { op: 'member', object: 'value', name: 'field' },
    scoped_identifier: (x, node) => x.addExpression(ExpressionOp.path, x.facts.string(pathText(x, node))),
    call_expression: (x, node) => {
      const callee = x.expression(strip(x, x.child(node, 'function')));
      return callee < 0 ? -1 : x.addExpression(ExpressionOp.call, callee, argumentCount(x, x.child(node, 'arguments')));
    },
    struct_expression: { op: 'type', type: 'name' },
    reference_expression: { op: 'pass', of: 'value' },
    unary_expression: { op: 'pass' },
    parenthesized_expression: { op: 'pass' },
    generic_function: { op: 'pass', of: 'function' },
    try_expression: { op: 'unwrap' },
    await_expression: { op: 'pass' },
    index_expression: { op: 'element' },
    type_cast_expression: { op: 'type', type: 'type' },
    string_literal: { op: 'literal', type: 'str' },
    integer_literal: { op: 'literal', type: 'i32' },
    float_literal: { op: 'literal', type: 'f64' },
    boolean_literal: { op: 'literal', type: 'bool' },
    macro_invocation: (x, node) => {
      const name = x.slice(x.child(node, 'macro'));
      return name === 'vec' ? x.typeExpression('Vec') : name === 'format' ? x.typeExpression('String') : -1;
    },
  },
  names: ['identifier'],
  writes: { assignment_expression: 'left', compound_assignment_expr: 'left' },
  typeNames: ['type_identifier'],
  qualifiedTypes: ['scoped_type_identifier'],
  typeArguments: ['type_arguments'],
  builtinTypes: ['Self'],
  builtinNames: ['_'],
  visit: {
    attribute_item: (x, node) => {
      const attribute = x.childOfType(node, 'attribute');
      if (attribute >= 0) x.pendingAnnotations.push(attribute);
      x.bridge(node);
      x.skip(node);
    },
    inner_attribute_item: (x, node) => x.skip(node),
    use_declaration: useDeclaration,
    extern_crate_declaration: (x, node) => x.skip(node),
    impl_item: (x, node) => {
      const trait = x.child(node, 'trait');
      const type = x.child(node, 'type');
      if (trait < 0 || type < 0) return;
      const full = ownerName(x, trait);
      const name = /\w+$/.exec(full)?.[0];
      if (name === undefined) return;
      claimTypes(x, trait);
      const subject = x.typeExpression(ownerName(x, type));
      x.referenceNamed(
        'implement',
        x.facts.string(name),
        trait,
        name === full ? -1 : x.typeExpression(full),
        -1,
        x.symbol,
        subject,
      );
    },
    let_declaration: (x, node) => {
      const type = x.child(node, 'type');
      const value = type < 0 ? x.expression(x.child(node, 'value')) : -1;
      x.bindBehind(node, () => bindPattern(x, x.child(node, 'pattern'), typeText(x, type), value));
    },
    let_condition: (x, node) => bindPattern(x, x.child(node, 'pattern'), -1, x.expression(x.child(node, 'value'))),
    for_expression: (x, node) => {
      const value = x.expression(x.child(node, 'value'));
      bindPattern(x, x.child(node, 'pattern'), -1, value < 0 ? -1 : x.addExpression(ExpressionOp.element, value));
    },
    match_arm: (x, node) => {
      const pattern = x.firstNamed(x.child(node, 'pattern'));
      if (pattern >= 0) bindPattern(x, pattern, -1, x.expression(x.child(x.parent(x.parent(node)), 'value')));
    },
    closure_expression: (x, node) => {
      x.enter(node);
      const parameters = x.child(node, 'parameters');
      for (let at = x.firstNamed(parameters); at >= 0; at = x.nextNamed(at)) {
        if (x.is(at, 'parameter')) bindPattern(x, x.child(at, 'pattern'), typeText(x, x.child(at, 'type')), -1);
        else bindPattern(x, at, -1, -1);
      }
    },
    call_expression: (x, node) => {
      const callee = strip(x, x.child(node, 'function'));
      const count = argumentCount(x, x.child(node, 'arguments'));
      if (x.is(callee, 'identifier')) x.reference('call', callee, -1, count);
      else if (x.is(callee, 'field_expression'))
        x.reference('call', x.child(callee, 'field'), x.child(callee, 'value'), count);
      else if (x.is(callee, 'scoped_identifier')) scoped(x, callee, 'call', count);
    },
    scoped_identifier: (x, node) => {
      if (!x.isClaimed(node) && !x.is(x.parent(node), 'scoped_identifier')) scoped(x, node, 'read', -1);
    },
    struct_expression: (x, node) => {
      const name = x.child(node, 'name');
      typeReference(x, name, 'instantiate');
      const receiver = x.expression(node);
      const body = x.child(node, 'body');
      for (let at = x.firstNamed(body); at >= 0; at = x.nextNamed(at)) {
        const field = x.is(at, 'field_initializer')
          ? x.child(at, 'field')
          : x.is(at, 'shorthand_field_initializer')
            ? x.firstNamed(at)
            : -1;
        if (field >= 0 && receiver >= 0) x.referenceNamed('write', x.name(field), field, receiver);
      }
    },
    macro_invocation: (x, node) => {
      const macro = x.child(node, 'macro');
      const name = x.is(macro, 'scoped_identifier') ? x.child(macro, 'name') : macro;
      x.claim(macro);
      x.claim(name);
      // The receiver `!` tells a macro's name from a function's.
      x.referenceNamed('call', x.name(name), name, x.addExpression(ExpressionOp.path, x.facts.string('!')));
      tokenTree(x, x.childOfType(node, 'token_tree'));
    },
    macro_definition: (x, node) => x.skip(node),
    lifetime: (x, node) => x.skip(node),
  },
};

function visibility(x: Extraction, node: number, _name: string, parent: number): Visibility {
  const kind = x.kindOf(parent);
  if (kind === 'trait' || kind === 'enum' || kind === 'enum-member') return 'public';
  const impl = implItem(x, node);
  return impl >= 0 && x.child(impl, 'trait') >= 0 ? 'public' : 'private';
}

function implItem(x: Extraction, node: number): number {
  const outer = x.parent(x.parent(node));
  return outer >= 0 && x.is(outer, 'impl_item') ? outer : -1;
}

function implType(x: Extraction, node: number): number {
  return x.child(implItem(x, node), 'type');
}

function functionFlags(x: Extraction, node: number, symbol: number): void {
  const hasSelf = x.childOfType(x.child(node, 'parameters'), 'self_parameter') >= 0;
  if (!hasSelf && x.kindOf(symbol) === 'method') x.addFlags(symbol, SymbolFlag.static);
  const decorators = x.facts.strings[x.facts.symbols.get(symbol, SymbolColumn.decorators)] ?? '';
  if (/(?:^|,)(?:\w+::)*test(?:,|$)/.test(decorators)) x.addFlags(symbol, SymbolFlag.test);
}

function simpleName(x: Extraction, pattern: number): number {
  if (x.is(pattern, 'mut_pattern') || x.is(pattern, 'ref_pattern') || x.is(pattern, 'reference_pattern'))
    return simpleName(x, x.lastNamed(pattern));
  return x.is(pattern, 'identifier') ? pattern : -1;
}

/** `struct P(i32, String)`: fields `0` and `1`. */
function tupleFields(x: Extraction, node: number): void {
  const body = x.child(node, 'body');
  if (!x.is(body, 'ordered_field_declaration_list')) return;
  let position = 0;
  for (let at = x.firstNamed(body); at >= 0; at = x.nextNamed(at)) {
    if (x.fieldIs(at, 'type'))
      x.declare({ node: at, kind: 'field', nameNode: -1, name: String(position++), declaredType: typeText(x, at) });
  }
}

function claimTypes(x: Extraction, node: number): void {
  for (let at = node; at < x.tree.subtreeEnd[node]!; at++) {
    if (x.spec.isTypeArguments[x.tree.type[at]!]) at = x.tree.subtreeEnd[at]! - 1;
    else x.claim(at);
  }
}

/** `a::B::<T>::c` without type arguments; `<T as Trait>::c` is `T::c`. */
function pathText(x: Extraction, node: number): string {
  const path = x.child(node, 'path');
  const name = x.slice(x.child(node, 'name'));
  if (path < 0) return name;
  let front: string;
  if (x.is(path, 'scoped_identifier')) front = pathText(x, path);
  else if (x.is(path, 'bracketed_type')) {
    const inner = x.firstNamed(path);
    front = ownerName(x, x.is(inner, 'qualified_type') ? x.child(inner, 'type') : inner);
  } else front = ownerName(x, path).replace(/::$/, '');
  return `${front}::${name}`;
}

function scoped(x: Extraction, node: number, role: 'call' | 'read', count: number): void {
  const name = x.child(node, 'name');
  const path = x.child(node, 'path');
  x.claim(node);
  x.claim(name);
  for (let at = node; at < x.tree.subtreeEnd[node]!; at++)
    if (x.is(at, 'identifier') || x.is(at, 'scoped_identifier')) x.claim(at);
  const text = pathText(x, node);
  const front = path < 0 ? '' : text.slice(0, text.lastIndexOf('::'));
  x.referenceNamed(
    role,
    x.name(name),
    name,
    front ? x.addExpression(ExpressionOp.path, x.facts.string(front)) : -1,
    count,
  );
}
