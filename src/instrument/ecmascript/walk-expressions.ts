import type { Collector, Scope } from './collector.ts';
import { conditionRole, isComparison, measureComparison } from './conditions.ts';
import { mutationsOf } from './mutations.ts';
import type { Node, NodeOf } from './tree.ts';
import { isFunction, walkFunction } from './walk-functions.ts';

/** Nodes of types whose value is what they hold. */
const transparent = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

/** Everything that is not a statement: expressions, patterns, properties, classes. */
export function walkExpression(node: Node, scope: Scope, collector: Collector, owner?: Node): void {
  if (isFunction(node)) {
    walkFunction(node, owner, scope, collector);
    return;
  }
  if (node.type.startsWith('TS')) {
    if (transparent.has(node.type))
      walkExpression((node as NodeOf<'TSAsExpression'>).expression, scope, collector, node);
    else if (node.type === 'TSParameterProperty') walkExpression(node.parameter, scope, collector, node);
    return;
  }
  switch (node.type) {
    case 'Decorator':
    case 'ImportAttribute':
    case 'MetaProperty':
      return;
    case 'BlockStatement':
      collector.walk.block(node, scope, collector);
      return;
    case 'ConditionalExpression':
      walkConditional(node, scope, collector);
      return;
    case 'LogicalExpression':
      walkLogical(node, scope, collector);
      return;
    case 'AssignmentPattern':
      walkDefault(node, scope, collector);
      return;
    case 'ChainExpression':
      walkChain(node, scope, collector);
      return;
    case 'ClassDeclaration':
    case 'ClassExpression':
      walkClass(node, scope, collector);
      return;
    case 'Property':
      if (node.computed) walkExpression(node.key, scope, collector, node);
      walkExpression(node.value, scope, collector, node);
      return;
    case 'JSXAttribute':
      if (node.value?.type === 'JSXExpressionContainer') walkExpression(node.value, scope, collector, node);
      return;
    case 'TaggedTemplateExpression':
      walkExpression(node.tag, scope, collector, node);
      for (const part of node.quasi.expressions) walkExpression(part, scope, collector, node.quasi);
      return;
    case 'ImportExpression':
    case 'ExportAllDeclaration':
    case 'ImportDeclaration':
      return;
    case 'ExportNamedDeclaration':
      if (node.declaration) walkExpression(node.declaration, scope, collector, node);
      return;
    case 'CallExpression':
      if (isModuleRequest(node)) return;
      break;
    case 'BinaryExpression':
      walkBinary(node, scope, collector);
      return;
  }
  collector.switchExpression(mutationsOf(node, collector), node, scope);
  collector.walk.eachChild(node, (child) => {
    if (!isKeyOnly(node, child)) walkExpression(child, scope, collector, node);
  });
}

/** `require('x')`: another name is another module, not another behaviour. */
function isModuleRequest(node: NodeOf<'CallExpression'>): boolean {
  return node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments[0]?.type === 'Literal';
}

function isKeyOnly(node: Node, child: Node): boolean {
  return node.type === 'MemberExpression' && !node.computed && child === node.property;
}

function walkBinary(node: NodeOf<'BinaryExpression'>, scope: Scope, collector: Collector): void {
  collector.switchExpression(mutationsOf(node, collector), node, scope);
  if (collector.options.distances && isComparison(node))
    measureComparison(node, collector.edits, collector.find(node.operator, node.left.end));
  walkExpression(node.left, scope, collector, node);
  walkExpression(node.right, scope, collector, node);
}

/**
 * An expression that decides: its outcomes become mutants and, where asked for, its distances are measured. Returns the number
 * under which they are kept.
 */
export function walkCondition(node: Node, scope: Scope, collector: Collector, loop = false): number | undefined {
  let condition: number | undefined;
  if (collector.options.distances) {
    condition = collector.conditions++;
    collector.edits.wrap(node.start, node.end, `$tw.r($td,${condition},`, ')');
  }
  if (!isComparison(node) && node.type !== 'Literal') {
    const outcomes = loop ? ['false'] : ['true', 'false'];
    const mutations = outcomes.map((replacement) => ({
      operator: 'ConditionalExpression',
      start: node.start,
      end: node.end,
      replacement,
    }));
    collector.switchExpression(mutations, node, scope);
  }
  measured(node, scope, collector);
  return condition;
}

