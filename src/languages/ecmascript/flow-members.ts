/** Names and members: how they are read, and how a callee is found. */
import { Binding as BindingKind } from '#model/facts.ts';
import { ContainerKind, FlowOp } from '#model/flow.ts';
import type { ReferenceRole } from '#model/vocabulary.ts';
import type { Expression, MemberExpression } from './estree.ts';
import { bare } from './estree.ts';
import { constantOf } from './flow-constants.ts';
import { type FlowPass, isCommon, refer, referMember, referName } from './flow-pass.ts';
import { lookup } from './scope.ts';

const valueless = new Set(['undefined', 'NaN', 'Infinity']);

/** Slots of a CommonJS module's exports, opened in the module's body on first use. */
export function commonExports(pass: FlowPass): void {
  if (pass.moduleExportsSlot >= 0) return;
  const { writer } = pass;
  const outer = writer.state;
  writer.state = pass.moduleState;
  const made = writer.object(ContainerKind.object);
  pass.exportsSlot = writer.slot();
  pass.moduleExportsSlot = writer.slot();
  writer.copy(pass.exportsSlot, made);
  writer.copy(pass.moduleExportsSlot, made);
  writer.emit(FlowOp.export, pass.unit.facts.string('module.exports'), pass.moduleExportsSlot);
  writer.state = outer;
}

export function readName(
  pass: FlowPass,
  name: string,
  offset: number,
  role: ReferenceRole,
  args = -1,
): { slot: number; reference: number } {
  const binding = lookup(pass.scope, name);
  const { writer } = pass;
  if (binding) return { reference: referName(pass, role, name, offset, args, binding), slot: writer.read(binding) };
  if (valueless.has(name)) return { reference: -1, slot: -1 };
  if (name === 'arguments' && pass.frame.arguments >= 0) return { reference: -1, slot: pass.frame.arguments };
  const reference = referName(pass, role, name, offset, args, undefined);
  if (name === 'exports' && isCommon(pass, name)) {
    commonExports(pass);
    return { reference, slot: pass.exportsSlot };
  }
  if (name === 'module' && isCommon(pass, name)) {
    commonExports(pass);
    const module = writer.object(ContainerKind.object);
    writer.store(module, 'exports', pass.moduleExportsSlot);
    const back = writer.load(module, 'exports');
    writer.copy(pass.moduleExportsSlot, back);
    return { reference, slot: module };
  }
  return { reference, slot: writer.global(name) };
}

/** `module.exports`, where `module` is CommonJS's. */
export function isModuleExports(pass: FlowPass, node: Expression): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'exports' &&
    isCommon(pass, 'module')
  );
}

export function thisSlot(pass: FlowPass): number {
  if (pass.frame.receiver < 0 && pass.frame.symbol === 0 && !pass.unit.isModule) {
    commonExports(pass);
    return pass.exportsSlot;
  }
  return pass.frame.receiver;
}

export function superSlot(pass: FlowPass): number {
  const { classRow, receiver, home } = pass.frame;
  if (classRow < 0 && home !== undefined && home >= 0) return pass.writer.load(home, '__proto__');
  if (classRow < 0 || receiver < 0) return -1;
  const slot = pass.writer.slot();
  pass.writer.emit(FlowOp.super, slot, classRow, receiver);
  return slot;
}

export interface Place {
  readonly base: number;
  /** Name of a constant key. */
  readonly name: string | undefined;
  /** Slot of a computed key, −1. */
  readonly key: number;
  /** Where the name stands. */
  readonly offset: number;
  /** Name of the variable that is the key: `o[k]`. */
  readonly keyVariable: string | undefined;
}

export function memberPlace(pass: FlowPass, node: MemberExpression): Place {
  const object = node.object;
  const base =
    object.type === 'Super'
      ? superSlot(pass)
      : isModuleExports(pass, object)
        ? (commonExports(pass), pass.moduleExportsSlot)
        : pass.value(object);
  const { property } = node;
  const offset = property.start;
  if (property.type === 'PrivateIdentifier')
    return { base, name: `#${property.name}`, key: -1, offset, keyVariable: undefined };
  if (!node.computed && property.type === 'Identifier')
    return { base, name: property.name, key: -1, offset, keyVariable: undefined };
  const constant = constantOf(pass, property);
  if (constant !== undefined) return { base, name: constant, key: -1, offset, keyVariable: undefined };
  const inner = bare(property as Expression);
  return {
    base,
    name: undefined,
    key: pass.value(property as Expression),
    offset,
    keyVariable: inner.type === 'Identifier' ? inner.name : undefined,
  };
}

export function loadPlace(pass: FlowPass, place: Place, reference: number): number {
  const { writer } = pass;
  if (place.base < 0) return -1;
  if (place.name !== undefined) return writer.load(place.base, place.name, reference);
  const slot = writer.slot();
  writer.emit(FlowOp.loadElement, slot, place.base, place.key);
  if (place.keyVariable !== undefined) pass.copies.set(slot, { base: place.base, key: place.keyVariable });
  return slot;
}

export function readMember(pass: FlowPass, node: MemberExpression): number {
  if (isModuleExports(pass, node)) {
    commonExports(pass);
    return pass.moduleExportsSlot;
  }
  const place = memberPlace(pass, node);
  const reference =
    place.name === undefined || /^\d/.test(place.name) ? -1 : referMember(pass, 'read', place.name, place.offset);
  return loadPlace(pass, place, reference);
}

/** `dst[k] = src[k]`, for whatever keys, copies all properties under their names. */
export function storePlace(pass: FlowPass, place: Place, source: number, reference: number): void {
  const { writer } = pass;
  if (place.base < 0) return;
  if (place.name !== undefined) return writer.store(place.base, place.name, source, reference);
  if (source < 0) return;
  const copied = pass.copies.get(source);
  if (copied && copied.key === place.keyVariable) {
    writer.builtin('Object', 'assign', [place.base, copied.base]);
    return;
  }
  writer.emit(FlowOp.storeElement, place.base, place.key, source);
}

export interface Callee {
  readonly callee: number;
  readonly receiver: number;
  readonly reference: number;
}

/** Evaluates what is called. Every call has one reference, whatever its callee. */
export function readCallee(pass: FlowPass, node: Expression, role: ReferenceRole, args: number): Callee {
  const inner = node.type === 'ChainExpression' ? node.expression : bare(node);
  switch (inner.type) {
    case 'Identifier': {
      const { slot, reference } = readName(pass, inner.name, inner.start, role, args);
      return {
        callee: slot,
        receiver: -1,
        reference:
          reference >= 0 ? reference : refer(pass, role, inner.name, inner.start, BindingKind.variable, -1, args),
      };
    }
    case 'MemberExpression': {
      const place = memberPlace(pass, inner);
      const name = place.name ?? place.keyVariable ?? '';
      const reference = referMember(pass, role, name, place.offset, args);
      const receiver = inner.object.type === 'Super' ? pass.frame.receiver : place.base;
      return {
        callee: isModuleExports(pass, inner) ? pass.moduleExportsSlot : loadPlace(pass, place, reference),
        receiver,
        reference,
      };
    }
    case 'Super':
      return {
        callee: superSlot(pass),
        receiver: pass.frame.receiver,
        reference: refer(pass, 'call', 'super', inner.start, BindingKind.member, -1, args),
      };
    default: {
      const callee = pass.value(inner);
      return { callee, receiver: -1, reference: refer(pass, role, '', inner.start, BindingKind.variable, -1, args) };
    }
  }
}
