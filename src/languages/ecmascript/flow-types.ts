/** Types as the flow program knows them: classes and interfaces whose instances a slot may hold. */
import { Binding as BindingKind } from '#model/facts.ts';
import { ContainerKind, FlowOp } from '#model/flow.ts';
import type { Node, TSSignature, TSType, TSTypeName } from './estree.ts';
import { keyName } from './estree.ts';
import { type FlowPass, refer } from './flow-pass.ts';
import { eachChild } from './oxc.ts';
import { lookupType } from './scope.ts';

const containerKinds: ReadonlyMap<string, number> = new Map<string, number>([
  ...['Array', 'ReadonlyArray', 'Iterable', 'IterableIterator', 'ArrayLike'].map(
    (name) => [name, ContainerKind.list] as const,
  ),
  ...['Set', 'ReadonlySet', 'WeakSet'].map((name) => [name, ContainerKind.set] as const),
  ...['Map', 'ReadonlyMap', 'WeakMap'].map((name) => [name, ContainerKind.map] as const),
  ...['Generator', 'AsyncGenerator', 'AsyncIterable', 'AsyncIterableIterator', 'AsyncIterator', 'Iterator'].map(
    (name) => [name, ContainerKind.generator] as const,
  ),
  ...['Promise', 'PromiseLike'].map((name) => [name, ContainerKind.promise] as const),
  ['Record', ContainerKind.object],
]);
const transparentTypes = new Set([
  'Readonly',
  'Partial',
  'Required',
  'NonNullable',
  'Awaited',
  'Pick',
  'Omit',
  'DeepReadonly',
  'DeepPartial',
]);

/** The slot, or a new one, that may hold what the type says. */
export function annotateSlot(pass: FlowPass, slot: number, type: TSType): number {
  referTypes(pass, type);
  const target = slot < 0 ? pass.writer.slot() : slot;
  return annotateInto(pass, target, type, 0) ? target : slot;
}

/** A new slot with instances of the type; −1 where the type names nothing that code could call. */
export function typed(pass: FlowPass, type: TSType): number {
  const target = pass.writer.slot();
  return annotateInto(pass, target, type, 0) ? target : -1;
}

/** True if the type says anything. It counts only where flow finds no value: elements of a declared list are those that flow finds in it, if any. */
function annotateInto(pass: FlowPass, target: number, type: TSType, depth: number): boolean {
  const classes = classesOf(pass, type, depth);
  if (classes >= 0) pass.writer.emit(FlowOp.annotate, target, classes);
  return annotateStructure(pass, target, type, depth) || classes >= 0;
}

/** A slot with the classes and interfaces that a type names, those of a union together. */
function classesOf(pass: FlowPass, type: TSType, depth: number): number {
  if (depth > 6) return -1;
  switch (type.type) {
    case 'TSTypeReference': {
      const { typeName } = type;
      if (typeName.type !== 'Identifier' || lookupType(pass.scope, typeName.name)) return typeSlot(pass, typeName);
      const first = type.typeArguments?.params[0];
      return first && transparentTypes.has(typeName.name) ? classesOf(pass, first, depth + 1) : -1;
    }
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.reduce((slot, part) => pass.writer.union(slot, classesOf(pass, part, depth + 1)), -1);
    case 'TSParenthesizedType':
    case 'TSTypeOperator':
      return classesOf(pass, type.typeAnnotation, depth + 1);
    default:
      return -1;
  }
}

/** Containers that a type names, with what it says of their elements. */
function annotateStructure(pass: FlowPass, target: number, type: TSType, depth: number): boolean {
  if (depth > 6) return false;
  switch (type.type) {
    case 'TSTypeReference': {
      const { typeName } = type;
      const args = type.typeArguments?.params;
      if (!args || typeName.type !== 'Identifier' || lookupType(pass.scope, typeName.name)) return false;
      const kind = containerKinds.get(typeName.name);
      const element = kind === ContainerKind.map || typeName.name === 'Record' ? args[1] : args[0];
      if (!element) return false;
      if (transparentTypes.has(typeName.name)) return annotateStructure(pass, target, element, depth + 1);
      return kind !== undefined && annotateElements(pass, target, kind, element, depth);
    }
    case 'TSArrayType':
      return annotateElements(pass, target, ContainerKind.list, type.elementType, depth);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.reduce((any, part) => annotateStructure(pass, target, part, depth + 1) || any, false);
    case 'TSParenthesizedType':
    case 'TSTypeOperator':
      return annotateStructure(pass, target, type.typeAnnotation, depth + 1);
    case 'TSTypeLiteral':
      return annotateMembers(pass, target, type.members, depth);
    default:
      return false;
  }
}

function annotateElements(pass: FlowPass, target: number, kind: number, element: TSType, depth: number): boolean {
  const { writer } = pass;
  const item = writer.slot();
  if (!annotateInto(pass, item, element, depth + 1)) return false;
  if (kind === ContainerKind.promise) {
    writer.emit(FlowOp.await, item, target);
    writer.copy(target, writer.builtin('Promise', 'resolve', [item]));
    return true;
  }
  if (kind === ContainerKind.object || kind === ContainerKind.map) writer.emit(FlowOp.loadElement, item, target, -1);
  else writer.emit(FlowOp.iterate, item, target);
  const made = writer.object(kind);
  writer.copy(target, made);
  writer.emit(FlowOp.storeElement, made, -1, item);
  return true;
}

function annotateMembers(pass: FlowPass, target: number, members: readonly TSSignature[], depth: number): boolean {
  const { writer } = pass;
  let made = -1;
  for (const member of members) {
    if (member.type !== 'TSPropertySignature' || !member.typeAnnotation) continue;
    const name = keyName(member.key, member.computed);
    const item = writer.slot();
    if (name === undefined || !annotateInto(pass, item, member.typeAnnotation.typeAnnotation, depth + 1)) continue;
    if (made < 0) {
      made = writer.object(ContainerKind.object);
      writer.copy(target, made);
    }
    writer.emit(FlowOp.load, item, target, pass.unit.facts.string(name), -1);
    writer.store(made, name, item);
  }
  return made >= 0;
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
      first === undefined ? 0 : 1,
      facts.string(node.source.value),
      facts.string(first),
      -1,
      line,
      index.column(node.start, line),
      pass.frame.symbol,
      0,
      1,
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
