import { CallFlag, FlowFunctionColumn, FlowFunctionFlag, FlowOp, MemberFlag } from '#model/flow.ts';
import type {
  Class,
  ClassMember,
  Decorator,
  FieldNode,
  MethodDefinition,
  Node,
  TSInterfaceDeclaration,
  TSSignature,
  TSTypeAliasDeclaration,
} from './estree.ts';
import { annotatedType, bare, keyName } from './estree.ts';
import { constantOf } from './flow-constants.ts';
import { readCallee, readName } from './flow-members.ts';
import { type FlowPass, inScope, refer } from './flow-pass.ts';
import { declaredFunction, evaluateFunction } from './flow-functions.ts';
import { annotateSlot, referTypeName, referTypes, typed, typeSlot } from './flow-types.ts';
import { Binding as BindingKind } from '#model/facts.ts';
import { lookupType } from './scope.ts';

export function evaluateClass(pass: FlowPass, node: Class): number {
  const { writer, unit } = pass;
  const symbol = unit.symbols.get(node) ?? pass.frame.symbol;
  const slot = writer.slot();
  const decorated = applyDecorators(pass, node.decorators, slot);
  let base = -1;
  const outer = pass.frame;
  if (node.superClass) {
    const superClass = bare(node.superClass);
    // Inheriting is a use by the class.
    if (superClass.type === 'Identifier') {
      pass.frame = { ...outer, symbol };
      base = readName(pass, superClass.name, superClass.start, 'inherit').slot;
      pass.frame = outer;
    } else {
      base = pass.value(superClass);
      if (superClass.type === 'MemberExpression' && superClass.property.type === 'Identifier') {
        pass.frame = { ...outer, symbol };
        refer(pass, 'inherit', superClass.property.name, superClass.property.start, BindingKind.member, -1);
        pass.frame = outer;
      }
    }
  }
  const bases = base < 0 ? -1 : unit.facts.flowLists.list([1, base]);
  const row = unit.facts.flowClasses.add(symbol, slot, bases, -1, writer.state.row);
  writer.emit(FlowOp.class, slot, row, -1);
  inScope(pass, node, () => {
    pass.frame = { ...outer, symbol };
    if (node.superTypeArguments) referTypes(pass, node.superTypeArguments);
    if (node.typeParameters) referTypes(pass, node.typeParameters);
    for (const { expression } of node.implements ?? []) {
      if (expression.type === 'Identifier') referTypeName(pass, expression, 'implement');
      else if (expression.type === 'MemberExpression' && expression.property.type === 'Identifier')
        refer(pass, 'implement', expression.property.name, expression.property.start, BindingKind.member, -1);
    }
    pass.frame = outer;
    const own = node.id ? pass.scope.values.get(node.id.name) : undefined;
    if (own?.kind === 'class') writer.assign(own, slot);
    evaluateMembers(pass, node, row, slot, symbol);
  });
  pass.frame = outer;
  return writer.union(slot, decorated);
}

function applyDecorators(pass: FlowPass, decorators: readonly Decorator[], target: number): number {
  const { writer } = pass;
  let result = -1;
  for (const { expression } of decorators) {
    let callee: number;
    let reference: number;
    if (expression.type === 'CallExpression') {
      callee = pass.value(expression);
      reference = refer(pass, 'decorate', '', expression.start, BindingKind.variable, -1, 1);
    } else ({ callee, reference } = readCallee(pass, expression, 'decorate', 1));
    const slot = writer.slot();
    writer.emit(
      FlowOp.call | (CallFlag.decorator << 8),
      slot,
      callee >= 0 ? callee : writer.slot(),
      -1,
      writer.arguments([target]),
      reference,
    );
    result = writer.union(result, slot);
  }
  return result;
}

