import { ExpressionOp } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind, type Visibility, visibilities } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, SymbolRule } from '../declarative/language-spec.ts';
import { classBodyCall } from './ruby-class-body.ts';
import { claimAll, isConstant, scoped } from './ruby-constants.ts';
import { rubyMetrics } from './ruby-metrics.ts';

const type = (kind: SymbolKind): SymbolRule => ({
  kind,
  name: (x, node) => {
    const name = x.child(node, 'name');
    return x.is(name, 'scope_resolution') ? x.child(name, 'name') : name;
  },
  owner: (x, node) => {
    const name = x.child(node, 'name');
    return x.is(name, 'scope_resolution') ? x.child(name, 'scope') : -1;
  },
  parameters: () => -1,
});

const method: SymbolRule = {
  kind: (x, node) =>
    x.slice(x.child(node, 'name')) === 'initialize' && !isSingleton(x, node) ? 'constructor' : 'function',
  then: (x, node, symbol) => {
    if (isSingleton(x, node)) x.addFlags(symbol, SymbolFlag.static);
    if (x.nameOf(symbol).startsWith('test_')) x.addFlags(symbol, SymbolFlag.test);
  },
};

/** Ruby. A class method is a static one; instance variables are fields, named with their `@`. */
export const ruby: LanguageSpec = {
  language: 'ruby',
  grammar: 'ruby',
  level: 'typed',
  metrics: rubyMetrics,
  comments: ['comment'],
  visibility,
  blocks: [],
  symbols: { class: type('class'), module: type('trait'), method, singleton_method: method },
  parameters: {
    identifier: { name: (_x, node) => node },
    optional_parameter: { default: 'value' },
    keyword_parameter: { default: 'value' },
    splat_parameter: { variadic: true },
    block_parameter: { variadic: true },
    hash_splat_parameter: { variadic: true },
  },
  spreads: ['splat_argument', 'hash_splat_argument', 'block_argument'],
  expressions: {
    identifier: (x, node) => {
      const name = x.name(node);
      const local = x.scopes.find(name);
      const value = x.addExpression(ExpressionOp.name, name, local);
      return local >= 0 ? value : x.addExpression(ExpressionOp.call, value, 0);
    },
    constant: (x, node) => x.addExpression(ExpressionOp.path, x.name(node)),
    scope_resolution: (x, node) => x.addExpression(ExpressionOp.path, x.name(node)),
    self: { op: 'self' },
    instance_variable: (x, node) =>
      x.addExpression(ExpressionOp.member, x.addExpression(ExpressionOp.self, -1), x.name(node)),
    class_variable: (x, node) =>
      x.addExpression(ExpressionOp.member, x.addExpression(ExpressionOp.self, -1), x.name(node)),
    call: (x, node) => {
      const receiver = x.child(node, 'receiver');
      const methodNode = x.child(node, 'method');
      if (methodNode < 0) return -1;
      const name = x.slice(methodNode);
      if (name === 'new' && isConstant(x, receiver)) return x.addExpression(ExpressionOp.type, x.name(receiver));
      const count = argumentCount(x, x.child(node, 'arguments'));
      if (receiver < 0)
        return x.is(methodNode, 'super')
          ? -1
          : x.addExpression(ExpressionOp.call, x.addExpression(ExpressionOp.name, x.name(methodNode), -1), count);
      const object = x.expression(receiver);
      return object < 0
        ? -1
        : x.addExpression(ExpressionOp.call, x.addExpression(ExpressionOp.member, object, x.name(methodNode)), count);
    },
    assignment: { op: 'pass', of: 'right' },
    parenthesized_statements: { op: 'pass' },
    element_reference: { op: 'element' },
    string: { op: 'literal', type: 'String' },
    integer: { op: 'literal', type: 'Integer' },
  },
  visit: {
    identifier: (x, node) => {
      if (x.isClaimed(node) || x.scopes.find(x.name(node)) >= 0) return;
      const text = x.slice(node);
      if (visibilities.includes(text as Visibility) && x.is(x.parent(node), 'body_statement'))
        x.memory.set(`access ${x.symbol}`, visibilities.indexOf(text as Visibility));
      else if (
        !/^(?:private|public|protected|module_function|raise|loop|lambda|proc|binding|block_given\?|__method__)$/.test(
          text,
        )
      )
        x.reference('call', node, -1, 0);
    },
    constant: (x, node) => {
      if (!x.isClaimed(node)) x.referenceNamed('type', x.name(node), node, -1);
    },
    scope_resolution: (x, node) => {
      if (x.isClaimed(node)) return;
      claimAll(x, node);
      scoped(x, node, 'type', -1);
    },
    superclass: (x, node) => {
      const base = x.firstNamed(node);
      if (isConstant(x, base)) scoped(x, base, 'inherit', -1);
    },
    singleton_class: (x, node) => x.memory.set('singleton', x.tree.subtreeEnd[node]!),
    call: visitCall,
    super: (x, node) => {
      if (x.is(x.parent(node), 'call') && x.fieldIs(node, 'method')) return;
      superCall(x, node, -1);
    },
    assignment: visitAssignment,
    block: enterBlock,
    do_block: enterBlock,
    lambda: enterBlock,
    instance_variable: useField,
    class_variable: useField,
    alias: (x, node) => {
      const name = x.child(node, 'name');
      x.claim(x.child(node, 'alias'));
      if (name >= 0) x.declare({ node, kind: 'method', nameNode: name, name: x.slice(name).replace(/^:/, '') });
    },
    exception_variable: (x, node) => {
      const name = x.firstNamed(node);
      const types = x.childOfType(x.parent(node), 'exceptions');
      if (x.is(name, 'identifier'))
        x.local(name, isConstant(x, x.firstNamed(types)) ? x.name(x.firstNamed(types)) : -1);
    },
    for: (x, node) => {
      const pattern = x.child(node, 'pattern');
      if (x.is(pattern, 'identifier')) x.local(pattern, -1);
    },
  },
};

