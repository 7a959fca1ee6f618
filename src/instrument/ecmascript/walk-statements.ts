import type { Collector, Scope } from './collector.ts';
import type { Node, NodeOf } from './tree.ts';
import { walkCondition, walkExpression } from './walk-expressions.ts';
import { walkFunction } from './walk-functions.ts';

/** Statements that are declared, not run. */
const uncounted = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'ImportDeclaration',
  'ExportAllDeclaration',
  'EmptyStatement',
  'BlockStatement',
  'ExportNamedDeclaration',
  'ExportDefaultDeclaration',
]);

const bodyless = new Set(['EmptyStatement', 'ImportDeclaration', 'ExportAllDeclaration']);

/** A list of statements; the first counted one may use the counter of what contains them. */
export function walkStatements(list: readonly Node[], scope: Scope, collector: Collector, shared?: number): void {
  let first = shared;
  for (const statement of list) {
    if (isDirective(statement) || statement.type.startsWith('TS') || isDeclared(statement)) {
      if (statement.type === 'TSExportAssignment') walkExpression(statement.expression, scope, collector);
      continue;
    }
    const counted = isCounted(statement);
    const counter = counted ? (first ?? collector.newCounter()) : scope.counter;
    if (counted && counter !== first) collector.edits.open(statement.start, `$tc[${counter}]++;`);
    if (counted) {
      collector.statements.push({ place: collector.place(statement), counter, static: scope.static });
      first = undefined;
    } else if (!bodyless.has(statement.type) && !statement.type.endsWith('Declaration')) first = undefined;
    walkStatement(statement, { ...scope, counter }, collector);
  }
}

/** `declare …` leaves nothing to run. */
function isDeclared(node: Node): boolean {
  return 'declare' in node && node.declare === true;
}

function isDirective(node: Node): boolean {
  return node.type === 'ExpressionStatement' && 'directive' in node && typeof node.directive === 'string';
}

function isCounted(node: Node): boolean {
  if (node.type === 'ExportNamedDeclaration') return node.declaration?.type === 'VariableDeclaration';
  if (node.type === 'ExportDefaultDeclaration')
    return node.declaration.type !== 'FunctionDeclaration' && node.declaration.type !== 'ClassDeclaration';
  return !uncounted.has(node.type);
}

function walkStatement(node: Node, scope: Scope, collector: Collector): void {
  switch (node.type) {
    case 'BlockStatement':
      walkStatements(node.body, scope, collector);
      return;
    case 'IfStatement':
      walkIf(node, scope, collector);
      return;
    case 'ForStatement':
      if (node.init?.type === 'VariableDeclaration') walkParts(node.init, scope, collector);
      else if (node.init) walkExpression(node.init, scope, collector);
      if (node.update) walkExpression(node.update, scope, collector);
      walkLoop(node, node.test ?? undefined, node.body, scope, collector);
      return;
    case 'ForInStatement':
    case 'ForOfStatement':
      walkExpression(node.right, scope, collector);
      walkLoop(node, undefined, node.body, scope, collector);
      return;
    case 'WhileStatement':
    case 'DoWhileStatement':
      walkLoop(node, node.test, node.body, scope, collector);
      return;
    case 'SwitchStatement':
      walkSwitch(node, scope, collector);
      return;
    case 'TryStatement':
      walkBlock(node.block, scope, collector);
      if (node.handler) walkBlock(node.handler.body, { ...scope, counter: collector.newCounter() }, collector, true);
      if (node.finalizer) walkBlock(node.finalizer, scope, collector);
      return;
    case 'LabeledStatement':
      walkStatement(node.body, scope, collector);
      return;
    case 'FunctionDeclaration':
      walkFunction(node, undefined, scope, collector);
      return;
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ClassDeclaration':
      walkExpression(node, scope, collector);
      return;
    case 'ReturnStatement':
      if (node.argument) walkReturned(node.argument, scope, collector);
      return;
    default:
      walkParts(node, scope, collector);
  }
}

function walkParts(node: Node, scope: Scope, collector: Collector): void {
  collector.walk.eachChild(node, (child) => walkExpression(child, scope, collector, node));
}

