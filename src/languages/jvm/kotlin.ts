import { ExpressionOp } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { bindVariables, inCompanion, parameters, primaryConstructor, property } from './kotlin-declarations.ts';
import { kotlinMetrics } from './kotlin-metrics.ts';

/** Kotlin. Members of a companion object are static members of its class; an extension has its receiver's type as owner. */
export const kotlin: LanguageSpec = {
  language: 'kotlin',
  grammar: 'kotlin',
  level: 'typed',
  metrics: kotlinMetrics,
  comments: ['line_comment', 'block_comment'],
  documentation: ['/**'],
  annotations: ['annotation'],
  modifierNodes: ['modifiers'],
  modifiers: {
    public: { visibility: 'public' },
    private: { visibility: 'private' },
    protected: { visibility: 'protected' },
    internal: { visibility: 'internal' },
    abstract: { flags: SymbolFlag.abstract },
    final: { flags: SymbolFlag.final },
    override: { flags: SymbolFlag.override },
    suspend: { flags: SymbolFlag.async },
    const: { flags: SymbolFlag.readonly },
  },
  overloads: true,
  argumentNodes: ['value_argument'],
  blocks: ['block', 'for_statement', 'catch_block', 'when_entry'],
  symbols: {
    class_declaration: {
      kind: classKind,
      body: (x, node) => x.childOfType(node, 'class_body', 'enum_class_body'),
      parameters: () => -1,
      then: (x, node, symbol) => primaryConstructor(x, node, symbol),
    },
    object_declaration: {
      kind: 'class',
      body: (x, node) => x.childOfType(node, 'class_body'),
      parameters: () => -1,
      flags: SymbolFlag.static,
    },
    function_declaration: {
      kind: 'function',
      owner: (x, node) => {
        const first = x.childOfType(node, 'user_type', 'nullable_type', 'function_value_parameters');
        return x.is(first, 'function_value_parameters') ? -1 : first;
      },
      body: (x, node) => x.childOfType(node, 'function_body'),
      returns: returnType,
      parameters: () => -1,
      then: (x, node, symbol) => {
        parameters(x, x.childOfType(node, 'function_value_parameters'), symbol);
        if (inCompanion(x, node)) x.addFlags(symbol, SymbolFlag.static);
        const body = x.childOfType(node, 'function_body');
        if (body < 0)
          x.addFlags(symbol, SymbolFlag.declaration | (x.kindOf(symbol) === 'method' ? SymbolFlag.abstract : 0));
        else if (x.text[x.tree.start[body]!] === '=' && returnType(x, node) < 0)
          x.initializer(symbol, x.expression(x.firstNamed(body)));
        if (x.nameOf(symbol) === 'main' && x.kindOf(symbol) === 'function') x.addFlags(symbol, SymbolFlag.entryPoint);
        const decorators = x.facts.strings[x.facts.symbols.get(symbol, SymbolColumn.decorators)] ?? '';
        if (/(?:^|,)(?:\w+\.)*(?:Test|ParameterizedTest)(?:,|$)/.test(decorators)) x.addFlags(symbol, SymbolFlag.test);
      },
    },
    secondary_constructor: {
      kind: 'constructor',
      name: () => -1,
      fixedName: 'constructor',
      parameters: () => -1,
      then: (x, node, symbol) => {
        x.facts.symbols.set(
          symbol,
          SymbolColumn.name,
          x.facts.symbols.get(x.facts.symbols.get(symbol, SymbolColumn.parent), SymbolColumn.name),
        );
        parameters(x, x.childOfType(node, 'function_value_parameters'), symbol);
      },
    },
    enum_entry: {
      kind: 'enum-member',
      name: (x, node) => x.childOfType(node, 'identifier'),
      scope: true,
      then: (x, _node, symbol) => {
        x.facts.symbols.set(
          symbol,
          SymbolColumn.declaredType,
          x.facts.symbols.get(x.facts.symbols.get(symbol, SymbolColumn.parent), SymbolColumn.name),
        );
      },
    },
    type_alias: {
      kind: 'type',
      name: (x, node) => x.childOfType(node, 'identifier'),
      type: (x, node) => x.lastNamed(node),
      parameters: () => -1,
    },
  },
  typeParameters: {
    type_parameter: {
      name: (x, node) => x.childOfType(node, 'identifier'),
      type: (x, node) => x.childOfType(node, 'user_type', 'nullable_type'),
    },
  },
  expressions: {
    identifier: { op: 'name' },
    navigation_expression: { op: 'member', object: (x, node) => x.firstNamed(node), name: memberName },
    call_expression: (x, node) => {
      const called = x.firstNamed(node);
      const given = x.is(called, 'navigation_expression') && x.childOfType(node, 'annotated_lambda') >= 0;
      if (given && memberName(x, called) >= 0 && returnsReceiver.test(x.slice(memberName(x, called))))
        return x.expression(x.firstNamed(called));
      const callee = x.expression(called);
      return callee < 0 ? -1 : x.addExpression(ExpressionOp.call, callee, callArguments(x, node));
    },
    this_expression: (x, node) => {
      const label = x.slice(node).split('@')[1];
      if (label) return x.typeExpression(label);
      const lent = x.scopes.lentAt(node);
      return lent >= 0 ? lent : x.addExpression(ExpressionOp.self, -1);
    },
    super_expression: { op: 'super' },
    as_expression: { op: 'type', type: 'right' },
    parenthesized_expression: { op: 'pass' },
    unary_expression: { op: 'pass' },
    index_expression: { op: 'element' },
    if_expression: (x, node) => x.expression(x.nextNamed(x.child(node, 'condition'))),
    string_literal: { op: 'literal', type: 'String' },
    number_literal: { op: 'literal', type: 'Int' },
    float_literal: { op: 'literal', type: 'Double' },
  },
  names: ['identifier'],
  writes: { assignment: 'left' },
  typeNames: [],
  builtinNames: ['it', 'field', 'true', 'false', 'null', '_'],
  visit: {
    package_header: (x, node) => {
      x.facts.symbols.set(
        0,
        SymbolColumn.declaredType,
        x.facts.string(x.slice(x.firstNamed(node)).replace(/\s+/g, '')),
      );
      x.skip(node);
    },
    import: (x, node) => {
      const path = x.firstNamed(node);
      const full = x.slice(path).replace(/\s+/g, '');
      const alias = x.nextNamed(path);
      if (/\.\*\s*$/.test(x.slice(node).split('\n')[0]!)) x.import('star', node, full);
      else {
        const dot = full.lastIndexOf('.');
        x.import(
          'member',
          node,
          full.slice(0, Math.max(dot, 0)),
          full.slice(dot + 1),
          alias < 0 ? undefined : x.slice(alias),
        );
      }
      x.skip(node);
    },
    user_type: userType,
    annotation: (x, node) => claimNames(x, node),
    companion_object: (x, node) => x.memory.set('companion', x.tree.subtreeEnd[node]!),
    property_declaration: property,
    delegation_specifier: (x, node) => {
      const first = x.firstNamed(node);
      const base = x.is(first, 'constructor_invocation')
        ? x.firstNamed(first)
        : x.is(first, 'explicit_delegation')
          ? x.firstNamed(first)
          : first;
      if (!x.is(base, 'user_type')) return;
      reference(x, base, 'inherit');
      const list = x.childOfType(first, 'value_arguments');
      if (list >= 0)
        x.referenceNamed(
          'call',
          x.facts.string('super'),
          first,
          x.addExpression(ExpressionOp.super, -1),
          argumentCount(x, list),
        );
    },
    call_expression: (x, node) => {
      const callee = x.firstNamed(node);
      const count = callArguments(x, node);
      if (x.is(callee, 'identifier')) x.reference('call', callee, -1, count);
      else if (x.is(callee, 'navigation_expression')) {
        const name = memberName(x, callee);
        if (name >= 0) x.reference('call', name, x.firstNamed(callee), count);
      }
    },
    constructor_delegation_call: (x, node) => {
      const isSuper = /^super\b/.test(x.slice(node));
      const count = argumentCount(x, x.childOfType(node, 'value_arguments'));
      x.referenceNamed(
        'call',
        x.facts.string(isSuper ? 'super' : 'this'),
        node,
        x.addExpression(isSuper ? ExpressionOp.super : ExpressionOp.self, -1),
        count,
      );
    },
    value_argument: (x, node) => {
      const first = x.firstNamed(node);
      if (
        x.is(first, 'identifier') &&
        x.nextNamed(first) >= 0 &&
        /^\s*=/.test(x.text.slice(x.tree.end[first], x.tree.end[first]! + 4))
      )
        x.claim(first);
    },
    for_statement: (x, node) => {
      const variable = x.childOfType(node, 'variable_declaration', 'multi_variable_declaration');
      const value = x.expression(x.nextNamed(variable));
      bindVariables(x, variable, value < 0 ? -1 : x.addExpression(ExpressionOp.element, value));
    },
    catch_block: (x, node) => {
      const name = x.childOfType(node, 'identifier');
      if (name >= 0) x.local(name, typeText(x, x.nextNamed(name)));
    },
    lambda_literal: lambda,
    object_literal: (x, node) =>
      x.enter(
        node,
        x.declare({ node, kind: 'class', nameNode: -1, name: '', flags: SymbolFlag.anonymous, visibility: 'private' }),
      ),
    callable_reference: (x, node) => {
      const name = x.lastNamed(node);
      const object = x.firstNamed(node);
      if (x.is(name, 'identifier')) x.reference('read', name, object === name ? -1 : object);
    },
  },
};