function evaluateMembers(pass: FlowPass, node: Class, row: number, slot: number, symbol: number): void {
  const { writer, unit } = pass;
  const fields: FieldNode[] = [];
  const implemented = new Set(
    node.body.body
      .map((member) =>
        member.type === 'MethodDefinition' && member.value.body ? keyName(member.key, member.computed) : undefined,
      )
      .filter((name) => name !== undefined),
  );
  let constructorSymbol = symbol;
  for (const member of node.body.body) {
    switch (member.type) {
      case 'MethodDefinition':
      case 'TSAbstractMethodDefinition':
        if (member.kind === 'constructor' && member.value.body) constructorSymbol = unit.symbols.get(member) ?? symbol;
        evaluateMethod(pass, member, row, slot, implemented);
        break;
      case 'PropertyDefinition':
      case 'TSAbstractPropertyDefinition':
      case 'AccessorProperty':
      case 'TSAbstractAccessorProperty':
        if (member.computed) pass.value(member.key as never);
        applyDecorators(pass, member.decorators, -1);
        if (member.static) withReceiver(pass, member, slot, row, () => evaluateField(pass, member, row));
        else fields.push(member);
        break;
      case 'StaticBlock':
        withReceiver(pass, member, slot, row, () => pass.statements(member.body));
        break;
      case 'TSIndexSignature':
        referTypes(pass, member);
        break;
    }
  }
  if (fields.length === 0) return;
  // Initializers of fields run when an instance is made, with it as `this`.
  const outerState = writer.state;
  const outer = pass.frame;
  const state = writer.openFunction();
  const initializer = writer.slot();
  writer.emit(FlowOp.function, initializer, state.row);
  writer.emit(FlowOp.member, row, unit.facts.string('@@fields'), initializer, 0);
  writer.state = state;
  pass.frame = {
    symbol: constructorSymbol,
    receiver: writer.slot(),
    returns: -1,
    yields: -1,
    arguments: -1,
    classRow: row,
  };
  const table = unit.facts.flowFunctions;
  table.set(state.row, FlowFunctionColumn.symbol, constructorSymbol);
  table.set(state.row, FlowFunctionColumn.owner, outerState.row);
  table.set(state.row, FlowFunctionColumn.class, row);
  table.set(state.row, FlowFunctionColumn.receiver, pass.frame.receiver);
  for (const member of fields) inScope(pass, member, () => evaluateField(pass, member, row));
  pass.frame = outer;
  writer.state = outerState;
}

function withReceiver(pass: FlowPass, node: Node, receiver: number, classRow: number, body: () => void): void {
  const outer = pass.frame;
  pass.frame = { ...outer, receiver, classRow };
  inScope(pass, node, body);
  pass.frame = outer;
}

function nameOf(pass: FlowPass, member: { key: ClassMember['key']; computed: boolean }): string | undefined {
  return keyName(member.key, member.computed) ?? constantOf(pass, member.key);
}

function evaluateMethod(
  pass: FlowPass,
  member: MethodDefinition,
  row: number,
  classSlot: number,
  implemented: ReadonlySet<string>,
): void {
  const { writer, unit } = pass;
  const key = member.computed ? pass.value(member.key as never) : -1;
  applyDecorators(pass, member.decorators, -1);
  const flags =
    (member.static ? FlowFunctionFlag.static : 0) |
    (member.kind === 'get' ? FlowFunctionFlag.property : 0) |
    (member.kind === 'set' ? FlowFunctionFlag.setter : 0) |
    (member.kind === 'constructor' ? FlowFunctionFlag.constructor : 0) |
    (member.type === 'TSAbstractMethodDefinition' || !member.value.body ? FlowFunctionFlag.abstract : 0);
  const slot = evaluateFunction(pass, member.value, row, flags);
  const name = nameOf(pass, member);
  // A key that is a value (`[symbol]() {}`).
  if (name === undefined && key >= 0 && member.kind === 'method') {
    const holder = member.static ? classSlot : writer.load(classSlot, 'prototype');
    writer.emit(FlowOp.storeElement, holder, key, slot);
  }
  // Of overloads, the implementation is the one that runs.
  if (name !== undefined && (member.value.body || !implemented.has(name))) {
    writer.emit(
      FlowOp.member,
      row,
      unit.facts.string(name),
      slot,
      (member.static ? MemberFlag.static : 0) |
        (member.kind === 'get' ? MemberFlag.getter : 0) |
        (member.kind === 'set' ? MemberFlag.setter : 0),
    );
  }
}

