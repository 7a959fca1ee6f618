/** Expressions: each yields the slot of its value, or −1 for what flow does not follow (None, numbers' results, …). */
import { ConstantKind, ContainerKind, FlowOp } from '#model/flow.ts';
import { evaluateCall } from './calls.ts';
import type { Context } from './context.ts';
import { defineLambda } from './definitions.ts';
import { Kind } from './grammar.ts';
import { assume } from './narrowing.ts';
import { evaluateOperator } from './operators.ts';
import { filled, templateConstant } from './templates.ts';
import { assignName, assignTarget, subscriptKey, walrusScope } from './targets.ts';

const STRING_LIMIT = 100;

export function evaluate(context: Context, node: number): number {
  const { unit, flow } = context;
  const { fields } = unit;
  switch (unit.kind(node)) {
    case Kind.identifier:
      return context.readName(node, 'read');
    case Kind.attribute:
      return context.loadAttribute(node, 'read');
    case Kind.call:
      return evaluateCall(context, node);
    case Kind.string:
    case Kind.concatenated_string:
      return string(context, node);
    case Kind.integer:
      return flow.constant(ConstantKind.number, unit.textOf(node));
    case Kind.float:
    case Kind.true:
    case Kind.false:
    case Kind.none:
    case Kind.ellipsis:
    case Kind.comment:
      return -1;
    case Kind.parenthesized_expression: {
      const inner = unit.firstNamed(node);
      return inner < 0 ? -1 : evaluate(context, inner);
    }
    case Kind.list:
      return sequence(context, node, ContainerKind.list);
    case Kind.tuple:
    case Kind.expression_list:
    case Kind.pattern_list:
      return sequence(context, node, ContainerKind.tuple);
    case Kind.set:
      return sequence(context, node, ContainerKind.set);
    case Kind.dictionary:
      return dictionary(context, node);
    case Kind.list_comprehension:
      return comprehension(context, node, ContainerKind.list);
    case Kind.set_comprehension:
      return comprehension(context, node, ContainerKind.set);
    case Kind.dictionary_comprehension:
      return comprehension(context, node, ContainerKind.dictionary);
    case Kind.generator_expression:
      return comprehension(context, node, ContainerKind.generator);
    case Kind.conditional_expression: {
      const first = unit.firstNamed(node);
      const condition = unit.nextNamed(first, node);
      const last = condition < 0 ? -1 : unit.nextNamed(condition, node);
      if (last < 0) return -1;
      evaluateTest(context, condition);
      return flow.union([assuming(context, condition, true, first), assuming(context, condition, false, last)]);
    }
    case Kind.boolean_operator:
      return booleanOperator(context, node, false);
    case Kind.binary_operator:
    case Kind.unary_operator:
    case Kind.comparison_operator:
      return evaluateOperator(context, node);
    case Kind.not_operator: {
      const inner = unit.firstNamed(node);
      if (inner >= 0) evaluateTest(context, inner);
      return -1;
    }
    case Kind.subscript: {
      const value = unit.child(node, fields.value);
      const base = value < 0 ? -1 : evaluate(context, value);
      const key = subscriptKey(context, node);
      const named = moduleVariable(context, node, value);
      if (named >= 0) return named;
      if (base < 0) return -1;
      const slot = flow.slot();
      if (key < 0 && isSlice(context, node)) {
        const part = flow.container(ContainerKind.list);
        const element = flow.slot();
        flow.emit(FlowOp.loadElement, element, base, -1);
        flow.emit(FlowOp.storeElement, part, -1, element);
        flow.copy(slot, part);
      } else flow.emit(FlowOp.loadElement, slot, base, key);
      context.protocol(base, '__getitem__', [key], node, slot);
      return slot;
    }
    case Kind.lambda:
      return defineLambda(context, node);
    case Kind.await: {
      const inner = unit.firstNamed(node);
      return inner < 0 ? -1 : context.placed(FlowOp.await, evaluate(context, inner), node);
    }
    case Kind.yield:
      return yielded(context, node);
    case Kind.named_expression: {
      const name = unit.child(node, fields.name);
      const value = unit.child(node, fields.value);
      const slot = value < 0 ? -1 : evaluate(context, value);
      if (name >= 0 && unit.kind(name) === Kind.identifier) assignName(context, name, walrusScope(context), slot);
      return slot;
    }
    case Kind.assignment:
    case Kind.augmented_assignment:
    case Kind.block:
      context.execute(node);
      return -1;
    default:
      children(context, node);
      return -1;
  }
}