function classKind(x: Extraction, node: number): SymbolKind {
  const head = x.text.slice(x.tree.start[node], x.tree.start[x.child(node, 'name')]!);
  if (/\binterface\s+$/.test(head)) return 'interface';
  return /\benum\s+class\s+$/.test(head) ? 'enum' : 'class';
}

function memberName(x: Extraction, node: number): number {
  const name = x.lastNamed(node);
  return x.is(name, 'identifier') && name !== x.firstNamed(node) ? name : -1;
}

/** A lambda behind the parentheses is one more argument. */
function callArguments(x: Extraction, node: number): number {
  const list = x.childOfType(node, 'value_arguments');
  const lambdas = x.childOfType(node, 'annotated_lambda') >= 0 ? 1 : 0;
  if (list < 0 || lambdas) x.argumentNode = -1;
  const count = list < 0 ? 0 : argumentCount(x, list);
  if (lambdas) x.argumentNode = -1;
  return count < 0 ? -1 : count + lambdas;
}

function returnType(x: Extraction, node: number): number {
  const list = x.childOfType(node, 'function_value_parameters');
  for (let at = list < 0 ? -1 : x.nextNamed(list); at >= 0; at = x.nextNamed(at)) {
    if (x.is(at, 'user_type') || x.is(at, 'nullable_type') || x.is(at, 'function_type')) return at;
    if (x.is(at, 'function_body') || x.is(at, 'type_constraints')) return -1;
  }
  return -1;
}

