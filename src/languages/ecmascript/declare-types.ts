/** Interfaces, type aliases, enums and namespaces. */
import { SymbolFlag } from '#model/vocabulary.ts';
import type {
  TSEnumDeclaration,
  TSGlobalDeclaration,
  TSInterfaceDeclaration,
  TSModuleDeclaration,
  TSSignature,
  TSType,
  TSTypeAliasDeclaration,
} from './estree.ts';
import { keyName } from './estree.ts';
import { memberName } from './declare-classes.ts';
import { declareTypeParameters } from './declare-functions.ts';
import type { DeclarePass } from './declare-pass.ts';
import { blockScope, takeExportFlags, within } from './declare-pass.ts';
import { declareType, declareValue, openScope } from './scope.ts';
import { addSymbol, oneLine, typeText } from './symbol-rows.ts';

export function declareInterface(pass: DeclarePass, node: TSInterfaceDeclaration): void {
  const symbol = addSymbol(pass.unit, {
    kind: 'interface',
    name: node.id.name,
    parent: pass.symbol,
    start: node.start,
    end: node.end,
    nameStart: node.id.start,
    flags: takeExportFlags(pass),
    statementStart: pass.statementStart,
    signatureEnd: node.body.start,
    body: node.body,
  });
  pass.unit.symbols.set(node, symbol);
  const binding = declareType(
    pass.scope,
    node.id.name,
    pass.scope.values.get(node.id.name)?.kind === 'class' ? pass.scope.values.get(node.id.name) : undefined,
  );
  if (binding.symbol < 0) binding.symbol = symbol;
  const scope = blockScope(pass);
  declareTypeParameters(scope, node.typeParameters);
  pass.unit.scopes.set(node, scope);
  for (const member of node.body.body) declareSignature(pass, member, symbol);
}

function declareSignature(pass: DeclarePass, member: TSSignature, parent: number): void {
  if (member.type === 'TSMethodSignature') {
    pass.unit.symbols.set(
      member,
      addSymbol(pass.unit, {
        kind: member.kind === 'method' ? 'method' : 'property',
        name: memberName(pass, member),
        parent,
        start: member.start,
        end: member.end,
        nameStart: member.key.start,
        flags:
          SymbolFlag.declaration |
          (member.kind === 'get' ? SymbolFlag.getter : member.kind === 'set' ? SymbolFlag.setter : 0),
        signatureEnd: member.end,
        function: member,
      }),
    );
  } else if (member.type === 'TSPropertySignature') {
    const symbol = addSymbol(pass.unit, {
      kind: 'property',
      name: memberName(pass, member),
      parent,
      start: member.start,
      end: member.end,
      nameStart: member.key.start,
      flags: SymbolFlag.declaration | (member.readonly ? SymbolFlag.readonly : 0),
      signatureEnd: member.end,
      declaredType: typeText(pass.unit, member.typeAnnotation),
    });
    pass.unit.symbols.set(member, symbol);
    const type = member.typeAnnotation?.typeAnnotation;
    if (type) declareTypeMembers(pass, type, symbol);
  }
}

/** Members of object types written in place. */
function declareTypeMembers(pass: DeclarePass, type: TSType, parent: number): void {
  if (type.type === 'TSTypeLiteral') for (const member of type.members) declareSignature(pass, member, parent);
  else if (type.type === 'TSIntersectionType' || type.type === 'TSUnionType')
    for (const part of type.types) declareTypeMembers(pass, part, parent);
}

export function declareAlias(pass: DeclarePass, node: TSTypeAliasDeclaration): void {
  const symbol = addSymbol(pass.unit, {
    kind: 'type',
    name: node.id.name,
    parent: pass.symbol,
    start: node.start,
    end: node.end,
    nameStart: node.id.start,
    flags: takeExportFlags(pass),
    statementStart: pass.statementStart,
    signatureEnd: node.end,
    declaredType: oneLine(pass.unit.text.slice(node.typeAnnotation.start, node.typeAnnotation.end)),
  });
  pass.unit.symbols.set(node, symbol);
  const binding = declareType(pass.scope, node.id.name);
  if (binding.symbol < 0) binding.symbol = symbol;
  const scope = blockScope(pass);
  declareTypeParameters(scope, node.typeParameters);
  pass.unit.scopes.set(node, scope);
  declareTypeMembers(pass, node.typeAnnotation, symbol);
}

export function declareEnum(pass: DeclarePass, node: TSEnumDeclaration): void {
  const symbol = addSymbol(pass.unit, {
    kind: 'enum',
    name: node.id.name,
    parent: pass.symbol,
    start: node.start,
    end: node.end,
    nameStart: node.id.start,
    flags: takeExportFlags(pass) | (node.declare ? SymbolFlag.declaration : 0),
    statementStart: pass.statementStart,
    signatureEnd: node.body.start,
  });
  pass.unit.symbols.set(node, symbol);
  const binding = declareValue(pass.scope, node.id.name, 'enum');
  if (binding.symbol < 0) binding.symbol = symbol;
  binding.writes = 1;
  within(pass, node, blockScope(pass), () => {
    for (const member of node.body.members) {
      const name = keyName(member.id, member.computed) ?? oneLine(pass.unit.text.slice(member.id.start, member.id.end));
      const row = addSymbol(pass.unit, {
        kind: 'enum-member',
        name,
        parent: symbol,
        start: member.start,
        end: member.end,
        nameStart: member.id.start,
        signatureEnd: member.end,
      });
      pass.unit.symbols.set(member, row);
      const local = declareValue(pass.scope, name, 'lexical');
      local.symbol = row;
      if (member.initializer) pass.visit(member.initializer);
    }
  });
}

export function declareNamespace(pass: DeclarePass, node: TSModuleDeclaration | TSGlobalDeclaration): void {
  const name =
    node.id.type === 'Identifier'
      ? node.id.name
      : node.id.type === 'Literal'
        ? node.id.value
        : oneLine(pass.unit.text.slice(node.id.start, node.id.end));
  const symbol = addSymbol(pass.unit, {
    kind: 'namespace',
    name,
    parent: pass.symbol,
    start: node.start,
    end: node.end,
    nameStart: node.id.start,
    flags: takeExportFlags(pass) | (node.declare ? SymbolFlag.declaration : 0),
    statementStart: pass.statementStart,
    signatureEnd: node.body?.start ?? node.end,
  });
  pass.unit.symbols.set(node, symbol);
  if (node.id.type !== 'Literal' && !node.global) {
    const root = node.id.type === 'Identifier' ? node.id.name : name.split('.')[0]!;
    const binding = declareValue(pass.scope, root, 'namespace');
    if (binding.symbol < 0) binding.symbol = symbol;
    binding.writes = Math.max(1, binding.writes);
  }
  const scope = openScope(pass.scope, pass.owner, { hoists: true, container: symbol });
  if (!node.body) return;
  const { body } = node.body;
  const before = pass.symbol;
  pass.symbol = symbol;
  within(pass, node, scope, () => pass.statements(body));
  pass.symbol = before;
}