/** `globals()["name"]`, `locals()["name"]`: the slot of the variable. */
function moduleVariable(context: Context, node: number, value: number): number {
  const { unit, scopes, flow } = context;
  if (value < 0 || unit.kind(value) !== Kind.call) return -1;
  const called = unit.textOf(value);
  if (called !== 'globals()' && called !== 'locals()' && called !== 'vars()') return -1;
  const subscript = unit.child(node, unit.fields.subscript);
  const text = subscript < 0 ? undefined : unit.plainString(subscript);
  const name = text === undefined ? -1 : unit.names.find(text);
  const scope = called === 'globals()' ? 0 : context.runsIn;
  const variable = name < 0 ? -1 : scopes.own(scope, name);
  if (variable < 0) return -1;
  return context.runsIn === scope ? flow.read(variable) : flow.merged(variable);
}

/** Walks an expression that is reached only where a test comes out so. */
function assuming(context: Context, test: number, outcome: boolean, node: number, walk = evaluate): number {
  const mark = context.flow.mark();
  if (test >= 0) assume(context, test, outcome);
  const slot = walk(context, node);
  context.flow.rejoin(mark);
  return slot;
}

/** Walks what is asked for its truth: a class may say what that is. */
export function evaluateTest(context: Context, node: number): number {
  const { unit } = context;
  switch (unit.kind(node)) {
    case Kind.parenthesized_expression: {
      const inner = unit.firstNamed(node);
      return inner < 0 ? -1 : evaluateTest(context, inner);
    }
    case Kind.boolean_operator:
      return booleanOperator(context, node, true);
    case Kind.identifier:
    case Kind.attribute:
    case Kind.call:
    case Kind.subscript: {
      const slot = evaluate(context, node);
      if (slot >= 0) context.placedAs(FlowOp.truth, -1, slot, node);
      return slot;
    }
    default:
      return evaluate(context, node);
  }
}

function booleanOperator(context: Context, node: number, isTest: boolean): number {
  const { unit, flow } = context;
  const left = unit.child(node, unit.fields.left);
  const right = unit.child(node, unit.fields.right);
  const leftSlot = left < 0 ? -1 : evaluateTest(context, left);
  if (right < 0) return leftSlot;
  const isAnd = unit.hasToken(node, 'and');
  return flow.union([leftSlot, assuming(context, left, isAnd, right, isTest ? evaluateTest : evaluate)]);
}

function isSlice({ unit }: Context, node: number): boolean {
  const subscript = unit.child(node, unit.fields.subscript);
  return subscript >= 0 && unit.kind(subscript) === Kind.slice;
}

function children(context: Context, node: number): void {
  const { unit } = context;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) context.evaluate(child);
}

function string(context: Context, node: number): number {
  const { unit, flow } = context;
  const end = unit.tree.subtreeEnd[node]!;
  const holes: number[] = [];
  for (let at = node + 1; at < end; at++) {
    if (unit.kind(at) !== Kind.interpolation) continue;
    holes.push(interpolation(context, at));
    at = unit.tree.subtreeEnd[at]! - 1;
  }
  if (holes.length > 0)
    return flow.union([
      templateConstant(context, node),
      holes.length === 1 ? filledString(context, node, holes[0]!) : -1,
    ]);
  if (unit.tree.end[node]! - unit.tree.start[node]! > STRING_LIMIT) return -1;
  const content = unit.plainString(node);
  return content === undefined ? -1 : flow.constant(ConstantKind.string, content);
}

/** `{value!r}`: a class may say how its instances are written. */
function interpolation(context: Context, node: number): number {
  const { unit } = context;
  const value = unit.firstNamed(node);
  if (value < 0) return -1;
  const slot = context.evaluate(value);
  let method = '__format__';
  for (let child = unit.nextNamed(value, node); child >= 0; child = unit.nextNamed(child, node)) {
    if (unit.textOf(child) === '!r') method = '__repr__';
    else if (unit.textOf(child) === '!s') method = '__str__';
    else context.evaluate(child);
  }
  const kind = unit.kind(value);
  if (kind === Kind.identifier || kind === Kind.attribute || kind === Kind.subscript || kind === Kind.call)
    context.protocol(slot, method, method === '__format__' ? [-1] : [], value, -1);
  return slot;
}

