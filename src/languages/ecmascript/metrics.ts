/**
 * Metrics of functions, classes and the module, in one walk. Cyclomatic: McCabe, one for each `if`, loop, `case`, `catch`,
 * `?:`, `&&`, `||`, `??`, and for optional chains none. Cognitive: SonarSource's definition 1.7. What an anonymous function
 * decides counts for the function around it as well.
 */
import { type LineCounts, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import { countLines } from '../line-classes.ts';
import type { Node } from './estree.ts';
import { bare, isClass, isFunction } from './estree.ts';
import { countCohesion } from './cohesion.ts';
import { eachChild } from './oxc.ts';
import type { Unit } from './unit.ts';

interface Frame {
  readonly symbol: number;
  readonly name: string;
  cyclomatic: number;
  cognitive: number;
  deepest: number;
  statements: number;
  operators: number;
  operands: number;
  readonly operatorKinds: Set<string>;
  readonly operandKinds: Set<string>;
}

interface Walk {
  readonly unit: Unit;
  readonly lines: Uint8Array;
  frame: Frame;
  /** Nesting as Cognitive Complexity counts it, and of control structures alone. */
  nesting: number;
  depth: number;
}

function openFrame(unit: Unit, symbol: number): Frame {
  const name = unit.facts.strings[unit.facts.symbols.get(symbol, SymbolColumn.name)] ?? '';
  return {
    symbol,
    name,
    cyclomatic: 1,
    cognitive: 0,
    deepest: 0,
    statements: 0,
    operators: 0,
    operands: 0,
    operatorKinds: new Set(),
    operandKinds: new Set(),
  };
}

export function measureFile(unit: Unit, lines: Uint8Array): void {
  const walk: Walk = { unit, lines, frame: openFrame(unit, 0), nesting: 0, depth: 0 };
  for (const statement of unit.program.body) visit(walk, statement);
  writeRow(walk, walk.frame, -1);
}

function writeRow({ unit, lines }: Walk, frame: Frame, cohesion: number): void {
  const { symbols, metrics } = unit.facts;
  const first = symbols.get(frame.symbol, SymbolColumn.startLine);
  const last = frame.symbol === 0 ? lines.length : symbols.get(frame.symbol, SymbolColumn.endLine);
  const counts: LineCounts = countLines(lines, first, last);
  const row = metrics.add(
    frame.symbol,
    counts.code,
    counts.comment,
    counts.blank,
    frame.cyclomatic,
    frame.cognitive,
    frame.deepest,
    frame.operatorKinds.size,
    frame.operandKinds.size,
    frame.operators,
    frame.operands,
    frame.statements,
    cohesion,
  );
  symbols.set(frame.symbol, SymbolColumn.metrics, row);
}

const operator = (walk: Walk, kind: string): void => {
  walk.frame.operators++;
  walk.frame.operatorKinds.add(kind);
};
const operand = (walk: Walk, text: string): void => {
  walk.frame.operands++;
  walk.frame.operandKinds.add(text);
};

/** A structure that breaks the linear flow: more expensive the deeper it stands. */
function structure(walk: Walk, keyword: string, body: () => void): void {
  operator(walk, keyword);
  walk.frame.cyclomatic++;
  nested(walk, body, 1 + walk.nesting);
}

function nested(walk: Walk, body: () => void, price: number): void {
  walk.frame.cognitive += price;
  walk.nesting++;
  walk.depth++;
  if (walk.depth > walk.frame.deepest) walk.frame.deepest = walk.depth;
  body();
  walk.depth--;
  walk.nesting--;
}

function visitFunction(walk: Walk, node: Node): void {
  const { unit } = walk;
  const symbol = unit.symbols.get(node);
  const outer = walk.frame;
  const before = { nesting: walk.nesting, depth: walk.depth };
  const isInner = outer.symbol !== 0 && !isClassSymbol(unit, outer.symbol);
  if (symbol === undefined) return eachChild(node, (child) => visit(walk, child));
  walk.frame = openFrame(unit, symbol);
  walk.nesting = 0;
  walk.depth = 0;
  eachChild(node, (child) => visit(walk, child));
  const inner = walk.frame;
  writeRow(walk, inner, -1);
  walk.frame = outer;
  walk.nesting = before.nesting;
  walk.depth = before.depth;
  merge(outer, inner);
  const anonymous = (unit.facts.symbols.get(symbol, SymbolColumn.flags) & SymbolFlag.anonymous) !== 0;
  if (isInner) outer.cognitive += inner.cognitive;
  if (anonymous && isInner) outer.cyclomatic += inner.cyclomatic - 1;
}

const classKind = symbolKinds.indexOf('class');
function isClassSymbol(unit: Unit, symbol: number): boolean {
  return unit.facts.symbols.get(symbol, SymbolColumn.kind) === classKind;
}

function merge(outer: Frame, inner: Frame): void {
  outer.statements += inner.statements;
  outer.operators += inner.operators;
  outer.operands += inner.operands;
  for (const kind of inner.operatorKinds) outer.operatorKinds.add(kind);
  for (const kind of inner.operandKinds) outer.operandKinds.add(kind);
}

function visitClass(walk: Walk, node: Node): void {
  const symbol = walk.unit.symbols.get(node);
  if (symbol === undefined || !isClass(node)) return eachChild(node, (child) => visit(walk, child));
  const outer = walk.frame;
  const before = { nesting: walk.nesting, depth: walk.depth };
  walk.frame = openFrame(walk.unit, symbol);
  walk.nesting = 0;
  walk.depth = 0;
  operator(walk, 'class');
  eachChild(node, (child) => visit(walk, child));
  writeRow(walk, walk.frame, countCohesion(node));
  merge(outer, walk.frame);
  walk.frame = outer;
  walk.nesting = before.nesting;
  walk.depth = before.depth;
}

function visitIf(walk: Walk, node: Extract<Node, { type: 'IfStatement' }>, isElse: boolean): void {
  operator(walk, 'if');
  walk.frame.cyclomatic++;
  visit(walk, node.test);
  nested(walk, () => visit(walk, node.consequent), isElse ? 1 : 1 + walk.nesting);
  if (!node.alternate) return;
  operator(walk, 'else');
  if (node.alternate.type === 'IfStatement') {
    walk.frame.statements++;
    visitIf(walk, node.alternate, true);
  } else nested(walk, () => visit(walk, node.alternate!), 1);
}

/** Each change of operator in a run of `&&`, `||`, `??` is one more thing to understand. */
function visitLogical(walk: Walk, node: Extract<Node, { type: 'LogicalExpression' }>, above: string): void {
  operator(walk, node.operator);
  walk.frame.cyclomatic++;
  if (node.operator !== above) walk.frame.cognitive++;
  for (const side of [node.left, node.right]) {
    const inner = bare(side);
    if (inner.type === 'LogicalExpression') visitLogical(walk, inner, node.operator);
    else visit(walk, side);
  }
}

function visit(walk: Walk, node: Node): void {
  const { type } = node;
  const { frame } = walk;
  const children = (): void => eachChild(node, (child) => visit(walk, child));
  if (isFunction(node)) {
    operator(walk, 'function');
    if (type === 'FunctionDeclaration') frame.statements++;
    return visitFunction(walk, node);
  }
  switch (node.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
    case 'JSXIdentifier':
      return operand(walk, node.name);
    case 'Literal':
      return operand(walk, node.raw ?? String(node.value));
    case 'TemplateElement':
      return node.value.raw === '' ? undefined : operand(walk, node.value.raw);
    case 'ThisExpression':
    case 'Super':
      return operand(walk, type === 'Super' ? 'super' : 'this');
    case 'ClassDeclaration':
    case 'ClassExpression':
      if (type === 'ClassDeclaration') frame.statements++;
      return visitClass(walk, node);
    case 'IfStatement':
      frame.statements++;
      return visitIf(walk, node, false);
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      frame.statements++;
      return structure(walk, type, children);
    case 'CatchClause':
      return structure(walk, 'catch', children);
    case 'ConditionalExpression':
      return structure(walk, '?:', children);
    case 'SwitchStatement':
      frame.statements++;
      operator(walk, 'switch');
      return nested(walk, children, 1 + walk.nesting);
    case 'SwitchCase':
      operator(walk, node.test ? 'case' : 'default');
      if (node.test) frame.cyclomatic++;
      return children();
    case 'LogicalExpression':
      return visitLogical(walk, node, '');
    case 'BreakStatement':
    case 'ContinueStatement':
      frame.statements++;
      operator(walk, type);
      if (node.label) frame.cognitive++;
      return;
    case 'BinaryExpression':
    case 'AssignmentExpression':
    case 'UnaryExpression':
    case 'UpdateExpression':
      operator(walk, node.operator);
      if (
        node.type === 'AssignmentExpression' &&
        (node.operator === '&&=' || node.operator === '||=' || node.operator === '??=')
      )
        frame.cyclomatic++;
      return children();
    case 'CallExpression':
      operator(walk, '()');
      // Recursion.
      if (node.callee.type === 'Identifier' && node.callee.name === frame.name && frame.symbol !== 0) frame.cognitive++;
      return children();
    case 'MemberExpression':
      operator(walk, node.computed ? '[]' : '.');
      return children();
    case 'VariableDeclaration':
      frame.statements++;
      operator(walk, node.kind);
      return children();
    case 'VariableDeclarator':
      if (node.init) operator(walk, '=');
      return children();
    case 'BlockStatement':
    case 'EmptyStatement':
    case 'ExpressionStatement':
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
      if (type !== 'BlockStatement' && type !== 'EmptyStatement') frame.statements++;
      return children();
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'TryStatement':
    case 'LabeledStatement':
      frame.statements++;
      operator(walk, type);
      return children();
    case 'NewExpression':
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'SpreadElement':
    case 'RestElement':
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'TemplateLiteral':
    case 'TaggedTemplateExpression':
    case 'SequenceExpression':
      operator(walk, type);
      return children();
    case 'Property':
      operator(walk, ':');
      return children();
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'TSExportAssignment':
      return visit(walk, node.expression);
    case 'TSModuleDeclaration':
    case 'TSModuleBlock':
    case 'TSEnumDeclaration':
    case 'TSEnumBody':
    case 'TSEnumMember':
    case 'TSParameterProperty':
    case 'TSAbstractMethodDefinition':
    case 'TSAbstractPropertyDefinition':
      return children();
    default:
      if (!type.startsWith('TS')) children();
  }
}
