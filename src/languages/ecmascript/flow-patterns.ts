/** What patterns and assignment targets take from a value. */
import { Binding as BindingKind } from '#model/facts.ts';
import { ContainerKind, ElementFlag, FlowOp } from '#model/flow.ts';
import { constantOf } from './flow-constants.ts';
import type { AssignmentTarget, BindingPattern, Expression, Node, ParamPattern } from './estree.ts';
import { keyName } from './estree.ts';
import { commonExports, isModuleExports, memberPlace, storePlace } from './flow-members.ts';
import { type FlowPass, isCommon, refer, referMember, referName } from './flow-pass.ts';
import { annotateSlot } from './flow-types.ts';
import { lookup } from './scope.ts';

type Target =
  | BindingPattern
  | ParamPattern
  | AssignmentTarget
  | { type: 'AssignmentPattern'; left: BindingPattern | AssignmentTarget; right: Expression };

/** Assigns the slot's value to every name and member of the target. `declares`: a declaration, whose names are no uses. */
export function assignTarget(pass: FlowPass, target: Target, source: number, declares: boolean): void {
  const { writer } = pass;
  switch (target.type) {
    case 'Identifier':
      return assignName(pass, target.name, target.start, annotated(pass, target, source), declares);
    case 'AssignmentPattern': {
      const initial = pass.value(target.right);
      return assignTarget(pass, target.left, writer.union(source, initial), declares);
    }
    case 'ObjectPattern':
      return assignProperties(pass, target, annotated(pass, target, source), declares);
    case 'ArrayPattern':
      return assignElements(pass, target, annotated(pass, target, source), declares);
    case 'RestElement':
      return assignTarget(pass, target.argument, source, declares);
    case 'TSParameterProperty':
      return assignTarget(pass, target.parameter, source, declares);
    case 'MemberExpression': {
      if (isModuleExports(pass, target)) {
        commonExports(pass);
        return writer.copy(pass.moduleExportsSlot, source);
      }
      const place = memberPlace(pass, target);
      const reference = place.name === undefined ? -1 : referMember(pass, 'write', place.name, place.offset);
      return storePlace(pass, place, source, reference);
    }
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return assignTarget(pass, target.expression as AssignmentTarget, source, declares);
  }
}

/** A value with a declared type: the slot is annotated, made when there was none. */
function annotated(pass: FlowPass, target: { typeAnnotation?: Node | null }, source: number): number {
  const annotation = target.typeAnnotation;
  if (annotation?.type !== 'TSTypeAnnotation') return source;
  return annotateSlot(pass, source, annotation.typeAnnotation);
}

function assignName(pass: FlowPass, name: string, offset: number, source: number, declares: boolean): void {
  const binding = lookup(pass.scope, name);
  if (!binding) {
    if (name === 'exports' && isCommon(pass, name)) {
      commonExports(pass);
      return pass.writer.copy(pass.exportsSlot, source);
    }
    refer(pass, 'write', name, offset, BindingKind.open, -1);
    if (source >= 0) pass.writer.emit(FlowOp.storeGlobal, pass.unit.facts.string(name), source);
    return;
  }
  if (!declares) referName(pass, 'write', name, offset, -1, binding);
  pass.writer.assign(binding, source);
}

function assignProperties(
  pass: FlowPass,
  target: Extract<Target, { type: 'ObjectPattern' }>,
  source: number,
  declares: boolean,
): void {
  const { writer, unit } = pass;
  for (const property of target.properties) {
    if (property.type === 'RestElement') {
      const rest = source < 0 ? -1 : writer.object(ContainerKind.object);
      if (rest >= 0) writer.builtin('Object', 'assign', [rest, source]);
      assignTarget(pass, property.argument, rest, declares);
      continue;
    }
    const row = unit.importRows.get(property);
    let value = -1;
    if (row !== undefined) {
      value = writer.slot();
      writer.emit(FlowOp.import, value, row);
    } else {
      const name = keyName(property.key, property.computed) ?? constantOf(pass, property.key);
      if (name !== undefined) {
        const reference = referMember(pass, 'read', name, property.key.start);
        value = writer.load(source, name, reference);
      } else {
        const key = pass.value(property.key as Expression);
        if (source >= 0) {
          value = writer.slot();
          writer.emit(FlowOp.loadElement, value, source, key);
        }
      }
    }
    assignTarget(pass, property.value, value, declares);
  }
}

function assignElements(
  pass: FlowPass,
  target: Extract<Target, { type: 'ArrayPattern' }>,
  source: number,
  declares: boolean,
): void {
  const { writer } = pass;
  target.elements.forEach((element, index) => {
    if (!element) return;
    if (element.type === 'RestElement') {
      const rest = source < 0 ? -1 : writer.object(ContainerKind.list);
      if (rest >= 0) {
        const item = writer.slot();
        writer.emit(FlowOp.iterate, item, source);
        writer.emit(FlowOp.storeElement, rest, -1, item);
      }
      return assignTarget(pass, element.argument, rest, declares);
    }
    let value = -1;
    if (source >= 0) {
      value = writer.slot();
      writer.emit(FlowOp.loadElement | (ElementFlag.unpack << 8), value, source, writer.position(index));
    }
    assignTarget(pass, element, value, declares);
  });
}
