import { CallFlag, ContainerKind, FlowOp, NEXT_PLACE } from '#model/flow.ts';
import { Binding as BindingKind } from '#model/facts.ts';
import type {
  Argument,
  AssignmentExpression,
  CallExpression,
  Expression,
  JSXElement,
  JSXElementName,
  JSXFragment,
  NewExpression,
  Node,
  ObjectExpression,
  TaggedTemplateExpression,
} from './estree.ts';
import { keyName } from './estree.ts';
import { constantOf } from './flow-constants.ts';
import {
  loadPlace,
  memberPlace,
  type Place,
  readCallee,
  readMember,
  readName,
  storePlace,
  superSlot,
  thisSlot,
} from './flow-members.ts';
import { copyProperties, helperResult, isHelper, nextPlace } from './flow-helpers.ts';
import { assume } from './flow-narrowing.ts';
import { type FlowPass, refer, referMember, referName } from './flow-pass.ts';
import { assignTarget } from './flow-patterns.ts';
import { convert, sumText, templateText } from './flow-templates.ts';
import { annotateSlot, referTypes } from './flow-types.ts';
import { eachChild } from './oxc.ts';

/** Walks an expression; the slot of its value, −1 where it holds nothing worth following. */
export function evaluate(pass: FlowPass, node: Expression | Node): number {
  const { writer } = pass;
  switch (node.type) {
    case 'Identifier':
      return readName(pass, node.name, node.start, 'read').slot;
    case 'Literal':
      return typeof node.value === 'string'
        ? writer.constant(node.value)
        : 'regex' in node
          ? writer.object(ContainerKind.regexp)
          : -1;
    case 'MemberExpression':
      return readMember(pass, node);
    case 'CallExpression':
      return call(pass, node);
    case 'NewExpression':
      return construct(pass, node);
    case 'AssignmentExpression':
      return assign(pass, node);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return pass.callable(node, node.type === 'ArrowFunctionExpression' ? pass.frame.classRow : -1);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return pass.classValue(node);
    case 'ObjectExpression':
      return objectLiteral(pass, node);
    case 'ArrayExpression':
      return arrayLiteral(pass, node.elements);
    case 'ThisExpression':
      return thisSlot(pass);
    case 'Super':
      return superSlot(pass);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
      return evaluate(pass, node.expression);
    case 'TSInstantiationExpression':
      referTypes(pass, node.typeArguments);
      return evaluate(pass, node.expression);
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
      return annotateSlot(pass, evaluate(pass, node.expression), node.typeAnnotation);
    case 'ConditionalExpression': {
      evaluate(pass, node.test);
      const mark = writer.mark();
      assume(pass, node.test, true);
      const left = evaluate(pass, node.consequent);
      const first = writer.collect(mark);
      assume(pass, node.test, false);
      const right = evaluate(pass, node.alternate);
      writer.join(first, writer.collect(mark));
      return writer.union(left, right);
    }
    case 'LogicalExpression': {
      const left = evaluate(pass, node.left);
      const mark = writer.mark();
      if (node.operator !== '??') assume(pass, node.left, node.operator === '&&');
      const right = evaluate(pass, node.right);
      writer.join(writer.collect(mark), new Map());
      return node.operator === '&&' ? (right < 0 ? left : writer.union(left, right)) : writer.union(left, right);
    }
    case 'SequenceExpression':
      return node.expressions.reduce((_, expression) => evaluate(pass, expression), -1);
    case 'AwaitExpression':
      return awaited(pass, evaluate(pass, node.argument), node.start);
    case 'YieldExpression':
      return yielded(pass, node.argument ? evaluate(pass, node.argument) : -1, node.delegate, node.start);
    case 'TemplateLiteral':
      return templateText(pass, node);
    case 'TaggedTemplateExpression':
      return taggedTemplate(pass, node);
    case 'BinaryExpression': {
      const left = node.left.type === 'PrivateIdentifier' ? -1 : evaluate(pass, node.left);
      const right = evaluate(pass, node.right);
      return node.operator === '+' ? sumText(pass, node, left, right) : -1;
    }
    case 'UpdateExpression':
      if (node.argument.type === 'MemberExpression') update(pass, memberPlace(pass, node.argument));
      else if (node.argument.type === 'Identifier') referName(pass, 'write', node.argument.name, node.argument.start);
      return -1;
    case 'UnaryExpression': {
      const operand = evaluate(pass, node.argument);
      if (node.operator === '+' || node.operator === '-') convert(pass, operand, ['@@toPrimitive', 'valueOf']);
      return -1;
    }
    case 'ImportExpression': {
      const row = pass.unit.importRows.get(node);
      if (row === undefined) {
        evaluate(pass, node.source);
        return -1;
      }
      const slot = writer.slot();
      writer.emit(FlowOp.import, slot, row);
      return writer.builtin('Promise', 'resolve', [slot]);
    }
    case 'JSXElement':
    case 'JSXFragment':
      return jsx(pass, node);
    case 'JSXExpressionContainer':
      return node.expression.type === 'JSXEmptyExpression' ? -1 : evaluate(pass, node.expression);
    case 'JSXSpreadChild':
      return evaluate(pass, node.expression);
    case 'SpreadElement':
      return evaluate(pass, node.argument);
    case 'MetaProperty':
    case 'JSXText':
    case 'TemplateElement':
    case 'PrivateIdentifier':
      return -1;
    default:
      eachChild(node, (child) => void evaluate(pass, child));
      return -1;
  }
}

