/** Assignment to targets: names, attributes, subscripts, patterns; deletion. */
import { Binding } from '#model/facts.ts';
import { ConstantKind, ContainerKind, ElementFlag, FlowOp } from '#model/flow.ts';
import type { Context } from './context.ts';
import { Kind } from './grammar.ts';
import { ScopeKind } from './scope-table.ts';

export function assignTarget(context: Context, node: number, source: number): void {
  const { unit } = context;
  switch (unit.kind(node)) {
    case Kind.identifier:
      assignName(context, node, context.scope, source);
      break;
    case Kind.attribute:
      context.storeAttribute(node, source);
      break;
    case Kind.subscript:
      storeSubscript(context, node, source);
      break;
    case Kind.parenthesized_expression:
    case Kind.as_pattern_target: {
      const inner = unit.firstNamed(node);
      if (inner >= 0) assignTarget(context, inner, source);
      break;
    }
    case Kind.pattern_list:
    case Kind.tuple_pattern:
    case Kind.list_pattern:
    case Kind.tuple:
    case Kind.list:
    case Kind.expression_list:
      unpack(context, node, source);
      break;
    default:
      context.evaluate(node);
  }
}

/** Binds a name in a scope (that of the walrus is not the current one inside comprehensions). */
export function assignName(context: Context, node: number, scope: number, source: number): void {
  const { unit, scopes } = context;
  const name = unit.name(node);
  const variable = scopes.bind(scope, name);
  const symbol = scopes.variableSymbol[variable]!;
  if (symbol >= 0) context.reference('write', unit.nameString(name), node, Binding.local, symbol);
  context.flow.assign(variable, source);
}

export function walrusScope(context: Context): number {
  let scope = context.scope;
  while (context.scopes.kind[scope] === ScopeKind.comprehension) scope = context.scopes.parent[scope]!;
  return scope;
}

function unpack(context: Context, node: number, source: number): void {
  const { unit, flow } = context;
  let position = 0;
  let isKnown = true;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    const kind = unit.kind(child);
    if (kind === Kind.list_splat_pattern || kind === Kind.list_splat) {
      const list = flow.container(ContainerKind.list);
      const element = context.placed(FlowOp.iterate, source, child);
      if (element >= 0) flow.emit(FlowOp.storeElement, list, -1, element);
      const target = unit.firstNamed(child);
      if (target >= 0) assignTarget(context, target, list);
      isKnown = false;
      continue;
    }
    let element = -1;
    if (source >= 0) {
      element = flow.slot();
      flow.emit(
        FlowOp.loadElement | (ElementFlag.unpack << 8),
        element,
        source,
        isKnown ? flow.position(position) : -1,
      );
    }
    assignTarget(context, child, element);
    position++;
  }
}

/** The key's slot of a subscript with one plain index; −1 for slices and several indices. */
export function subscriptKey(context: Context, node: number): number {
  const { unit } = context;
  const { subtreeEnd, field } = unit.tree;
  let key = -1;
  let count = 0;
  for (let child = node + 1; child < subtreeEnd[node]!; child = subtreeEnd[child]!) {
    if (field[child] !== unit.fields.subscript) continue;
    key = unit.kind(child) === Kind.slice ? slice(context, child) : context.evaluate(child);
    count++;
  }
  return count === 1 ? key : -1;
}

function isCounted({ unit }: Context, node: number): boolean {
  const subscript = unit.child(node, unit.fields.subscript);
  const kind = subscript < 0 ? -1 : unit.kind(subscript);
  return kind === Kind.slice || kind === Kind.unary_operator;
}

/** A slice with constant bounds and no step as a constant, `1:`; −1 for others. */
function slice(context: Context, node: number): number {
  const { unit } = context;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) context.evaluate(child);
  const text = unit.textOf(node).replace(/\s+/g, '');
  return /^-?\d*:-?\d*$/.test(text) ? context.flow.constant(ConstantKind.number, text) : -1;
}

function storeSubscript(context: Context, node: number, source: number): void {
  const { unit, flow } = context;
  const value = unit.child(node, unit.fields.value);
  const base = value < 0 ? -1 : context.evaluate(value);
  const index = subscriptKey(context, node);
  // Counted from the end, or a slice: any element may be meant.
  const key = isCounted(context, node) ? -1 : index;
  if (base < 0) return;
  if (source >= 0) flow.emit(FlowOp.storeElement, base, key, source);
  context.protocol(base, '__setitem__', [key, source], node, -1);
}

export function deleteTarget(context: Context, node: number): void {
  const { unit } = context;
  switch (unit.kind(node)) {
    case Kind.identifier:
      context.flow.unbind(context.scopes.bind(context.scope, unit.name(node)));
      break;
    case Kind.subscript: {
      const value = unit.child(node, unit.fields.value);
      const base = value < 0 ? -1 : context.evaluate(value);
      context.protocol(base, '__delitem__', [subscriptKey(context, node)], node, -1);
      break;
    }
    case Kind.attribute: {
      const object = unit.child(node, unit.fields.object);
      const attribute = unit.child(node, unit.fields.attribute);
      const base = object < 0 ? -1 : context.evaluate(object);
      if (attribute >= 0) context.protocol(base, `del ${unit.textOf(attribute)}`, [], attribute, -1);
      break;
    }
    default:
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
        deleteTarget(context, child);
  }
}
