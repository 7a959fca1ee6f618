/** Types as the flow program knows them: classes and interfaces whose instances a slot may hold. */
import { Binding as BindingKind } from '#model/facts.ts';
import { ContainerKind, FlowOp } from '#model/flow.ts';
import type { Node, TSType, TSTypeName } from './estree.ts';
import { type FlowPass, refer } from './flow-pass.ts';
import { eachChild } from './oxc.ts';
import { lookupType } from './scope.ts';

const listTypes = new Set(['Array', 'ReadonlyArray', 'Iterable', 'IterableIterator', 'ArrayLike']);
const setTypes = new Set(['Set', 'ReadonlySet', 'WeakSet']);
const mapTypes = new Set(['Map', 'ReadonlyMap', 'WeakMap']);
const generatorTypes = new Set(['Generator', 'AsyncGenerator', 'AsyncIterable', 'AsyncIterableIterator', 'AsyncIterator', 'Iterator']);
const transparentTypes = new Set(['Readonly', 'Partial', 'Required', 'NonNullable', 'Awaited', 'Pick', 'Omit', 'DeepReadonly', 'DeepPartial']);

/** The slot, or a new one, that may hold what the type says. */
export function annotateSlot(pass: FlowPass, slot: number, type: TSType): number {
  referTypes(pass, type);
  const declared = typed(pass, type, 0);
  if (declared < 0) return slot;
  if (slot < 0) return declared;
  const both = pass.writer.slot();
  pass.writer.copy(both, slot);
  pass.writer.copy(both, declared);
  return both;
}

/** A new slot with instances of the type; −1 where the type names nothing that code could call. */
export function typed(pass: FlowPass, type: TSType, depth: number): number {
  if (depth > 6) return -1;
  const { writer } = pass;
  switch (type.type) {
    case 'TSTypeReference': {
      const { typeName } = type;
      const args = type.typeArguments?.params ?? [];
      if (typeName.type === 'Identifier' && !lookupType(pass.scope, typeName.name)) return typedBuiltin(pass, typeName.name, args, depth);
      const classSlot = typeSlot(pass, typeName);
      if (classSlot < 0) return -1;
      const slot = writer.slot();
      writer.emit(FlowOp.annotate, slot, classSlot);
      return slot;
    }
    case 'TSArrayType':
      return container(pass, ContainerKind.list, type.elementType, depth);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.reduce((slot, part) => writer.union(slot, typed(pass, part, depth + 1)), -1);
    case 'TSParenthesizedType':
    case 'TSTypeOperator':
      return typed(pass, type.typeAnnotation, depth + 1);
    case 'TSTypePredicate':
      return -1;
    default:
      return -1;
  }
}

function typedBuiltin(pass: FlowPass, name: string, args: readonly TSType[], depth: number): number {
  const first = args[0];
  if (!first) return -1;
  if (listTypes.has(name)) return container(pass, ContainerKind.list, first, depth);
  if (setTypes.has(name)) return container(pass, ContainerKind.set, first, depth);
  if (generatorTypes.has(name)) return container(pass, ContainerKind.generator, first, depth);
  if (mapTypes.has(name)) return args[1] ? container(pass, ContainerKind.map, args[1], depth) : -1;
  if (name === 'Promise' || name === 'PromiseLike') return container(pass, ContainerKind.promise, first, depth);
  if (name === 'Record') return args[1] ? container(pass, ContainerKind.object, args[1], depth) : -1;
  return transparentTypes.has(name) ? typed(pass, first, depth + 1) : -1;
}

function container(pass: FlowPass, kind: number, element: TSType, depth: number): number {
  const { writer } = pass;
  const item = typed(pass, element, depth + 1);
  if (item < 0) return -1;
  const slot = writer.object(kind);
  // A promise's value is its element named "value".
  writer.emit(FlowOp.storeElement, slot, kind === ContainerKind.promise ? writer.constant('value') : -1, item);
  return slot;
}

/** The slot that holds the class or interface which a type's name means. */
export function typeSlot(pass: FlowPass, name: TSTypeName): number {
  if (name.type === 'Identifier') {
    const binding = lookupType(pass.scope, name.name);
    // Type parameters have no symbol and stand for nothing known.
    return binding && (binding.symbol >= 0 || binding.importRow >= 0) ? pass.writer.read(binding) : -1;
  }
  if (name.type !== 'TSQualifiedName') return -1;
  const base = typeSlot(pass, name.left);
  return base < 0 ? -1 : pass.writer.load(base, name.right.name);
}

/** References to every type that a type names. */
export function referTypes(pass: FlowPass, node: Node): void {
  if (node.type === 'TSTypeReference') {
    referTypeName(pass, node.typeName);
    if (node.typeArguments) for (const argument of node.typeArguments.params) referTypes(pass, argument);
    return;
  }
  if (node.type === 'TSImportType') {
    const { facts, index } = pass.unit;
    const line = index.line(node.start);
    const qualifier = node.qualifier;
    const first = qualifier?.type === 'Identifier' ? qualifier.name : undefined;
    const row = facts.imports.add(
      first === undefined ? 0 : 1, facts.string(node.source.value), facts.string(first), -1, line, index.column(node.start, line), pass.frame.symbol, 0, 1,
    );
    if (first !== undefined && qualifier) refer(pass, 'type', first, qualifier.start, BindingKind.imported, row);
    return;
  }
  if (node.type === 'Identifier' || node.type === 'Literal') return;
  if (node.type === 'TSTypeQuery') {
    if (node.exprName.type === 'Identifier') referTypeName(pass, node.exprName);
    return;
  }
  eachChild(node, (child) => referTypes(pass, child));
}

export function referTypeName(pass: FlowPass, name: TSTypeName, role: 'type' | 'inherit' | 'implement' = 'type'): void {
  if (name.type === 'TSQualifiedName') {
    referTypeName(pass, name.left);
    refer(pass, role, name.right.name, name.right.start, BindingKind.member, -1);
    return;
  }
  if (name.type !== 'Identifier') return;
  const binding = lookupType(pass.scope, name.name);
  if (!binding) refer(pass, role, name.name, name.start, BindingKind.open, -1);
  else if (binding.importRow >= 0) refer(pass, role, name.name, name.start, BindingKind.imported, binding.importRow);
  else if (binding.symbol >= 0) refer(pass, role, name.name, name.start, BindingKind.local, binding.symbol);
}
