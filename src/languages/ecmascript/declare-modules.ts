/** Import and export statements, `require`, `module.exports`. */
import { ImportFlag, SymbolColumn } from '#model/facts.ts';
import { importKinds, type ImportKind, SymbolFlag } from '#model/vocabulary.ts';
import type {
  BindingPattern,
  CallExpression,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  ImportDeclaration,
  ImportExpression,
  ModuleExportName,
  Node,
  TSImportEqualsDeclaration,
  VariableDeclarator,
} from './estree.ts';
import { bare, constantText, isClass, isFunction, keyName } from './estree.ts';
import { isExportsObject, isFree, isModuleExports } from './declare-names.ts';
import type { DeclarePass } from './declare-pass.ts';
import { use } from './declare-pass.ts';
import { declareValue, lookup, lookupType } from './scope.ts';

export interface ImportSpec {
  readonly kind: ImportKind;
  readonly specifier: string;
  readonly name?: string | undefined;
  readonly alias?: string | undefined;
  readonly place: number;
  readonly typeOnly?: boolean | undefined;
}

function addImport(pass: DeclarePass, spec: ImportSpec): number {
  const { facts, index, module } = pass.unit;
  const line = index.line(spec.place);
  const nested = pass.owner !== module;
  return facts.imports.add(
    importKinds.indexOf(spec.kind),
    facts.string(spec.specifier),
    facts.string(spec.name),
    facts.string(spec.alias),
    line,
    index.column(spec.place, line),
    pass.symbol,
    0,
    (spec.typeOnly ? ImportFlag.typeOnly : 0) | (nested ? ImportFlag.inFunction : 0),
  );
}

const exportName = (node: ModuleExportName): string => (node.type === 'Literal' ? node.value : node.name);

export function declareImport(pass: DeclarePass, node: ImportDeclaration): void {
  const specifier = node.source.value;
  if (node.specifiers.length === 0) addImport(pass, { kind: 'side-effect', specifier, place: node.source.start });
  for (const item of node.specifiers) {
    const typeOnly = node.importKind === 'type' || (item.type === 'ImportSpecifier' && item.importKind === 'type');
    const alias = item.local.name;
    const name =
      item.type === 'ImportNamespaceSpecifier'
        ? undefined
        : item.type === 'ImportDefaultSpecifier'
          ? 'default'
          : exportName(item.imported);
    const row = addImport(pass, {
      kind: name === undefined ? 'module' : 'member',
      specifier,
      name,
      alias,
      place: item.local.start,
      typeOnly,
    });
    const binding = declareValue(pass.unit.moduleScope, alias, 'import');
    binding.importRow = row;
    binding.writes = 1;
    pass.unit.importRows.set(item, row);
  }
}

export function declareImportEquals(pass: DeclarePass, node: TSImportEqualsDeclaration): void {
  const binding = declareValue(
    pass.scope,
    node.id.name,
    node.moduleReference.type === 'TSExternalModuleReference' ? 'import' : 'namespace',
  );
  binding.writes = 1;
  if (node.moduleReference.type === 'TSExternalModuleReference') {
    binding.importRow = addImport(pass, {
      kind: 'module',
      specifier: node.moduleReference.expression.value,
      alias: node.id.name,
      place: node.id.start,
      typeOnly: node.importKind === 'type',
    });
    pass.unit.importRows.set(node, binding.importRow);
  }
}

/** Row of `exports`; a name that is exported twice keeps its first row with a symbol. */
function addExport(pass: DeclarePass, name: string, symbol: number, importRow: number, typeOnly = false): void {
  const { facts } = pass.unit;
  facts.exports.add(facts.string(name), symbol, importRow, typeOnly ? 2 : 1);
}