/** A part of a condition, wrapped by its role where distances are asked for. */
function measured(node: Node, scope: Scope, collector: Collector): void {
  if (!collector.options.distances) {
    walkExpression(node, scope, collector);
    return;
  }
  const { edits } = collector;
  const role = conditionRole(node);
  if (role === 'comparison') walkExpression(node, scope, collector);
  else if (role === 'not' && node.type === 'UnaryExpression') {
    collector.switchExpression(mutationsOf(node, collector), node, scope);
    edits.open(node.start, '$tw.n(');
    edits.replace(node.start, node.start + 1, '');
    edits.close(node.end, ')');
    measured(node.argument, scope, collector);
  } else if ((role === 'and' || role === 'or') && node.type === 'LogicalExpression') {
    const letter = role === 'and' ? 'a' : 'o';
    const counter = collector.newCounter();
    collector.switchExpression(mutationsOf(node, collector), node, scope);
    collector.branch('logical', node, armsOf(node, scope, counter), scope);
    edits.wrap(node.left.start, node.left.end, `$tw.${letter}l(`, ')');
    measured(node.left, scope, collector);
    edits.wrap(node.right.start, node.right.end, `$tw.${letter}r(($tc[${counter}]++,`, '))');
    measured(node.right, { ...scope, counter }, collector);
  } else {
    edits.wrap(node.start, node.end, '$tw.t(', ')');
    walkExpression(node, scope, collector);
  }
}

function armsOf(node: NodeOf<'LogicalExpression'>, scope: Scope, right: number): { node: Node; counter: number }[] {
  return [
    { node: node.left, counter: scope.counter },
    { node: node.right, counter: right },
  ];
}

function walkLogical(node: NodeOf<'LogicalExpression'>, scope: Scope, collector: Collector): void {
  const counter = collector.newCounter();
  let condition: number | undefined;
  collector.switchExpression(mutationsOf(node, collector), node, scope);
  if (collector.options.distances && node.operator !== '??') {
    condition = collector.conditions++;
    collector.edits.wrap(node.left.start, node.left.end, `$tw.r($td,${condition},`, ')');
    measured(node.left, scope, collector);
  } else walkExpression(node.left, scope, collector);
  collector.branch('logical', node, armsOf(node, scope, counter), scope, condition);
  collector.edits.wrap(node.right.start, node.right.end, `($tc[${counter}]++,`, ')');
  walkExpression(node.right, { ...scope, counter }, collector);
}

function walkConditional(node: NodeOf<'ConditionalExpression'>, scope: Scope, collector: Collector): void {
  const arms = [node.consequent, node.alternate].map((arm) => ({ node: arm, counter: collector.newCounter() }));
  const condition = walkCondition(node.test, scope, collector);
  collector.branch('conditional', node, arms, scope, condition);
  for (const arm of arms) {
    collector.edits.wrap(arm.node.start, arm.node.end, `($tc[${arm.counter}]++,`, ')');
    walkExpression(arm.node, { ...scope, counter: arm.counter }, collector);
  }
}

/** A function or class without a name would lose the one that the target gives it. */
function takesName(node: Node): boolean {
  return (isFunction(node) || node.type === 'ClassExpression') && !('id' in node && node.id);
}

function walkDefault(node: NodeOf<'AssignmentPattern'>, scope: Scope, collector: Collector): void {
  walkExpression(node.left, scope, collector, node);
  if (takesName(node.right)) {
    walkExpression(node.right, scope, collector, node);
    return;
  }
  const counter = collector.newCounter();
  collector.branch('default', node, [{ node: node.right, counter }], scope);
  collector.edits.wrap(node.right.start, node.right.end, `($tc[${counter}]++,`, ')');
  walkExpression(node.right, { ...scope, counter }, collector);
}

/** Parts of a chain cannot be wrapped by themselves: the chain as a whole is. */
function walkChain(node: NodeOf<'ChainExpression'>, scope: Scope, collector: Collector): void {
  const visit = (part: Node): void => {
    if (part.type === 'MemberExpression') {
      collector.switchExpression(mutationsOf(part, collector), node, scope);
      visit(part.object);
      if (part.computed) walkExpression(part.property, scope, collector, part);
    } else if (part.type === 'CallExpression') {
      collector.switchExpression(mutationsOf(part, collector), node, scope);
      visit(part.callee);
      for (const argument of part.arguments) walkExpression(argument, scope, collector, part);
    } else if (part.type === 'TSNonNullExpression') visit(part.expression);
    else walkExpression(part, scope, collector);
  };
  visit(node.expression);
}

function walkClass(
  node: NodeOf<'ClassDeclaration'> | NodeOf<'ClassExpression'>,
  scope: Scope,
  collector: Collector,
): void {
  if (node.superClass) walkExpression(node.superClass, scope, collector, node);
  for (const member of node.body.body) {
    if ('computed' in member && member.computed) walkExpression(member.key, scope, collector, node);
    if (member.type === 'MethodDefinition') walkExpression(member.value, scope, collector, member);
    else if (member.type === 'PropertyDefinition' && member.value && !member.declare) {
      const counter = collector.newCounter();
      const inside = { counter, static: member.static && scope.static };
      if (!takesName(member.value)) {
        collector.statements.push({ place: collector.place(member), counter, static: inside.static });
        collector.edits.wrap(member.value.start, member.value.end, `($tc[${counter}]++,`, ')');
      }
      walkExpression(member.value, takesName(member.value) ? scope : inside, collector, member);
    } else if (member.type === 'StaticBlock') collector.walk.statements(member.body, scope, collector);
  }
}
