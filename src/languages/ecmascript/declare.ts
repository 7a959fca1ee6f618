/** First pass: every scope, binding and symbol of the file. */
import { SymbolFlag } from '#model/vocabulary.ts';
import { declareClass } from './declare-classes.ts';
import { declareFunction, declareObject } from './declare-functions.ts';
import {
  declareDynamicImport,
  declareExportAll,
  declareExportDefault,
  declareExportNamed,
  declareImport,
  declareImportEquals,
  declareRequire,
  noteCommonExport,
  noteExport,
  resolveExports,
} from './declare-modules.ts';
import { hintOfAssignment, symbolOf } from './declare-names.ts';
import {
  blockScope,
  type DeclarePass,
  type NameHint,
  resolveUses,
  type ResolvedWrites,
  use,
  within,
} from './declare-pass.ts';
import { declarePattern, visitTarget } from './declare-patterns.ts';
import { declareAlias, declareEnum, declareInterface, declareNamespace } from './declare-types.ts';
import { declareLoopVariable, declareVariables } from './declare-variables.ts';
import type { AssignmentExpression, Expression, Node, Statement } from './estree.ts';
import { bare, isClass, isFunction } from './estree.ts';
import { eachChild } from './oxc.ts';
import { declareValue } from './scope.ts';
import { addSymbol } from './symbol-rows.ts';
import type { Unit } from './unit.ts';

export function declareFile(unit: Unit): ResolvedWrites {
  const { hashbang } = unit.program;
  addSymbol(unit, {
    kind: 'module',
    name: '',
    parent: -1,
    start: 0,
    end: unit.text.length,
    flags: hashbang ? SymbolFlag.entryPoint : 0,
    body: unit.program,
  });
  const pass: DeclarePass = {
    unit,
    scope: unit.moduleScope,
    owner: unit.module,
    symbol: 0,
    classUnit: undefined,
    exportFlags: 0,
    statementStart: 0,
    useNames: [],
    useScopes: [],
    writeNames: [],
    writeScopes: [],
    writeOffsets: [],
    exports: [],
    visit: (node) => visit(pass, node),
    value: (node, hint) => value(pass, node, hint),
    statements: (body) => statements(pass, body),
    declareFunction: (node, hint) => declareFunction(pass, node, hint),
    declareClass: (node, hint) => declareClass(pass, node, hint),
  };
  statements(pass, unit.program.body);
  resolveExports(pass);
  return resolveUses(pass);
}

/** Names that the statements of a block declare are known before the first one runs. */
function statements(pass: DeclarePass, body: readonly Statement[]): void {
  for (const statement of body) {
    const inner =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (inner && 'id' in inner && inner.id?.type === 'Identifier') {
      if (inner.type === 'FunctionDeclaration' || inner.type === 'TSDeclareFunction')
        declareValue(pass.scope, inner.id.name, 'function').writes++;
      else if (inner.type === 'ClassDeclaration') declareValue(pass.scope, inner.id.name, 'class');
    } else if (inner?.type === 'VariableDeclaration' && inner.kind !== 'var') {
      for (const { id } of inner.declarations)
        if (id.type === 'Identifier') declareValue(pass.scope, id.name, 'lexical');
    }
  }
  for (const statement of body) visit(pass, statement);
}