export function declareExportNamed(pass: DeclarePass, node: ExportNamedDeclaration): void {
  const typeOnly = node.exportKind === 'type';
  for (const item of node.specifiers) {
    const name = exportName(item.exported);
    const local = exportName(item.local);
    const type = typeOnly || item.exportKind === 'type';
    if (node.source) {
      const row = addImport(pass, {
        kind: 're-export',
        specifier: node.source.value,
        name: local,
        alias: name,
        place: item.local.start,
        typeOnly: type,
      });
      pass.unit.importRows.set(item, row);
      addExport(pass, name, -1, row, type);
    } else {
      use(pass, local);
      pass.exports.push({ name, scope: pass.scope, local, node: undefined, typeOnly: type });
    }
  }
  if (node.source && node.specifiers.length === 0)
    addImport(pass, { kind: 'side-effect', specifier: node.source.value, place: node.source.start });
  if (!node.declaration) return;
  pass.statementStart = node.start;
  pass.exportFlags = SymbolFlag.exported;
  pass.visit(node.declaration);
  pass.exportFlags = 0;
  // Inside a namespace, exported names are members of the namespace, not of the file.
  if (pass.scope !== pass.unit.moduleScope) return;
  const { declaration } = node;
  const names =
    declaration.type === 'VariableDeclaration'
      ? declaration.declarations.flatMap(({ id }) => patternNames(id))
      : 'id' in declaration && declaration.id?.type === 'Identifier'
        ? [declaration.id.name]
        : [];
  const isType = declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration';
  for (const name of names)
    pass.exports.push({
      name,
      scope: pass.scope,
      local: name,
      node: isType ? declaration : undefined,
      typeOnly: isType,
    });
}

