/** What assignment targets, patterns and type parameters bind, and the symbols that module and class variables get. */
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind, symbolKinds } from '#model/vocabulary.ts';
import type { BodyHashes } from './body-hash.ts';
import { Kind } from './grammar.ts';
import { ScopeKind, type ScopeTable } from './scope-table.ts';
import { addSymbol, oneLine, visibilityOf } from './symbol-rows.ts';
import type { Unit } from './unit.ts';

/** The tables that bindings are written to. */
export interface BindingTable {
  readonly unit: Unit;
  readonly scopes: ScopeTable;
  readonly hashes: BodyHashes;
  /** Members by class symbol row and name. */
  readonly members: ReadonlyMap<number, Map<number, number>>;
  /** Notes that a node binds a variable (or only declares it). */
  bound(node: number, variable: number, isBinding: boolean): void;
  /** Notes the symbol that stands for a variable. */
  symbolized(symbol: number, variable: number): void;
  classOfSelf(scope: number, name: number): number;
}

const enumKind = symbolKinds.indexOf('enum');

/** `statement`: the node that a symbol for the target would stand for, −1 where none should. */
export function bindTarget(
  table: BindingTable,
  node: number,
  scope: number,
  statement: number,
  isBound: boolean,
): void {
  const { unit, scopes } = table;
  switch (unit.kind(node)) {
    case Kind.identifier: {
      const variable = scopes.bind(scope, unit.name(node));
      table.bound(node, variable, isBound);
      if (scopes.variableSymbol[variable]! < 0) addVariable(table, node, variable, statement);
      break;
    }
    case Kind.attribute:
      addField(table, node, scope, statement);
      break;
    case Kind.subscript:
    case Kind.call:
      break;
    default:
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
        bindTarget(table, child, scope, statement, isBound);
  }
}

function addVariable(table: BindingTable, node: number, variable: number, statement: number): void {
  const { unit, scopes } = table;
  const scope = scopes.variableScope[variable]!;
  const kind = scopes.kind[scope]!;
  if ((kind !== ScopeKind.module && kind !== ScopeKind.class) || statement < 0 || scopes.variableImport[variable]! >= 0)
    return;
  const name = unit.textOf(node);
  const parent = scopes.symbol[scope]!;
  const inClass = kind === ScopeKind.class;
  const type = unit.kind(statement) === Kind.assignment ? unit.child(statement, unit.fields.type) : -1;
  const declaredType = type < 0 ? undefined : oneLine(unit.textOf(type));
  const isConstant = /^_*[A-Z][A-Z0-9_]*$/.test(name);
  const isAlias = declaredType === 'TypeAlias' || declaredType === 'typing.TypeAlias';
  const isEnumMember =
    inClass && unit.facts.symbols.get(parent, SymbolColumn.kind) === enumKind && !name.startsWith('_');
  const row = addSymbol(unit, table.hashes, {
    kind: variableKind(inClass, isConstant, isAlias, isEnumMember),
    name,
    parent,
    node: statement,
    nameNode: node,
    visibility: visibilityOf(name),
    header: statement,
    declaredType,
    flags: (isConstant ? SymbolFlag.readonly : 0) | (inClass ? SymbolFlag.static : 0),
  });
  scopes.variableSymbol[variable] = row;
  table.symbolized(row, variable);
  if (inClass) table.members.get(parent)?.set(unit.name(node), row);
}

/** `self.x = …`: a field of the class whose method it is. */
function addField(table: BindingTable, node: number, scope: number, statement: number): void {
  const { unit } = table;
  const object = unit.child(node, unit.fields.object);
  const attribute = unit.child(node, unit.fields.attribute);
  if (object < 0 || attribute < 0 || statement < 0 || unit.kind(object) !== Kind.identifier) return;
  const owner = table.classOfSelf(scope, unit.name(object));
  if (owner < 0) return;
  const members = table.members.get(owner);
  const name = unit.name(attribute);
  if (!members || members.has(name)) return;
  const text = unit.textOf(attribute);
  const type = unit.kind(statement) === Kind.assignment ? unit.child(statement, unit.fields.type) : -1;
  members.set(
    name,
    addSymbol(unit, table.hashes, {
      kind: 'field',
      name: text,
      parent: owner,
      node: statement,
      nameNode: attribute,
      flags: 0,
      visibility: visibilityOf(text),
      header: statement,
      declaredType: type < 0 ? undefined : oneLine(unit.textOf(type)),
    }),
  );
}

export function bindTypeAlias(table: BindingTable, node: number, scope: number): void {
  const { unit, scopes } = table;
  const left = unit.child(node, unit.fields.left);
  if (left < 0) return;
  let name = left;
  while (name >= 0 && unit.kind(name) !== Kind.identifier) name = unit.firstNamed(name);
  if (name < 0) return;
  const kind = scopes.kind[scope]!;
  const variable = scopes.bind(scope, unit.name(name));
  table.bound(name, variable, true);
  if (kind !== ScopeKind.module && kind !== ScopeKind.class) return;
  const right = unit.child(node, unit.fields.right);
  scopes.variableSymbol[variable] = addSymbol(unit, table.hashes, {
    kind: 'type',
    name: unit.textOf(name),
    parent: scopes.symbol[scope]!,
    node,
    nameNode: name,
    flags: 0,
    visibility: visibilityOf(unit.textOf(name)),
    header: node,
    declaredType: right < 0 ? undefined : oneLine(unit.textOf(right)),
  });
}

export function bindTypeParameters(table: BindingTable, node: number, scope: number): void {
  const { unit } = table;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    let name = child;
    while (name >= 0 && unit.kind(name) !== Kind.identifier) name = unit.firstNamed(name);
    if (name >= 0) table.bound(name, table.scopes.bind(scope, unit.name(name)), true);
  }
}

/** Names that a match pattern binds. */
export function bindCapture(table: BindingTable, node: number, scope: number): void {
  const { unit } = table;
  const parent = unit.kind(unit.tree.parent[node]!);
  const kind = unit.kind(node);
  let name = -1;
  if (kind === Kind.dotted_name) {
    const first = unit.firstNamed(node);
    const isCapture = parent === Kind.case_pattern || parent === Kind.keyword_pattern || parent === Kind.union_pattern;
    if (isCapture && first >= 0 && unit.tree.subtreeEnd[first] === unit.tree.subtreeEnd[node]) name = first;
  } else {
    // `case … as name` and `*name`: the identifier is the last child.
    for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
      if (unit.kind(child) === Kind.identifier) name = child;
    if (kind === Kind.as_pattern && unit.child(node, unit.fields.alias) >= 0) return;
  }
  if (name >= 0 && unit.textOf(name) !== '_') table.bound(name, table.scopes.bind(scope, unit.name(name)), true);
}

function variableKind(inClass: boolean, isConstant: boolean, isAlias: boolean, isEnumMember: boolean): SymbolKind {
  if (isAlias) return 'type';
  if (isEnumMember) return 'enum-member';
  if (isConstant) return 'constant';
  return inClass ? 'field' : 'variable';
}
