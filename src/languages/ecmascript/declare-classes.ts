import { SymbolFlag, type Visibility } from '#model/vocabulary.ts';
import type { Class, ClassMember, FieldNode, FunctionNode, MethodDefinition, ParamPattern } from './estree.ts';
import { bare, isClass, isFunction, keyName } from './estree.ts';
import { ANONYMOUS, declareBody, declareTypeParameters, functionFlags } from './declare-functions.ts';
import type { DeclarePass, NameHint } from './declare-pass.ts';
import { takeExportFlags, within } from './declare-pass.ts';
import { declareValue, type FunctionUnit, openScope } from './scope.ts';
import { addSymbol, oneLine, typeText } from './symbol-rows.ts';
import type { ClassUnit } from './unit.ts';

export function declareClass(pass: DeclarePass, node: Class, hint: NameHint | undefined): number {
  const { unit } = pass;
  const exported = takeExportFlags(pass);
  const name =
    (hint?.name === 'exports' ? node.id?.name : undefined) ??
    hint?.name ??
    node.id?.name ??
    (exported & SymbolFlag.default ? 'default' : undefined);
  const isDeclaration = node.type === 'ClassDeclaration';
  const start = Math.min(hint?.start ?? node.start, node.decorators[0]?.start ?? node.start);
  const symbol = addSymbol(unit, {
    kind: 'class',
    name: name ?? ANONYMOUS,
    parent: hint?.parent ?? pass.symbol,
    start,
    end: Math.max(hint?.end ?? 0, node.end),
    nameStart: hint?.nameStart ?? node.id?.start ?? node.start,
    flags:
      exported |
      (hint?.flags ?? 0) |
      (name === undefined ? SymbolFlag.anonymous : 0) |
      (node.abstract ? SymbolFlag.abstract : 0) |
      (node.declare || unit.declarations ? SymbolFlag.declaration : 0),
    statementStart: hint?.statementStart ?? (isDeclaration || exported ? pass.statementStart : start),
    signatureStart: hint?.start ?? node.start,
    signatureEnd: node.body.start,
    decorators: node.decorators,
    body: node.body,
  });
  unit.symbols.set(node, symbol);
  const classUnit: ClassUnit = { symbol, members: new Set() };
  unit.classes.set(node, classUnit);
  if (isDeclaration && node.id) {
    const binding = declareValue(pass.scope, node.id.name, 'class');
    if (binding.symbol < 0 || binding.kind !== 'class') binding.symbol = symbol;
    binding.writes++;
  }
  for (const { expression } of node.decorators) pass.visit(expression);
  const scope = openScope(pass.scope, pass.owner);
  declareTypeParameters(scope, node.typeParameters);
  if (node.id) {
    // The inner binding of the class's name; the outer one of a declaration is the same value.
    const outerBinding = isDeclaration ? pass.scope.values.get(node.id.name) : undefined;
    if (!outerBinding) {
      const self = declareValue(scope, node.id.name, 'class');
      self.symbol = symbol;
      self.writes = 1;
    }
  }
  const before = { symbol: pass.symbol, classUnit: pass.classUnit };
  within(pass, node, scope, () => {
    if (node.superClass) pass.visit(node.superClass);
    pass.symbol = symbol;
    for (const member of node.body.body) {
      if ('key' in member) {
        const memberName = keyName(member.key, member.computed);
        if (memberName !== undefined) classUnit.members.add(memberName);
      }
    }
    for (const member of node.body.body) {
      pass.classUnit = classUnit;
      switch (member.type) {
        case 'MethodDefinition':
        case 'TSAbstractMethodDefinition':
          declareMethod(pass, member, symbol);
          break;
        case 'PropertyDefinition':
        case 'TSAbstractPropertyDefinition':
        case 'AccessorProperty':
        case 'TSAbstractAccessorProperty':
          declareField(pass, member, symbol);
          break;
        case 'StaticBlock':
          within(pass, member, openScope(pass.scope, pass.owner, { hoists: true }), () => pass.statements(member.body));
          break;
        case 'TSIndexSignature':
          break;
      }
    }
  });
  pass.symbol = before.symbol;
  pass.classUnit = before.classUnit;
  return symbol;
}

function memberVisibility(member: { key: ClassMember['key']; accessibility?: Visibility | null }): Visibility {
  return member.key.type === 'PrivateIdentifier' ? 'private' : ((member.accessibility ?? 'public') as Visibility);
}