function visit(pass: DeclarePass, node: Node): void {
  switch (node.type) {
    case 'Identifier':
      if (node.name === 'arguments') markArguments(pass);
      use(pass, node.name);
      return;
    case 'Literal':
    case 'ThisExpression':
    case 'Super':
    case 'EmptyStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'DebuggerStatement':
    case 'MetaProperty':
    case 'PrivateIdentifier':
    case 'TemplateElement':
    case 'JSXText':
    case 'TSExportAssignment':
    case 'TSNamespaceExportDeclaration':
      if (node.type === 'TSExportAssignment') {
        visit(pass, node.expression);
        noteExport(pass, 'module.exports', node.expression);
      }
      return;
    case 'MemberExpression':
      visit(pass, node.object);
      if (node.computed) visit(pass, node.property);
      return;
    case 'CallExpression':
      declareRequire(pass, node);
      visit(pass, node.callee);
      for (const argument of node.arguments) visit(pass, argument);
      return;
    case 'ExpressionStatement':
      pass.statementStart = node.start;
      visit(pass, node.expression);
      return;
    case 'VariableDeclaration':
      declareVariables(pass, node);
      return;
    case 'AssignmentExpression':
      visitAssignment(pass, node, undefined);
      return;
    case 'UpdateExpression':
      visit(pass, node.argument);
      return;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'TSDeclareFunction':
    case 'TSEmptyBodyFunctionExpression':
    case 'ArrowFunctionExpression':
      if (pass.exportFlags === 0 && (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction'))
        pass.statementStart = node.start;
      declareFunction(pass, node, undefined);
      return;
    case 'ClassDeclaration':
    case 'ClassExpression':
      if (pass.exportFlags === 0) pass.statementStart = node.start;
      declareClass(pass, node, undefined);
      return;
    case 'ObjectExpression':
      declareObject(pass, node, undefined);
      return;
    case 'BlockStatement':
      within(pass, node, blockScope(pass), () => statements(pass, node.body));
      return;
    case 'ForStatement':
      within(pass, node, blockScope(pass), () => {
        if (node.init) visit(pass, node.init);
        if (node.test) visit(pass, node.test);
        if (node.update) visit(pass, node.update);
        visit(pass, node.body);
      });
      return;
    case 'ForInStatement':
    case 'ForOfStatement':
      visit(pass, node.right);
      within(pass, node, blockScope(pass), () => {
        declareLoopVariable(pass, node.left);
        visit(pass, node.body);
      });
      return;
    case 'SwitchStatement':
      visit(pass, node.discriminant);
      within(pass, node, blockScope(pass), () => {
        for (const { test, consequent } of node.cases) {
          if (test) visit(pass, test);
          statements(pass, consequent);
        }
      });
      return;
    case 'CatchClause': {
      const scope = blockScope(pass);
      within(pass, node, scope, () => {
        if (node.param)
          declarePattern(pass, node.param, {
            kind: 'catch',
            scope,
            written: true,
            flags: 0,
            constant: false,
            statementStart: 0,
            signatureEnd: 0,
          });
        visit(pass, node.body);
      });
      return;
    }
    case 'LabeledStatement':
      visit(pass, node.body);
      return;
    case 'ImportDeclaration':
      declareImport(pass, node);
      return;
    case 'ExportNamedDeclaration':
      declareExportNamed(pass, node);
      return;
    case 'ExportDefaultDeclaration':
      declareExportDefault(pass, node);
      return;
    case 'ExportAllDeclaration':
      declareExportAll(pass, node);
      return;
    case 'ImportExpression':
      declareDynamicImport(pass, node);
      visit(pass, node.source);
      return;
    case 'TSImportEqualsDeclaration':
      declareImportEquals(pass, node);
      return;
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      if (pass.exportFlags === 0) pass.statementStart = node.start;
      if (node.type === 'TSInterfaceDeclaration') declareInterface(pass, node);
      else if (node.type === 'TSTypeAliasDeclaration') declareAlias(pass, node);
      else if (node.type === 'TSEnumDeclaration') declareEnum(pass, node);
      else declareNamespace(pass, node);
      return;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      visit(pass, node.expression);
      return;
    case 'TaggedTemplateExpression':
      visit(pass, node.tag);
      visit(pass, node.quasi);
      return;
    case 'JSXIdentifier':
      use(pass, node.name);
      return;
    case 'JSXAttribute':
      if (node.value) visit(pass, node.value);
      return;
    case 'JSXMemberExpression':
      visit(pass, node.object);
      return;
    case 'JSXClosingElement':
      return;
    default:
      if (node.type.startsWith('TS')) return;
      eachChild(node, pass.visit);
  }
}

function markArguments(pass: DeclarePass): void {
  let unit: typeof pass.owner | undefined = pass.owner;
  while (unit?.arrow) unit = unit.owner;
  if (unit) unit.usesArguments = true;
}

/** A value with a name to give to what it creates. */
function value(pass: DeclarePass, node: Expression, hint: NameHint | undefined): void {
  const inner = bare(node);
  if (isFunction(inner)) declareFunction(pass, inner, hint);
  else if (isClass(inner)) declareClass(pass, inner, hint);
  else if (inner.type === 'ObjectExpression') declareHintedObject(pass, inner, hint);
  else if (inner.type === 'AssignmentExpression') visitAssignment(pass, inner, hint);
  else if (hint && inner.type === 'LogicalExpression') {
    visit(pass, inner.left);
    value(pass, inner.right, hint);
  } else if (hint && inner.type === 'ConditionalExpression') {
    visit(pass, inner.test);
    value(pass, inner.consequent, hint);
    value(pass, inner.alternate, hint);
  } else visit(pass, node);
}

function declareHintedObject(
  pass: DeclarePass,
  node: Extract<Expression, { type: 'ObjectExpression' }>,
  hint: NameHint | undefined,
): void {
  if (!hint) return declareObject(pass, node, undefined);
  const outer = pass.symbol;
  const isExport = hint.name === 'exports' || hint.name === 'default';
  // The hint of a prototype or of an exported object names no symbol of its own: members belong to what it names.
  if (hint.name === 'prototype') pass.symbol = hint.parent;
  declareObject(pass, node, isExport && hint.parent === 0 ? 0 : undefined);
  pass.symbol = outer;
}

function visitAssignment(pass: DeclarePass, node: AssignmentExpression, hint: NameHint | undefined): void {
  noteCommonExport(pass, node.left, node.right);
  visitTarget(pass, node.left);
  const own = hint ?? hintOfAssignment(pass, node);
  const target = node.left;
  const right = bare(node.right);
  if (
    target.type === 'MemberExpression' &&
    !target.computed &&
    target.property.type === 'Identifier' &&
    target.property.name === 'prototype'
  ) {
    const owner = symbolOf(pass, target.object);
    if (right.type === 'ObjectExpression') return declareObject(pass, right, owner >= 0 ? owner : undefined);
  }
  if (!isFunction(right) && !isClass(right)) addAssignedField(pass, node);
  value(pass, node.right, own);
}

/** `this.x = …` in a class that does not declare `x`. */
function addAssignedField(pass: DeclarePass, { left, start, end }: AssignmentExpression): void {
  if (left.type !== 'MemberExpression' || left.computed || left.object.type !== 'ThisExpression' || !pass.classUnit)
    return;
  const name = left.property.type === 'PrivateIdentifier' ? `#${left.property.name}` : left.property.name;
  const { members, symbol } = pass.classUnit;
  if (members.has(name)) return;
  members.add(name);
  addSymbol(pass.unit, {
    kind: 'field',
    name,
    parent: symbol,
    start,
    end,
    nameStart: left.property.start,
    statementStart: pass.statementStart,
  });
}