export function patternNames(pattern: BindingPattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((item) =>
        patternNames(item.type === 'RestElement' ? item.argument : item.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((item) =>
        item ? patternNames(item.type === 'RestElement' ? item.argument : item) : [],
      );
    case 'AssignmentPattern':
      return patternNames(pattern.left);
  }
}

export function declareExportDefault(pass: DeclarePass, node: ExportDefaultDeclaration): void {
  const { declaration } = node;
  pass.statementStart = node.start;
  if (declaration.type === 'TSInterfaceDeclaration' || isFunction(declaration) || isClass(declaration)) {
    pass.exportFlags = SymbolFlag.exported | SymbolFlag.default;
    pass.visit(declaration);
    pass.exportFlags = 0;
    pass.exports.push({
      name: 'default',
      scope: pass.scope,
      local: undefined,
      node: declaration,
      typeOnly: declaration.type === 'TSInterfaceDeclaration',
    });
    return;
  }
  const value = bare(declaration);
  if (isFunction(value) || isClass(value) || value.type === 'ObjectExpression') {
    pass.value(declaration, {
      name: 'default',
      parent: pass.symbol,
      start: node.start,
      end: node.end,
      nameStart: value.start,
      flags: SymbolFlag.exported | SymbolFlag.default,
      statementStart: node.start,
    });
  } else {
    pass.value(declaration, undefined);
  }
  pass.exports.push({
    name: 'default',
    scope: pass.scope,
    local: value.type === 'Identifier' ? value.name : undefined,
    node: value,
    typeOnly: false,
  });
}

export function declareExportAll(pass: DeclarePass, node: ExportAllDeclaration): void {
  const alias = node.exported ? exportName(node.exported) : undefined;
  const row = addImport(pass, {
    kind: alias === undefined ? 're-export-star' : 're-export',
    specifier: node.source.value,
    alias,
    place: node.source.start,
    typeOnly: node.exportKind === 'type',
  });
  pass.unit.importRows.set(node, row);
  if (alias !== undefined) addExport(pass, alias, -1, row, node.exportKind === 'type');
}

/** The constant specifier of `require("x")`; undefined for other calls. */
function requiredSpecifier(pass: DeclarePass, node: CallExpression): string | undefined {
  if (
    node.callee.type !== 'Identifier' ||
    node.callee.name !== 'require' ||
    node.arguments.length !== 1 ||
    !isFree(pass, 'require')
  )
    return undefined;
  const argument = node.arguments[0]!;
  return argument.type === 'SpreadElement' ? undefined : constantText(argument);
}

export function declareRequire(pass: DeclarePass, node: CallExpression): void {
  const specifier = requiredSpecifier(pass, node);
  if (specifier !== undefined && !pass.unit.importRows.has(node))
    pass.unit.importRows.set(node, addImport(pass, { kind: 'module', specifier, place: node.start }));
}

export function declareDynamicImport(pass: DeclarePass, node: ImportExpression): void {
  const specifier = constantText(node.source);
  if (specifier !== undefined)
    pass.unit.importRows.set(node, addImport(pass, { kind: 'dynamic', specifier, place: node.start }));
}

/** `const x = require("m")`, `const { a } = require("m")`, `const a = require("m").a`: the names are imported. True if it was one. */
export function declareRequiredNames(pass: DeclarePass, node: VariableDeclarator): boolean {
  const init = node.init && bare(node.init);
  if (!init) return false;
  const direct = init.type === 'CallExpression' ? init : undefined;
  const member = init.type === 'MemberExpression' && init.object.type === 'CallExpression' ? init.object : undefined;
  const call = direct ?? member;
  const specifier = call && requiredSpecifier(pass, call);
  if (!call || specifier === undefined) return false;
  if (node.id.type === 'Identifier') {
    const name = init.type === 'MemberExpression' ? keyName(init.property, init.computed) : undefined;
    if (member && name === undefined) return false;
    const row = addImport(pass, {
      kind: name === undefined ? 'module' : 'member',
      specifier,
      name,
      alias: node.id.name,
      place: node.id.start,
    });
    pass.unit.importRows.set(init, row);
    bindImport(pass, node.id.name, row);
    return true;
  }
  if (!direct || node.id.type !== 'ObjectPattern') return false;
  // The module itself has no name here, unless a rest element takes what is left.
  if (!node.id.properties.some(({ type }) => type === 'RestElement')) pass.unit.importRows.set(direct, -1);
  for (const property of node.id.properties) {
    if (property.type === 'RestElement') continue;
    const name = keyName(property.key, property.computed);
    if (name === undefined) continue;
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    const alias = target.type === 'Identifier' ? target.name : undefined;
    const row = addImport(pass, { kind: 'member', specifier, name, alias, place: target.start });
    pass.unit.importRows.set(property, row);
    if (alias !== undefined) bindImport(pass, alias, row);
  }
  return true;
}

function bindImport(pass: DeclarePass, name: string, row: number): void {
  const binding = lookup(pass.scope, name);
  if (binding) binding.importRow = row;
}

/** `exports.a = …`, `module.exports = …`, `module.exports = { a, b }`. */
export function noteCommonExport(pass: DeclarePass, left: Node, right: Expression): void {
  if (left.type !== 'MemberExpression') return;
  const value = bare(right);
  if (isModuleExports(pass, left)) {
    pass.exports.push({
      name: 'module.exports',
      scope: pass.scope,
      local: value.type === 'Identifier' ? value.name : undefined,
      node: value,
      typeOnly: false,
    });
    if (value.type !== 'ObjectExpression') return;
    for (const property of value.properties) {
      if (property.type === 'SpreadElement') continue;
      const name = keyName(property.key, property.computed);
      if (name !== undefined) noteExport(pass, name, property.value);
    }
  } else if (isExportsObject(pass, left.object)) {
    const name = keyName(left.property, left.computed);
    if (name !== undefined) noteExport(pass, name, right);
  }
}

export function noteExport(pass: DeclarePass, name: string, right: Expression): void {
  const value = bare(right);
  pass.exports.push({
    name,
    scope: pass.scope,
    local: value.type === 'Identifier' ? value.name : undefined,
    node: value,
    typeOnly: false,
  });
}

/** Writes the export rows, once all bindings are known. */
export function resolveExports(pass: DeclarePass): void {
  const { facts } = pass.unit;
  const seen = new Set<string>();
  for (const { name, scope, local, node, typeOnly } of pass.exports) {
    const binding =
      local === undefined
        ? undefined
        : typeOnly
          ? (lookupType(scope, local) ?? lookup(scope, local))
          : (lookup(scope, local) ?? lookupType(scope, local));
    if (binding) binding.captured = true;
    const declared = node && pass.unit.symbols.get(node);
    const symbol = declared ?? binding?.symbol ?? -1;
    const imported = symbol < 0 && binding ? binding.importRow : node ? (pass.unit.importRows.get(node) ?? -1) : -1;
    const key = `${name}\0${symbol}\0${imported}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (symbol > 0) {
      const flags = facts.symbols.get(symbol, SymbolColumn.flags);
      facts.symbols.set(
        symbol,
        SymbolColumn.flags,
        flags | SymbolFlag.exported | (name === 'default' ? SymbolFlag.default : 0),
      );
    }
    addExport(pass, name, symbol, imported, typeOnly);
  }
}