function memberFlags(member: ClassMember, abstract: boolean): number {
  return (
    (member.static ? SymbolFlag.static : 0) |
    (abstract ? SymbolFlag.abstract : 0) |
    (member.override ? SymbolFlag.override : 0)
  );
}

export function memberName(pass: DeclarePass, member: { key: ClassMember['key']; computed: boolean }): string {
  const name = keyName(member.key, member.computed);
  if (name !== undefined && !name.startsWith('@@')) return name;
  return `[${oneLine(pass.unit.text.slice(member.key.start, member.key.end))}]`;
}

function declareMethod(pass: DeclarePass, member: MethodDefinition, parent: number): void {
  if (member.computed) pass.visit(member.key);
  for (const { expression } of member.decorators) pass.visit(expression);
  const fn: FunctionNode = member.value;
  const start = Math.min(member.start, member.decorators[0]?.start ?? member.start);
  const symbol = addSymbol(pass.unit, {
    kind: member.kind === 'constructor' ? 'constructor' : 'method',
    name: memberName(pass, member),
    parent,
    start,
    end: member.end,
    nameStart: member.key.start,
    visibility: memberVisibility(member),
    flags:
      functionFlags(fn) |
      memberFlags(member, member.type === 'TSAbstractMethodDefinition') |
      (member.kind === 'get' ? SymbolFlag.getter : member.kind === 'set' ? SymbolFlag.setter : 0),
    signatureStart: member.decorators.length ? member.key.start : member.start,
    signatureEnd: fn.body?.start ?? member.end,
    decorators: member.decorators,
    function: fn,
    body: fn.body,
  });
  pass.unit.symbols.set(member, symbol);
  if (member.kind === 'constructor')
    for (const parameter of fn.params) declareParameterProperty(pass, parameter, parent);
  declareBody(pass, fn, symbol);
}

/** `constructor(private name: T)` declares a field. */
function declareParameterProperty(pass: DeclarePass, parameter: ParamPattern, parent: number): void {
  if (parameter.type !== 'TSParameterProperty') return;
  const inner = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
  if (inner.type !== 'Identifier') return;
  pass.classUnit?.members.add(inner.name);
  pass.unit.symbols.set(
    parameter,
    addSymbol(pass.unit, {
      kind: 'field',
      name: inner.name,
      parent,
      start: parameter.start,
      end: parameter.end,
      nameStart: inner.start,
      visibility: parameter.accessibility ?? 'public',
      flags: parameter.readonly ? SymbolFlag.readonly : 0,
      declaredType: typeText(pass.unit, inner.typeAnnotation),
    }),
  );
}

function declareField(pass: DeclarePass, member: FieldNode, parent: number): void {
  if (member.computed) pass.visit(member.key);
  for (const { expression } of member.decorators) pass.visit(expression);
  const abstract = member.type === 'TSAbstractPropertyDefinition' || member.type === 'TSAbstractAccessorProperty';
  const flags = memberFlags(member, abstract) | (member.readonly ? SymbolFlag.readonly : 0);
  const start = Math.min(member.start, member.decorators[0]?.start ?? member.start);
  const name = memberName(pass, member);
  const value = member.value ? bare(member.value) : undefined;
  // Initializers of instances run in the constructor, those of the class at once.
  const unit: FunctionUnit = member.static
    ? pass.owner
    : { node: undefined, symbol: parent, owner: pass.owner, arrow: false, usesArguments: false };
  const scope = openScope(pass.scope, unit, {});
  if (value && (isFunction(value) || isClass(value))) {
    within(pass, member, scope, () => {
      const hint: NameHint = {
        name,
        kind: isClass(value) ? 'class' : 'method',
        parent,
        start,
        end: member.end,
        nameStart: member.key.start,
        statementStart: start,
        flags,
      };
      pass.unit.symbols.set(
        member,
        isClass(value) ? pass.declareClass(value, hint) : pass.declareFunction(value, hint),
      );
    });
    return;
  }
  pass.unit.symbols.set(
    member,
    addSymbol(pass.unit, {
      kind: 'field',
      name,
      parent,
      start,
      flags,
      end: member.end,
      nameStart: member.key.start,
      visibility: memberVisibility(member),
      declaredType: typeText(pass.unit, member.typeAnnotation),
      signatureEnd: member.end,
      decorators: member.decorators,
    }),
  );
  if (member.value) {
    const initial = member.value;
    within(pass, member, scope, () => pass.value(initial, undefined));
  }
}
