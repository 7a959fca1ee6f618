/** Questions about ESTree nodes that several rules ask. */
import { eachEsChild, type EsNode, type EsNodeOf } from '#languages/ecmascript-tree.ts';
import { squeezedCode } from './code-text.ts';
import type { EsFile, EsFunction } from '../rule.ts';

/** Without parentheses, type assertions and `?.` chains: the expression whose value it is. */
export function bareExpression(node: EsNode): EsNode {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'ChainExpression':
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

export function isFunctionNode(node: EsNode | undefined): node is EsFunction {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  );
}

type EsLoop =
  | EsNodeOf<'ForStatement'>
  | EsNodeOf<'ForOfStatement'>
  | EsNodeOf<'ForInStatement'>
  | EsNodeOf<'WhileStatement'>
  | EsNodeOf<'DoWhileStatement'>;

export function isLoopNode(node: EsNode): node is EsLoop {
  return /^(?:For(?:Of|In)?|(?:Do)?While)Statement$/.test(node.type);
}

/** The innermost function around a node; undefined at the top of the module and in class bodies' own expressions. */
export function enclosingFunction(file: EsFile, node: EsNode): EsFunction | undefined {
  for (let at = file.parent(node); at; at = file.parent(at)) if (isFunctionNode(at)) return at;
  return undefined;
}

/** `a.b.c` as text; undefined for all but plain names and members. */
export function dottedName(node: EsNode): string | undefined {
  const bare = bareExpression(node);
  if (bare.type === 'Identifier') return bare.name;
  if (bare.type === 'ThisExpression') return 'this';
  if (bare.type === 'MemberExpression' && !bare.computed && bare.property.type === 'Identifier') {
    const owner = dottedName(bare.object);
    return owner === undefined ? undefined : `${owner}.${bare.property.name}`;
  }
  return undefined;
}

/** Names of a call's method: `c` of `a.b.c()`; undefined for other calls. */
export function methodName(callee: EsNode): string | undefined {
  const bare = bareExpression(callee);
  return bare.type === 'MemberExpression' && !bare.computed && bare.property.type === 'Identifier'
    ? bare.property.name
    : undefined;
}

/** A global that no declaration of the file hides. */
export function isGlobal(file: EsFile, node: EsNode, name: string): boolean {
  const bare = bareExpression(node);
  return bare.type === 'Identifier' && bare.name === name && file.scopes.variableOf(bare) === undefined;
}

/** Whether evaluating it can do nothing but yield a value. In doubt, no. */
export function isPure(node: EsNode): boolean {
  const bare = bareExpression(node);
  switch (bare.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
    case 'Super':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'MemberExpression':
      return isPure(bare.object) && (!bare.computed || isPure(bare.property));
    case 'TemplateLiteral':
      return bare.expressions.every(isPure);
    case 'UnaryExpression':
      return bare.operator !== 'delete' && isPure(bare.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isPure(bare.left) && isPure(bare.right);
    case 'ConditionalExpression':
      return isPure(bare.test) && isPure(bare.consequent) && isPure(bare.alternate);
    default:
      return false;
  }
}

/** Whether two pieces of code are the same program: white space and comments apart. */
export function sameCode(file: EsFile, one: EsNode, other: EsNode): boolean {
  return (
    one.type === other.type &&
    squeezedCode(file.slice(one), 'ecmascript') === squeezedCode(file.slice(other), 'ecmascript')
  );
}

/** Whether control never passes the end of a statement: it returns, throws, breaks or continues on all ways. */
export function neverCompletes(node: EsNode): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return true;
    case 'BlockStatement':
      return node.body.some(neverCompletes);
    case 'IfStatement':
      return node.alternate !== null && neverCompletes(node.consequent) && neverCompletes(node.alternate);
    case 'TryStatement':
      if (node.finalizer && neverCompletes(node.finalizer)) return true;
      return neverCompletes(node.block) && (!node.handler || neverCompletes(node.handler.body));
    case 'WhileStatement':
      return node.test.type === 'Literal' && node.test.value === true && !isBrokenOff(node.body);
    case 'ForStatement':
      return node.test === null && !isBrokenOff(node.body);
    default:
      return false;
  }
}

/** A `break` in it leaves the loop; one with a label may. */
function isBrokenOff(body: EsNode): boolean {
  let found = false;
  const visit = (node: EsNode): boolean | void => {
    if (node.type === 'BreakStatement') found = true;
    if (node.type !== 'SwitchStatement' && !isLoopNode(node)) return;
    // Its own breaks are not ours, unless they name a label.
    walkOwn(node, (inner) => {
      if (inner.type === 'BreakStatement' && inner.label) found = true;
    });
    return false;
  };
  visit(body);
  walkOwn(body, visit);
  return found;
}

/** Walks below a node without entering nested functions; `visit` returns false to leave a node's children out. */
export function walkOwn(node: EsNode, visit: (child: EsNode) => boolean | void): void {
  eachEsChild(node, (child) => {
    if (visit(child) === false || isFunctionNode(child)) return;
    walkOwn(child, visit);
  });
}