/** What no operator changes as a whole may still be left out. */
function walkReturned(node: Node, scope: Scope, collector: Collector): void {
  const plain = [
    'Identifier',
    'CallExpression',
    'MemberExpression',
    'NewExpression',
    'AwaitExpression',
    'ThisExpression',
  ];
  const text = collector.text.slice(node.start, node.end);
  if ((plain.includes(node.type) && text !== 'undefined') || node.type === 'ChainExpression') {
    const mutation = { operator: 'ReturnValue', start: node.start, end: node.end, replacement: 'undefined' };
    collector.switchExpression([mutation], node, scope);
  }
  if (node.type === 'Literal' && typeof node.value === 'number') {
    const replacement = String(node.value + 1);
    collector.switchExpression(
      [{ operator: 'ReturnValue', start: node.start, end: node.end, replacement }],
      node,
      scope,
    );
  }
  walkExpression(node, scope, collector);
}

/** A block that begins with a counter of its own where `counted`. */
export function walkBlock(
  node: NodeOf<'BlockStatement'>,
  scope: Scope,
  collector: Collector,
  counted = false,
  before = '',
): void {
  const begin = `${before}${counted ? `$tc[${scope.counter}]++;` : ''}`;
  const id =
    node.body.length === 0
      ? undefined
      : collector.mutant({ operator: 'BlockStatement', start: node.start, end: node.end, replacement: '{}' }, scope);
  if (id === undefined) collector.edits.open(node.start + 1, begin);
  else {
    collector.edits.open(node.start + 1, `${begin}$b${id}:{if($tw.m===${id})break $b${id};`);
    collector.edits.close(node.end - 1, '}');
  }
  walkStatements(node.body, scope, collector, counted ? scope.counter : undefined);
}

/** The body of a condition or a loop, put into braces where it has none. */
function walkBody(node: Node, scope: Scope, collector: Collector, before = ''): void {
  if (node.type === 'BlockStatement') {
    walkBlock(node, scope, collector, true, before);
    return;
  }
  collector.edits.wrap(node.start, node.end, `{${before}$tc[${scope.counter}]++;`, '}');
  walkStatements([node], scope, collector, scope.counter);
}

function walkIf(node: NodeOf<'IfStatement'>, scope: Scope, collector: Collector): void {
  const then = collector.newCounter();
  const otherwise = collector.newCounter();
  const condition = walkCondition(node.test, scope, collector);
  const arms = [
    { node: node.consequent, counter: then },
    { node: node.alternate ?? node, counter: otherwise },
  ];
  collector.branch('if', node, arms, scope, condition);
  if (!node.alternate) collector.edits.close(node.end, `else{$tc[${otherwise}]++;}`);
  walkBody(node.consequent, { ...scope, counter: then }, collector);
  if (node.alternate) walkBody(node.alternate, { ...scope, counter: otherwise }, collector);
}

function walkLoop(node: Node, test: Node | undefined, body: Node, scope: Scope, collector: Collector): void {
  const inside = collector.newCounter();
  const condition = test ? walkCondition(test, scope, collector, true) : undefined;
  collector.branch('loop', node, [{ node: body, counter: inside }], scope, condition);
  walkBody(body, { ...scope, counter: inside }, collector, 'if(--$tw.f<0)$tw.x();');
}

function walkSwitch(node: NodeOf<'SwitchStatement'>, scope: Scope, collector: Collector): void {
  const { edits, options } = collector;
  const key = collector.conditions;
  if (options.distances) {
    collector.conditions += node.cases.length;
    edits.wrap(node.discriminant.start, node.discriminant.end, `$tw.sd($td,${key},`, ')');
  }
  walkExpression(node.discriminant, scope, collector);
  const arms: { node: Node; counter: number }[] = [];
  node.cases.forEach((member, index) => {
    const counter = collector.newCounter();
    arms.push({ node: member, counter });
    const inside = { ...scope, counter };
    const colon = collector.find(':', member.test ? member.test.end : member.start + 'default'.length);
    if (member.test) {
      if (options.distances) edits.wrap(member.test.start, member.test.end, `$tw.sc($td,${key},${key + index},`, ')');
      walkExpression(member.test, scope, collector);
    }
    edits.open(colon + 1, `$tc[${counter}]++;`);
    walkStatements(member.consequent, inside, collector, counter);
  });
  collector.branch('switch', node, arms, scope, options.distances ? key : undefined);
}