function place(pass: FlowPass, offset: number): [number, number] {
  const line = pass.unit.index.line(offset);
  return [line, pass.unit.index.column(offset, line)];
}

export function awaited(pass: FlowPass, source: number, offset: number): number {
  if (source < 0) return -1;
  const slot = pass.writer.slot();
  pass.writer.emit(FlowOp.await, slot, source, ...place(pass, offset));
  return slot;
}

export function iterated(pass: FlowPass, source: number, offset: number): number {
  if (source < 0) return -1;
  const slot = pass.writer.slot();
  pass.writer.emit(FlowOp.iterate, slot, source, ...place(pass, offset));
  return slot;
}

/** What a `yield` expression gives back: what is sent in; runners of coroutines send what a promise comes to. */
function yielded(pass: FlowPass, source: number, delegate: boolean, offset: number): number {
  if (delegate) {
    const item = iterated(pass, source, offset);
    pass.writer.copy(pass.frame.yields, item);
    return source < 0 ? -1 : pass.writer.load(source, '#return');
  }
  pass.writer.copy(pass.frame.yields, source);
  return pass.writer.union(source < 0 ? -1 : pass.writer.load(source, '[value'), pass.frame.sent ?? -1);
}

interface Arguments {
  readonly list: number;
  readonly flags: number;
}

/** `place`: of the first element that the call adds to an array, −1. */
function evaluateArguments(pass: FlowPass, nodes: readonly Argument[], place = -1): Arguments {
  const list = [nodes.length + (place < 0 ? 0 : 1)];
  let flags = 0;
  for (const node of nodes) {
    if (node.type === 'SpreadElement') {
      flags |= CallFlag.spread;
      list.push(2, evaluate(pass, node.argument), -1);
    } else list.push(0, evaluate(pass, node), -1);
  }
  if (place >= 0) list.push(1, pass.writer.position(place), pass.unit.facts.string(NEXT_PLACE));
  return { list: pass.unit.facts.flowLists.list(list), flags };
}

function argumentCount(nodes: readonly Argument[]): number {
  return nodes.some(({ type }) => type === 'SpreadElement') ? -1 : nodes.length;
}

