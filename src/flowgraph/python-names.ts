import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { FlowDefinition } from './flow-statement.ts';
import { children } from './node-children.ts';
import type { StepCollector } from './step-collector.ts';

const throwing = new Set([
  'call',
  'attribute',
  'subscript',
  'binary_operator',
  'comparison_operator',
  'unary_operator',
  'await',
  'yield',
  'interpolation',
  'pattern_list',
  'list_splat',
  'dictionary_splat',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const comprehensions = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const sequences = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'tuple',
  'list',
  'list_splat_pattern',
  'list_splat',
  'parenthesized_expression',
  'expression_list',
  'as_pattern_target',
  'dictionary_splat_pattern',
  'splat_pattern',
]);

/** What an expression reads and, by `:=`, defines. `hidden`: names of a comprehension or lambda around it. */
export function readExpression(
  nodes: SyntaxNodes,
  node: number,
  out: StepCollector,
  hidden: ReadonlySet<string> = new Set(),
  captured = false,
): void {
  if (node < 0) return;
  const type = nodes.typeName(node);
  if (type === 'identifier') {
    const name = nodes.slice(node);
    if (!hidden.has(name)) out.use(name, node, captured);
    return;
  }
  if (throwing.has(type) && !captured) out.mayThrow = true;
  const inner = (child: number): void => readExpression(nodes, child, out, hidden, captured);
  if (type === 'await' || type === 'yield') {
    if (!captured) out.suspends = type;
    children(nodes, node).forEach(inner);
  } else if (type === 'attribute') inner(nodes.child(node, 'object'));
  else if (type === 'keyword_argument') inner(nodes.child(node, 'value'));
  else if (type === 'named_expression') {
    inner(nodes.child(node, 'value'));
    out.define(nodes.slice(nodes.child(node, 'name')), 'assignment', node, captured || out.conditional > 0);
  } else if (type === 'lambda') {
    const names = new Set(hidden);
    for (const parameter of children(nodes, nodes.child(node, 'parameters'))) {
      inner(nodes.child(parameter, 'value'));
      const name = nodes.is(parameter, 'identifier') ? parameter : nodes.descendantOfType(parameter, 'identifier');
      if (name >= 0) names.add(nodes.slice(name));
    }
    readExpression(nodes, nodes.child(node, 'body'), out, names, true);
  } else if (comprehensions.has(type)) comprehension(nodes, node, out, hidden, captured);
  else if (type === 'boolean_operator' || type === 'conditional_expression')
    conditional(nodes, node, out, hidden, captured);
  else if (type !== 'type' && type !== 'comment') children(nodes, node).forEach(inner);
}

function conditional(
  nodes: SyntaxNodes,
  node: number,
  out: StepCollector,
  hidden: ReadonlySet<string>,
  captured: boolean,
): void {
  const parts = children(nodes, node);
  // `a if b else c`: b always runs. `a and b`: a always runs.
  const always = nodes.is(node, 'conditional_expression') ? parts[1] : parts[0];
  if (always !== undefined) readExpression(nodes, always, out, hidden, captured);
  out.conditional++;
  for (const part of parts) if (part !== always) readExpression(nodes, part, out, hidden, captured);
  out.conditional--;
}

function comprehension(
  nodes: SyntaxNodes,
  node: number,
  out: StepCollector,
  hidden: ReadonlySet<string>,
  captured: boolean,
): void {
  const names = new Set(hidden);
  const parts = children(nodes, node);
  const clauses = parts.filter((part) => nodes.is(part, 'for_in_clause'));
  for (const clause of clauses) boundNames(nodes, nodes.child(clause, 'left'), names);
  clauses.forEach((clause, i) =>
    readExpression(nodes, nodes.child(clause, 'right'), out, i === 0 ? hidden : names, captured),
  );
  out.conditional++;
  for (const part of parts) if (!clauses.includes(part)) readExpression(nodes, part, out, names, captured);
  out.conditional--;
}

