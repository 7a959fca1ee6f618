/** Questions about Python's syntax tree that several rules ask. */
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';

/** Named children without comments and the backslashes of continued lines. */
export function parts(nodes: SyntaxNodes, node: number): readonly number[] {
  const list: number[] = [];
  for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at))
    if (!nodes.is(at, 'comment') && !nodes.is(at, 'line_continuation')) list.push(at);
  return list;
}

/** Without parentheses. */
export function bare(nodes: SyntaxNodes, node: number): number {
  let inner = node;
  while (inner >= 0 && nodes.is(inner, 'parenthesized_expression')) inner = parts(nodes, inner)[0] ?? -1;
  return inner;
}

/** The innermost `def` or `lambda` around a node, −1 at module and class level. */
export function functionAround(nodes: SyntaxNodes, node: number): number {
  for (let at = nodes.parent(node); at >= 0; at = nodes.parent(at)) {
    const type = nodes.typeName(at);
    if (type === 'function_definition' || type === 'lambda') return at;
    if (type === 'class_definition') return -1;
  }
  return -1;
}

/** The class whose body directly holds a `def`, −1. */
export function classOfMethod(nodes: SyntaxNodes, definition: number): number {
  let at = nodes.parent(definition);
  if (nodes.is(at, 'decorated_definition')) at = nodes.parent(at);
  if (!nodes.is(at, 'block')) return -1;
  const owner = nodes.parent(at);
  return nodes.is(owner, 'class_definition') ? owner : -1;
}

/** Names of the decorators with their dots, calls' arguments left out. */
export function decoratorNames(nodes: SyntaxNodes, definition: number): readonly string[] {
  const around = nodes.parent(definition);
  if (!nodes.is(around, 'decorated_definition')) return [];
  return parts(nodes, around)
    .filter((part) => nodes.is(part, 'decorator'))
    .map((part) => {
      const named = nodes.firstNamed(part);
      return nodes.slice(nodes.is(named, 'call') ? nodes.child(named, 'function') : named).replace(/\s+/g, '');
    });
}

export function isAsync(nodes: SyntaxNodes, definition: number): boolean {
  return /^async\b/.test(nodes.text.slice(nodes.tree.start[definition]!, nodes.tree.start[definition]! + 6));
}

/** Calls `visit` for every node below, nested functions, lambdas and classes left out unless `visit` is asked by their own node. */
export function walkBody(nodes: SyntaxNodes, node: number, visit: (node: number) => boolean | void): void {
  const { subtreeEnd } = nodes.tree;
  for (let at = node + 1; at < subtreeEnd[node]!; at++) {
    const type = nodes.typeName(at);
    const isNested = type === 'function_definition' || type === 'lambda' || type === 'class_definition';
    if (visit(at) === false || isNested) at = subtreeEnd[at]! - 1;
  }
}

/** Whether control never passes the end of a statement. `while True` without `break` counts; `with` may swallow what is raised. */
export function neverCompletes(nodes: SyntaxNodes, node: number): boolean {
  switch (nodes.typeName(node)) {
    case 'return_statement':
    case 'raise_statement':
    case 'break_statement':
    case 'continue_statement':
      return true;
    case 'block':
      return parts(nodes, node).some((part) => neverCompletes(nodes, part));
    case 'if_statement': {
      const branches = parts(nodes, node).filter((part) => part !== nodes.child(node, 'condition'));
      if (!branches.some((part) => nodes.is(part, 'else_clause'))) return false;
      return branches.every((part) => neverCompletes(nodes, branchBody(nodes, part)));
    }
    case 'while_statement': {
      if (!/^\(*(?:True|1)\)*$/.test(nodes.slice(nodes.child(node, 'condition')))) return false;
      return !hasBreak(nodes, nodes.child(node, 'body'));
    }
    case 'try_statement': {
      const clauses = parts(nodes, node);
      const last = clauses.find((part) => nodes.is(part, 'finally_clause'));
      if (last !== undefined && neverCompletes(nodes, branchBody(nodes, last))) return true;
      const body = nodes.child(node, 'body');
      const otherwise = clauses.find((part) => nodes.is(part, 'else_clause'));
      const ends =
        neverCompletes(nodes, body) || (otherwise !== undefined && neverCompletes(nodes, branchBody(nodes, otherwise)));
      const handlers = clauses.filter((part) => nodes.typeName(part).startsWith('except'));
      return ends && handlers.every((part) => neverCompletes(nodes, branchBody(nodes, part)));
    }
    default:
      return false;
  }
}

function branchBody(nodes: SyntaxNodes, node: number): number {
  if (nodes.is(node, 'block')) return node;
  return nodes.childOfType(node, 'block');
}

/** A `break` that leaves this loop. */
function hasBreak(nodes: SyntaxNodes, body: number): boolean {
  let found = false;
  walkBody(nodes, body, (at) => {
    if (nodes.is(at, 'break_statement')) found = true;
    const type = nodes.typeName(at);
    if (type === 'while_statement' || type === 'for_statement') {
      // Its own breaks are not ours, but those of its `else` are.
      const alternative = nodes.child(at, 'alternative');
      if (alternative >= 0 && hasBreak(nodes, alternative)) found = true;
      return false;
    }
    return undefined;
  });
  return found;
}

/** A string's text between its quotes where it is plain (no f-string); undefined otherwise. */
export function plainString(nodes: SyntaxNodes, node: number): string | undefined {
  if (!nodes.is(node, 'string') || nodes.childOfType(node, 'interpolation') >= 0) return undefined;
  const match = /^([rRbBuU]*)("""|'''|"|')([^]*)\2$/.exec(nodes.slice(node));
  return match?.[3];
}