function isSingleton(x: Extraction, node: number): boolean {
  return x.is(node, 'singleton_method') || node < (x.memory.get('singleton') ?? 0);
}

function visibility(x: Extraction, node: number, _name: string, parent: number): Visibility {
  // `private def f`
  const call = x.parent(x.parent(node));
  if (x.is(x.parent(node), 'argument_list') && x.is(call, 'call')) {
    const word = x.slice(x.child(call, 'method')) as Visibility;
    if (visibilities.includes(word)) return word;
  }
  return visibilities[x.memory.get(`access ${parent}`) ?? 0]!;
}

function visitCall(x: Extraction, node: number): void {
  const receiver = x.child(node, 'receiver');
  const methodNode = x.child(node, 'method');
  if (methodNode < 0) return;
  const count = argumentCount(x, x.child(node, 'arguments'));
  if (x.is(methodNode, 'super')) {
    superCall(x, methodNode, count);
    return;
  }
  const name = x.slice(methodNode);
  if (receiver < 0 && classBodyCall(x, node, name)) {
    x.claim(methodNode);
    return;
  }
  if (name === 'new' && isConstant(x, receiver)) {
    x.claim(methodNode);
    scoped(x, receiver, 'instantiate', count);
    return;
  }
  // A block is one more thing that is handed over, but no argument.
  x.reference('call', methodNode, receiver, count);
}

function superCall(x: Extraction, node: number, count: number): void {
  const name = x.nameOf(x.symbol);
  if (x.symbol > 0)
    x.referenceNamed('call', x.facts.string(name), node, x.addExpression(ExpressionOp.super, -1), count);
}

function enterBlock(x: Extraction, node: number): void {
  x.enter(node);
  const parameters = x.child(node, 'parameters');
  const call = x.parent(node);
  const receiver = x.is(call, 'call') ? x.expression(x.child(call, 'receiver')) : -1;
  const walks =
    receiver >= 0 &&
    /^(?:each|map|select|reject|find|detect|any\?|all\?|each_value|flat_map|sort_by|sum|collect|filter|tap|then)$/.test(
      x.slice(x.child(call, 'method')),
    );
  for (let at = x.firstNamed(parameters); at >= 0; at = x.nextNamed(at)) {
    if (x.is(at, 'identifier')) x.local(at, -1, walks ? x.addExpression(ExpressionOp.element, receiver) : -1);
    else if (x.child(at, 'name') >= 0) x.local(x.child(at, 'name'), -1);
  }
}

function visitAssignment(x: Extraction, node: number): void {
  const left = x.child(node, 'left');
  const right = x.child(node, 'right');
  if (x.is(left, 'identifier')) x.local(left, -1, x.expression(right));
  else if (x.is(left, 'left_assignment_list')) {
    for (let at = x.firstNamed(left); at >= 0; at = x.nextNamed(at)) if (x.is(at, 'identifier')) x.local(at, -1);
  } else if (x.is(left, 'constant')) {
    // `Point = Struct.new(:x)` makes a class.
    const makesClass =
      x.is(right, 'call') && /^(?:Struct\.new|Class\.new|Data\.define|Module\.new)\b/.test(x.slice(right));
    const symbol = x.declare({ node, kind: makesClass ? 'class' : 'constant', nameNode: left });
    if (makesClass) x.enter(node, symbol);
    else x.initializer(symbol, x.expression(right));
  } else if (x.is(left, 'instance_variable') || x.is(left, 'class_variable')) declareField(x, left, right);
}

/** The class around a place. */
function holder(x: Extraction): number {
  let at = x.symbol;
  while (at > 0 && x.kindOf(at) !== 'class' && x.kindOf(at) !== 'trait')
    at = x.facts.symbols.get(at, SymbolColumn.parent);
  return at;
}

/** An instance variable is declared where it is first assigned. */
function declareField(x: Extraction, left: number, right: number): void {
  const parent = holder(x);
  if (parent <= 0) return;
  const key = `field ${parent} ${x.slice(left)}`;
  if (x.memory.has(key)) return;
  const symbol = x.declare({ node: left, kind: 'field', nameNode: left, parent, visibility: 'private' });
  x.memory.set(key, symbol);
  // Locals of a method mean nothing outside of it: only what stands by itself is kept.
  if (x.is(right, 'call') || isConstant(x, right)) x.initializer(symbol, x.expression(right));
}

function useField(x: Extraction, node: number): void {
  const parent = x.parent(node);
  const isWrite = x.is(parent, 'assignment') && x.fieldIs(node, 'left');
  x.referenceNamed(isWrite ? 'write' : 'read', x.name(node), node, x.addExpression(ExpressionOp.self, -1));
}