function evaluateField(pass: FlowPass, member: FieldNode, row: number): void {
  const { writer, unit } = pass;
  const type = annotatedType(member.typeAnnotation);
  let slot = member.value ? pass.value(member.value) : -1;
  if (type) slot = annotateSlot(pass, slot, type);
  const name = nameOf(pass, member);
  if (name === undefined || slot < 0) return;
  writer.emit(
    FlowOp.member,
    row,
    unit.facts.string(name),
    slot,
    MemberFlag.field | (member.static ? MemberFlag.static : 0),
  );
}

/** An interface is a class whose members have no bodies: calls on what is declared with it lead there. */
export function evaluateInterface(pass: FlowPass, node: TSInterfaceDeclaration): void {
  const { unit } = pass;
  const symbol = unit.symbols.get(node) ?? pass.frame.symbol;
  const binding = lookupType(pass.scope, node.id.name);
  const outer = pass.frame;
  pass.frame = { ...outer, symbol };
  inScope(pass, node, () => {
    const bases: number[] = [];
    for (const { expression, typeArguments } of node.extends) {
      if (expression.type === 'Identifier') {
        referTypeName(pass, expression, 'inherit');
        const base = typeSlot(pass, expression);
        if (base >= 0) bases.push(base);
      } else if (expression.type === 'MemberExpression' && expression.property.type === 'Identifier')
        refer(pass, 'inherit', expression.property.name, expression.property.start, BindingKind.member, -1);
      if (typeArguments) referTypes(pass, typeArguments);
    }
    addShape(
      pass,
      symbol,
      node.body.body,
      bases,
      binding?.symbol === symbol || binding?.kind === 'type' ? binding : undefined,
    );
  });
  pass.frame = outer;
}

export function evaluateAlias(pass: FlowPass, node: TSTypeAliasDeclaration): void {
  const { unit, writer } = pass;
  const symbol = unit.symbols.get(node) ?? pass.frame.symbol;
  const binding = lookupType(pass.scope, node.id.name);
  const outer = pass.frame;
  pass.frame = { ...outer, symbol };
  inScope(pass, node, () => {
    const type = node.typeAnnotation;
    if (type.type === 'TSTypeLiteral') addShape(pass, symbol, type.members, [], binding);
    else {
      referTypes(pass, type);
      if (type.type === 'TSTypeReference' && binding) writer.assign(binding, typeSlot(pass, type.typeName));
      else if ((type.type === 'TSUnionType' || type.type === 'TSIntersectionType') && binding) {
        for (const part of type.types)
          if (part.type === 'TSTypeReference') writer.copy(writer.read(binding), typeSlot(pass, part.typeName));
      }
    }
  });
  pass.frame = outer;
}

function addShape(
  pass: FlowPass,
  symbol: number,
  members: readonly TSSignature[],
  bases: readonly number[],
  binding: ReturnType<typeof lookupType>,
): void {
  const { writer, unit } = pass;
  const slot = writer.slot();
  const row = unit.facts.flowClasses.add(
    symbol,
    slot,
    bases.length ? unit.facts.flowLists.list([bases.length, ...bases]) : -1,
    -1,
    writer.state.row,
  );
  writer.emit(FlowOp.class, slot, row, -1);
  if (binding) writer.copy(writer.read(binding), slot);
  for (const member of members) {
    if (member.type === 'TSMethodSignature') {
      const name = nameOf(pass, member);
      const made = declaredFunction(
        pass,
        unit.symbols.get(member) ?? symbol,
        row,
        member.params,
        annotatedType(member.returnType),
        FlowFunctionFlag.abstract,
      );
      if (name !== undefined) {
        writer.emit(
          FlowOp.member,
          row,
          unit.facts.string(name),
          made,
          member.kind === 'get' ? MemberFlag.getter : member.kind === 'set' ? MemberFlag.setter : 0,
        );
      }
    } else if (member.type === 'TSPropertySignature') {
      const type = annotatedType(member.typeAnnotation);
      if (!type) continue;
      referTypes(pass, type);
      const value = typed(pass, type);
      const name = nameOf(pass, member);
      if (value >= 0 && name !== undefined)
        writer.emit(FlowOp.member, row, unit.facts.string(name), value, MemberFlag.field);
    } else referTypes(pass, member);
  }
}