function call(pass: FlowPass, node: CallExpression): number {
  const { writer, unit } = pass;
  const row = unit.importRows.get(node);
  if (row !== undefined) {
    refer(pass, 'call', 'require', node.callee.start, BindingKind.builtin, -1, 1);
    if (row < 0) return -1;
    const slot = writer.slot();
    writer.emit(FlowOp.import, slot, row);
    return slot;
  }
  copyProperties(pass, node);
  const { callee, receiver, reference } = readCallee(pass, node.callee, 'call', argumentCount(node.arguments));
  if (node.typeArguments) referTypes(pass, node.typeArguments);
  const { list, flags } = evaluateArguments(pass, node.arguments, nextPlace(pass, node, receiver));
  const slot = writer.slot();
  const given = isHelper(node) ? writer.arguments([]) : list;
  writer.emit(FlowOp.call | (flags << 8), slot, callee >= 0 ? callee : writer.slot(), receiver, given, reference);
  return writer.union(slot, helperResult(pass, node, list));
}

function construct(pass: FlowPass, node: NewExpression): number {
  const { writer } = pass;
  const { callee, reference } = readCallee(pass, node.callee, 'instantiate', argumentCount(node.arguments));
  if (node.typeArguments) referTypes(pass, node.typeArguments);
  const { list, flags } = evaluateArguments(pass, node.arguments);
  const slot = writer.slot();
  writer.emit(
    FlowOp.call | ((flags | CallFlag.construct) << 8),
    slot,
    callee >= 0 ? callee : writer.slot(),
    -1,
    list,
    reference,
  );
  return slot;
}

function taggedTemplate(pass: FlowPass, node: TaggedTemplateExpression): number {
  const { writer } = pass;
  const { callee, receiver, reference } = readCallee(pass, node.tag, 'call', node.quasi.expressions.length + 1);
  const strings = writer.object(ContainerKind.list);
  const list = writer.arguments([strings, ...node.quasi.expressions.map((expression) => evaluate(pass, expression))]);
  const slot = writer.slot();
  writer.emit(FlowOp.call, slot, callee >= 0 ? callee : writer.slot(), receiver, list, reference);
  return slot;
}

function assign(pass: FlowPass, node: AssignmentExpression): number {
  const { writer } = pass;
  const { left, right, operator } = node;
  if (operator === '=') {
    const source = evaluate(pass, right);
    assignTarget(pass, left, source, false);
    return source;
  }
  const logical = operator === '||=' || operator === '&&=' || operator === '??=';
  if (left.type === 'MemberExpression') {
    const target = memberPlace(pass, left);
    if (!logical) {
      evaluate(pass, right);
      return update(pass, target);
    }
    const reference = target.name === undefined ? -1 : referMember(pass, 'write', target.name, target.offset);
    const old = loadPlace(pass, target, -1);
    const source = evaluate(pass, right);
    storePlace(pass, target, source, reference);
    return writer.union(old, source);
  }
  const old = left.type === 'Identifier' ? readName(pass, left.name, left.start, 'read').slot : -1;
  const source = evaluate(pass, right);
  const both = logical ? writer.union(old, source) : -1;
  if (logical) assignTarget(pass, left, both, false);
  else if (left.type === 'Identifier') referName(pass, 'write', left.name, left.start);
  return both;
}

/** A member is read, and written with what arithmetic gives: no value that flow follows, but a getter and a setter are called. */
function update(pass: FlowPass, place: Place): number {
  const isNamed = place.name !== undefined && !/^\d/.test(place.name);
  loadPlace(pass, place, isNamed ? referMember(pass, 'read', place.name, place.offset) : -1);
  storePlace(pass, place, -1, isNamed ? referMember(pass, 'write', place.name, place.offset) : -1);
  return -1;
}

