import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { FlowScope } from './ecmascript-scopes.ts';
import { functionTypes, ownNames, patternNames, typeOnly } from './ecmascript-scopes.ts';
import type { FlowDefinition } from './flow-statement.ts';
import { children } from './node-children.ts';
import type { StepCollector } from './step-collector.ts';

const throwing = new Set([
  'call_expression',
  'new_expression',
  'member_expression',
  'subscript_expression',
  'await_expression',
  'yield_expression',
  'spread_element',
  'binary_expression',
  'template_substitution',
  'jsx_element',
  'object_pattern',
  'array_pattern',
]);
const patterns = new Set(['object_pattern', 'array_pattern', 'identifier', 'object', 'array']);

/** What an expression reads and assigns. */
export function readExpression(nodes: SyntaxNodes, node: number, scope: FlowScope, out: StepCollector): void {
  if (node < 0) return;
  const type = nodes.typeName(node);
  if (typeOnly.has(type)) return;
  if (type === 'identifier' || type === 'shorthand_property_identifier') {
    if (nodes.slice(node) !== 'undefined') out.use(scope.variable(nodes.slice(node)), node);
    return;
  }
  if (throwing.has(type)) out.mayThrow = true;
  const inner = (child: number): void => readExpression(nodes, child, scope, out);
  if (functionTypes.has(type) || type === 'class' || type === 'class_declaration') readNested(nodes, node, scope, out);
  else if (type === 'member_expression') inner(nodes.child(node, 'object'));
  else if (type === 'as_expression' || type === 'satisfies_expression' || type === 'non_null_expression')
    inner(nodes.firstNamed(node));
  else if (type === 'assignment_expression') {
    inner(nodes.child(node, 'right'));
    assignTarget(nodes, nodes.child(node, 'left'), scope, out);
  } else if (type === 'augmented_assignment_expression' || type === 'update_expression') {
    const left = nodes.child(node, type === 'update_expression' ? 'argument' : 'left');
    inner(left);
    // `a ??= b`, `a ||= b`, `a &&= b` may leave a as it is.
    const isShort = /^(?:\?\?|\|\||&&)=$/.test(nodes.slice(nodes.child(node, 'operator')));
    if (isShort) out.conditional++;
    inner(nodes.child(node, 'right'));
    if (nodes.is(left, 'identifier')) out.define(scope.variable(nodes.slice(left)), 'augmented', left);
    if (isShort) out.conditional--;
  } else if (
    type === 'ternary_expression' ||
    (type === 'binary_expression' && /^(?:&&|\|\||\?\?)$/.test(nodes.slice(nodes.child(node, 'operator'))))
  ) {
    const [always, ...rest] = children(nodes, node);
    if (always !== undefined) inner(always);
    out.conditional++;
    rest.forEach(inner);
    out.conditional--;
  } else {
    if (type === 'await_expression') out.suspends = 'await';
    else if (type === 'yield_expression') out.suspends = 'yield';
    children(nodes, node).forEach(inner);
  }
}

/** `x = …`, `[a, b.c] = …`, `({ a, b: c = 1 } = …)`. */
function assignTarget(nodes: SyntaxNodes, target: number, scope: FlowScope, out: StepCollector): void {
  const type = nodes.typeName(target);
  if (!patterns.has(type) && type !== 'parenthesized_expression') {
    readExpression(nodes, target, scope, out);
    return;
  }
  definePattern(nodes, target, 'assignment', scope, out);
}

/** Defines what a pattern binds and reads its defaults, computed keys and member targets. */
export function definePattern(
  nodes: SyntaxNodes,
  pattern: number,
  kind: FlowDefinition['kind'],
  scope: FlowScope,
  out: StepCollector,
): void {
  if (pattern < 0) return;
  if (nodes.is(pattern, 'object_pattern') || nodes.is(pattern, 'array_pattern')) out.mayThrow = true;
  const names = new Set(patternNames(nodes, pattern));
  const read = (node: number): void => {
    if (names.has(node)) {
      out.define(scope.variable(nodes.slice(node)), kind, node);
      return;
    }
    switch (nodes.typeName(node)) {
      case 'object_pattern':
      case 'array_pattern':
      case 'rest_pattern':
      case 'parenthesized_expression':
      case 'required_parameter':
      case 'optional_parameter':
        return children(nodes, node).forEach(read);
      case 'pair_pattern': {
        const key = nodes.child(node, 'key');
        if (nodes.is(key, 'computed_property_name')) readExpression(nodes, key, scope, out);
        return read(nodes.child(node, 'value'));
      }
      case 'assignment_pattern':
      case 'object_assignment_pattern':
        readExpression(nodes, nodes.child(node, 'right'), scope, out);
        return read(nodes.child(node, 'left'));
      default:
        return readExpression(nodes, node, scope, out);
    }
  };
  read(pattern);
}

/** What a nested function or class reads and assigns of the function around it. */
function readNested(nodes: SyntaxNodes, node: number, scope: FlowScope, out: StepCollector): void {
  const own = ownNames(nodes, node);
  const seen = new Set<string>();
  const { subtreeEnd } = nodes.tree;
  const heritage = nodes.childOfType(node, 'class_heritage');
  if (heritage >= 0) {
    for (const part of children(nodes, heritage)) readExpression(nodes, part, scope, out);
    out.mayThrow = true;
  }
  const name = nodes.child(node, 'name');
  for (let at = node + 1; at < subtreeEnd[node]!; at++) {
    if (at === heritage) at = subtreeEnd[at]!;
    const type = nodes.typeName(at);
    if (typeOnly.has(type)) at = subtreeEnd[at]! - 1;
    else if (
      type === 'assignment_expression' ||
      type === 'augmented_assignment_expression' ||
      type === 'update_expression'
    ) {
      const target = nodes.child(at, type === 'update_expression' ? 'argument' : 'left');
      for (const assigned of patternNames(nodes, target)) {
        const variable = nodes.slice(assigned);
        if (!own.has(variable) && scope.knows(variable))
          out.define(scope.variable(variable), 'assignment', assigned, true);
      }
    } else if ((type === 'identifier' || type === 'shorthand_property_identifier') && at !== name) {
      const read = nodes.slice(at);
      if (own.has(read) || seen.has(read) || read === 'undefined') continue;
      seen.add(read);
      out.use(scope.variable(read), at, true);
    }
  }
}