const returnsReceiver = /^(?:apply|also|takeIf|takeUnless|onEach)$/;
const receives = /^(?:apply|run)$/;
const same = /^(?:let|also|takeIf|takeUnless)$/;
const each =
  /^(?:forEach|map|filter|filterNot|first|firstOrNull|any|all|none|find|mapNotNull|flatMap|sortedBy|groupBy|associateBy|count|sumOf|onEach|partition|last|single)$/;

function lambda(x: Extraction, node: number): void {
  x.enter(node);
  const call = x.parent(x.parent(node));
  const callee = x.is(call, 'call_expression') ? x.firstNamed(call) : -1;
  let given = -1;
  if (x.is(callee, 'navigation_expression')) {
    const method = memberName(x, callee) < 0 ? '' : x.slice(memberName(x, callee));
    const receiver = x.expression(x.firstNamed(callee));
    if (receiver >= 0 && receives.test(method)) x.scopes.lend(receiver, x.tree.subtreeEnd[node]!);
    else if (receiver >= 0 && same.test(method)) given = receiver;
    else if (receiver >= 0 && each.test(method)) given = x.addExpression(ExpressionOp.element, receiver);
  }
  // `with(a) { … }` is a call whose callee is the call `with(a)`.
  const outer = x.is(callee, 'call_expression') ? callee : call;
  if (callee >= 0 && x.slice(x.firstNamed(outer)) === 'with') {
    const argument = x.firstNamed(x.childOfType(outer, 'value_arguments'));
    const receiver = argument < 0 ? -1 : x.expression(x.firstNamed(argument));
    if (receiver >= 0) x.scopes.lend(receiver, x.tree.subtreeEnd[node]!);
  }
  const list = x.childOfType(node, 'lambda_parameters');
  if (list < 0) {
    x.localNamed(x.facts.string('it'), node, -1, given);
    return;
  }
  let first = true;
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    bindVariables(x, at, first ? given : -1);
    first = false;
  }
}

function claimNames(x: Extraction, node: number): void {
  for (let at = node; at < x.tree.subtreeEnd[node]!; at++)
    if (x.is(at, 'identifier') || x.is(at, 'user_type')) x.claim(at);
}

function userType(x: Extraction, node: number): void {
  if (!x.isClaimed(node)) reference(x, node, 'type');
}

/** `a.B<C>`: B, with its qualifier as written; C is a reference of its own. */
function reference(x: Extraction, node: number, role: 'type' | 'inherit'): void {
  x.claim(node);
  let last = -1;
  let parts = 0;
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'identifier')) continue;
    x.claim(at);
    last = at;
    parts++;
  }
  if (last < 0 || (role === 'type' && x.scopes.find(x.name(last)) >= 0)) return;
  const qualified =
    parts > 1 ? x.typeExpression(x.text.slice(x.tree.start[node], x.tree.end[last]).replace(/\s+/g, '')) : -1;
  x.referenceNamed(role, x.name(last), last, qualified);
}