function objectLiteral(pass: FlowPass, node: ObjectExpression): number {
  const { writer } = pass;
  const slot = writer.object(ContainerKind.object);
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const source = evaluate(pass, property.argument);
      if (source >= 0) writer.builtin('Object', 'assign', [slot, source]);
      continue;
    }
    const name = keyName(property.key, property.computed) ?? constantOf(pass, property.key);
    const key = name === undefined ? evaluate(pass, property.key) : -1;
    if (property.method || property.kind !== 'init') pass.home = slot;
    const value = evaluate(pass, property.value);
    pass.home = -1;
    if (value < 0) continue;
    if (property.kind !== 'init') {
      const descriptor = writer.object(ContainerKind.object);
      writer.store(descriptor, property.kind, value);
      writer.builtin('Object', 'defineProperty', [slot, name === undefined ? key : writer.constant(name), descriptor]);
    } else if (name !== undefined) writer.store(slot, name, value);
    else writer.emit(FlowOp.storeElement, slot, key, value);
  }
  return slot;
}

function arrayLiteral(
  pass: FlowPass,
  elements: readonly (Expression | { type: 'SpreadElement'; argument: Expression } | null)[],
): number {
  const { writer } = pass;
  const slot = writer.object(ContainerKind.list);
  let known = true;
  elements.forEach((element, index) => {
    if (!element) return;
    if (element.type === 'SpreadElement') {
      known = false;
      const item = iterated(pass, evaluate(pass, element.argument), element.argument.start);
      if (item >= 0) writer.emit(FlowOp.storeElement, slot, -1, item);
      return;
    }
    const value = evaluate(pass, element);
    // Texts in lists are seldom keys; long tables of them would cost much.
    if (value < 0 || (index > 64 && element.type === 'Literal')) return;
    writer.emit(FlowOp.storeElement, slot, known ? writer.position(index) : -1, value);
  });
  if (known) writer.setLength(slot, elements.length);
  return slot;
}

/** A component's use is a call with its properties. */
function jsx(pass: FlowPass, node: JSXElement | JSXFragment): number {
  const { writer } = pass;
  if (node.type === 'JSXFragment') {
    for (const child of node.children) evaluate(pass, child);
    return -1;
  }
  const { name, attributes } = node.openingElement;
  const component = jsxCallee(pass, name);
  const properties = component ? writer.object(ContainerKind.object) : -1;
  for (const attribute of attributes) {
    if (attribute.type === 'JSXSpreadAttribute') {
      const source = evaluate(pass, attribute.argument);
      if (properties >= 0 && source >= 0) writer.builtin('Object', 'assign', [properties, source]);
    } else {
      const value = attribute.value ? evaluate(pass, attribute.value) : -1;
      if (attribute.name.type === 'JSXIdentifier') writer.store(properties, attribute.name.name, value);
    }
  }
  for (const child of node.children) {
    const value = evaluate(pass, child);
    writer.store(properties, 'children', value);
  }
  if (!component) return -1;
  const slot = writer.slot();
  writer.emit(
    FlowOp.call,
    slot,
    component.callee >= 0 ? component.callee : writer.slot(),
    -1,
    writer.arguments([properties]),
    component.reference,
  );
  return slot;
}

function jsxCallee(pass: FlowPass, name: JSXElementName): { callee: number; reference: number } | undefined {
  if (name.type === 'JSXIdentifier') {
    if (/^[a-z]/.test(name.name)) return undefined;
    const { slot, reference } = readName(pass, name.name, name.start, 'call', 1);
    return { callee: slot, reference };
  }
  if (name.type !== 'JSXMemberExpression') return undefined;
  const base =
    name.object.type === 'JSXIdentifier'
      ? name.object.name === 'this'
        ? thisSlot(pass)
        : readName(pass, name.object.name, name.object.start, 'read').slot
      : name.object.type === 'JSXMemberExpression'
        ? (jsxCallee(pass, name.object)?.callee ?? -1)
        : -1;
  const reference = referMember(pass, 'call', name.property.name, name.property.start, 1);
  return { callee: pass.writer.load(base, name.property.name, reference), reference };
}