function boundNames(nodes: SyntaxNodes, target: number, names: Set<string>): void {
  if (nodes.is(target, 'identifier')) names.add(nodes.slice(target));
  else if (sequences.has(nodes.typeName(target)))
    for (const child of children(nodes, target)) boundNames(nodes, child, names);
}

/** What an assignment target defines; `a.b` and `a[i]` read. */
export function defineTarget(
  nodes: SyntaxNodes,
  target: number,
  kind: FlowDefinition['kind'],
  out: StepCollector,
): void {
  if (target < 0) return;
  if (nodes.is(target, 'identifier')) out.define(nodes.slice(target), kind, target);
  else if (sequences.has(nodes.typeName(target))) {
    out.mayThrow = true;
    for (const child of children(nodes, target)) defineTarget(nodes, child, kind, out);
  } else readExpression(nodes, target, out);
}

const OWN_SCOPE = new Set(['function_definition', 'class_definition', 'lambda']);

/** What a nested function or class reads and, by `nonlocal`, assigns of the function around it. */
export function readNested(nodes: SyntaxNodes, node: number, out: StepCollector): void {
  const bound = new Set<string>();
  const outer = new Set<string>();
  const body = nodes.child(node, 'body');
  const { subtreeEnd } = nodes.tree;
  for (const parameter of children(nodes, nodes.child(node, 'parameters'))) {
    const name = nodes.is(parameter, 'identifier')
      ? parameter
      : nodes.child(parameter, 'name') >= 0
        ? nodes.child(parameter, 'name')
        : nodes.descendantOfType(parameter, 'identifier');
    if (name >= 0) bound.add(nodes.slice(name));
  }
  for (let at = body; body >= 0 && at < subtreeEnd[body]!; at++) {
    const type = nodes.typeName(at);
    if (type === 'nonlocal_statement' || type === 'global_statement')
      for (const name of children(nodes, at)) outer.add(nodes.slice(name));
    else if (type === 'assignment' || type === 'augmented_assignment' || type === 'for_statement')
      boundNames(nodes, nodes.child(at, 'left'), bound);
    else if (type === 'named_expression' || OWN_SCOPE.has(type)) {
      const name = nodes.child(at, 'name');
      if (name >= 0) bound.add(nodes.slice(name));
      if (OWN_SCOPE.has(type)) at = subtreeEnd[at]! - 1;
    } else if (type === 'as_pattern_target') boundNames(nodes, at, bound);
    else if (type === 'aliased_import') bound.add(nodes.slice(nodes.child(at, 'alias')));
  }
  for (const name of outer) if (bound.delete(name)) out.define(name, 'assignment', node, true);
  readNestedBody(nodes, body, out, bound);
}

function readNestedBody(nodes: SyntaxNodes, body: number, out: StepCollector, bound: ReadonlySet<string>): void {
  const seen = new Set<string>();
  const visit = (node: number): void => {
    const type = nodes.typeName(node);
    if (type === 'identifier') {
      const name = nodes.slice(node);
      if (!bound.has(name) && !seen.has(name)) out.use(name, node, true);
      seen.add(name);
    } else if (type === 'attribute') visit(nodes.child(node, 'object'));
    else if (type === 'keyword_argument') visit(nodes.child(node, 'value'));
    else if (type === 'lambda' || comprehensions.has(type)) readExpression(nodes, node, out, bound, true);
    else if (type === 'function_definition' || type === 'class_definition') {
      const nested = out.uses.length;
      readNested(nodes, node, out);
      for (let i = out.uses.length - 1; i >= nested; i--) if (bound.has(out.uses[i]!.variable)) out.uses.splice(i, 1);
    } else if (
      type !== 'nonlocal_statement' &&
      type !== 'global_statement' &&
      type !== 'import_statement' &&
      type !== 'import_from_statement'
    )
      children(nodes, node).forEach(visit);
  };
  if (body >= 0) visit(body);
}