/** `f"get_{name}"` */
function filledString(context: Context, node: number, hole: number): number {
  const { unit } = context;
  let before = '';
  let after = '';
  let isBehind = false;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    if (unit.kind(child) === Kind.interpolation) isBehind = true;
    else if (unit.kind(child) === Kind.string) return -1;
    else if (unit.kind(child) === Kind.string_content) {
      if (isBehind) after += unit.textOf(child);
      else before += unit.textOf(child);
    }
  }
  return filled(context, before, hole, after);
}

function sequence(context: Context, node: number, kind: number): number {
  const { unit, flow } = context;
  const slot = flow.container(kind);
  let position = kind === ContainerKind.set ? -1 : 0;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    const isSplat = unit.kind(child) === Kind.list_splat || unit.kind(child) === Kind.list_splat_pattern;
    if (isSplat) position = -1;
    const inner = isSplat ? unit.firstNamed(child) : child;
    const value = inner < 0 ? -1 : evaluate(context, inner);
    const element = isSplat ? context.placed(FlowOp.iterate, value, child) : value;
    if (element >= 0) flow.emit(FlowOp.storeElement, slot, position < 0 ? -1 : flow.position(position), element);
    if (position >= 0) position++;
  }
  if (kind === ContainerKind.list && position >= 0) flow.setLength(slot, position);
  return slot;
}

function dictionary(context: Context, node: number): number {
  const { unit, flow } = context;
  const slot = flow.container(ContainerKind.dictionary);
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    if (unit.kind(child) === Kind.dictionary_splat) {
      const inner = unit.firstNamed(child);
      // `{**a}` holds what `a` holds, under the same keys: it is followed as `a` itself.
      if (inner >= 0) flow.copy(slot, evaluate(context, inner));
      continue;
    }
    const key = unit.child(child, unit.fields.key);
    const value = unit.child(child, unit.fields.value);
    const keySlot = key < 0 ? -1 : evaluate(context, key);
    const valueSlot = value < 0 ? -1 : evaluate(context, value);
    if (valueSlot >= 0 || keySlot >= 0)
      flow.emit(FlowOp.storeElement, slot, keySlot, valueSlot < 0 ? flow.slot() : valueSlot);
  }
  return slot;
}

function comprehension(context: Context, node: number, kind: number): number {
  const { unit, flow, scopes } = context;
  const { fields } = unit;
  const slot = flow.container(kind);
  const outer = context.scope;
  const inner = scopes.of(node);
  const mark = flow.mark();
  let isFirst = true;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    const childKind = unit.kind(child);
    if (childKind === Kind.for_in_clause) {
      const right = unit.child(child, fields.right);
      const left = unit.child(child, fields.left);
      // The first iterable is evaluated outside.
      context.scope = isFirst ? outer : inner;
      const source = right < 0 ? -1 : evaluate(context, right);
      context.scope = inner;
      if (left >= 0) assignTarget(context, left, context.placed(FlowOp.iterate, source, right));
      isFirst = false;
    } else if (childKind === Kind.if_clause) {
      context.scope = inner;
      evaluateTest(context, unit.firstNamed(child));
      assume(context, unit.firstNamed(child), true);
    }
  }
  context.scope = inner;
  const body = unit.child(node, fields.body);
  if (body >= 0 && unit.kind(body) === Kind.pair) {
    const key = unit.child(body, fields.key);
    const value = unit.child(body, fields.value);
    const keySlot = key < 0 ? -1 : evaluate(context, key);
    const valueSlot = value < 0 ? -1 : evaluate(context, value);
    if (valueSlot >= 0) flow.emit(FlowOp.storeElement, slot, keySlot, valueSlot);
  } else if (body >= 0) {
    const element = evaluate(context, body);
    if (element >= 0) flow.emit(FlowOp.storeElement, slot, -1, element);
  }
  context.scope = outer;
  flow.rejoin(mark);
  return slot;
}

function yielded(context: Context, node: number): number {
  const { unit, flow, body } = context;
  const inner = unit.firstNamed(node);
  if (inner < 0) return body.sent;
  const value = evaluate(context, inner);
  if (!unit.hasToken(node, 'from')) {
    flow.copy(body.yields, value);
    return body.sent;
  }
  flow.copy(body.yields, context.placed(FlowOp.iterate, value, node));
  if (value < 0) return -1;
  const result = flow.slot();
  flow.emit(FlowOp.load, result, value, unit.facts.string('#return'), -1);
  return result;
}
