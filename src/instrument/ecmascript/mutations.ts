/** What may stand instead of an expression. Names and replacements are Stryker's where it has the operator. */
import type { FlatText } from './flat-text.ts';
import type { Node, NodeOf } from './tree.ts';

export interface Mutation {
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Source {
  readonly text: string;
  readonly flat: FlatText;
}

const arithmetic: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '**': '*' };
const equality: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '===': ['!=='],
  '!==': ['==='],
};
const bitwise: Readonly<Record<string, string>> = { '&': '|', '|': '&', '^': '&', '<<': '>>', '>>': '<<', '>>>': '<<' };
const logical: Readonly<Record<string, string>> = { '&&': '||', '||': '&&', '??': '&&' };
const assignment: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '%=': '*=',
  '**=': '*=',
  '<<=': '>>=',
  '>>=': '<<=',
  '&=': '|=',
  '|=': '&=',
  '&&=': '||=',
  '||=': '&&=',
  '??=': '&&=',
};
/** An empty name: the call goes and its object stays. */
const methods: Readonly<Record<string, string>> = {
  endsWith: 'startsWith',
  startsWith: 'endsWith',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
  toLocaleUpperCase: 'toLocaleLowerCase',
  toLocaleLowerCase: 'toLocaleUpperCase',
  trimEnd: 'trimStart',
  trimStart: 'trimEnd',
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  trim: '',
  sort: '',
  reverse: '',
  filter: '',
  slice: '',
  substr: '',
  substring: '',
  charAt: '',
};

const filler = 'Trowel was here!';

/** Of one expression in a place where a value is read. */
export function mutationsOf(node: Node, source: Source): readonly Mutation[] {
  switch (node.type) {
    case 'BinaryExpression':
      return ofBinary(node, source);
    case 'LogicalExpression':
      return swapped(node, node.left, node.right, logical[node.operator], 'LogicalOperator', source);
    case 'AssignmentExpression':
      if (isText(node.right) && node.operator === '+=') return [];
      return swapped(node, node.left, node.right, assignment[node.operator], 'AssignmentOperator', source);
    case 'UpdateExpression':
      return ofUpdate(node, source);
    case 'UnaryExpression':
      return ofUnary(node, source);
    case 'Literal':
      return ofLiteral(node);
    case 'TemplateLiteral':
      return source.text.slice(node.start, node.end) === '``'
        ? [whole(node, 'StringLiteral', `\`${filler}\``)]
        : [whole(node, 'StringLiteral', '``')];
    case 'ArrayExpression':
      return [whole(node, 'ArrayDeclaration', node.elements.length > 0 ? '[]' : `["${filler}"]`)];
    case 'ObjectExpression':
      return node.properties.length > 0 ? [whole(node, 'ObjectLiteral', '{}')] : [];
    case 'CallExpression':
      return ofCall(node, source);
    case 'MemberExpression':
      return node.optional ? ofOptional(node, node.object.end, node.computed ? '[' : '.', source) : [];
    default:
      return [];
  }
}

function whole(node: Node, operator: string, replacement: string): Mutation {
  return { operator, start: node.start, end: node.end, replacement };
}

function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

function ofBinary(node: NodeOf<'BinaryExpression'>, source: Source): readonly Mutation[] {
  const { left, right, operator } = node;
  if (operator === '+' && (isText(left) || isText(right) || endsInText(left))) return [];
  const sum = arithmetic[operator] ?? bitwise[operator];
  if (sum !== undefined)
    return swapped(node, left, right, sum, arithmetic[operator] ? 'ArithmeticOperator' : 'BitwiseOperator', source);
  const others = equality[operator];
  if (!others) return [];
  return [
    ...others.flatMap((other) => swapped(node, left, right, other, 'EqualityOperator', source)),
    whole(node, 'ConditionalExpression', 'true'),
    whole(node, 'ConditionalExpression', 'false'),
  ];
}

/** `a + "b" + c` joins texts all the way. */
function endsInText(node: Node): boolean {
  return (
    node.type === 'BinaryExpression' &&
    node.operator === '+' &&
    (isText(node.left) || isText(node.right) || endsInText(node.left))
  );
}

function swapped(
  node: Node,
  left: Node,
  right: Node,
  operator: string | undefined,
  name: string,
  { flat }: Source,
): readonly Mutation[] {
  if (operator === undefined || left.type === 'PrivateIdentifier') return [];
  const at = operatorAt(flat, left.end, right.start);
  const before = flat.of(node.start, left.end);
  const after = flat.of(right.start, node.end);
  if (before === undefined || after === undefined || at === undefined) return [];
  let replacement = `${before}${at.before} ${operator} ${at.after}${after}`;
  if (name === 'LogicalOperator' && mixesWithNullish(left, right, operator))
    replacement = `(${before}${at.before}) ${operator} (${at.after}${after})`;
  return [whole(node, name, replacement)];
}

/** `??` may not stand beside `&&` or `||` without parentheses. */
function mixesWithNullish(left: Node, right: Node, operator: string): boolean {
  return [left, right].some(
    (side) => side.type === 'LogicalExpression' && (side.operator === '??') !== (operator === '??'),
  );
}

/** Parentheses of the operands that lie between them, to both sides of the operator. */
function operatorAt(flat: FlatText, start: number, end: number): { before: string; after: string } | undefined {
  const between = flat.of(start, end);
  if (between === undefined) return undefined;
  const closing = /^[\s)]*/.exec(between)![0].replace(/\s/g, '');
  const opening = /[\s(]*$/.exec(between)![0].replace(/\s/g, '');
  return { before: closing, after: opening };
}

function ofUpdate(node: NodeOf<'UpdateExpression'>, { flat }: Source): readonly Mutation[] {
  const other = node.operator === '++' ? '--' : '++';
  const text = flat.of(node.start, node.end);
  if (text === undefined) return [];
  return [
    whole(
      node,
      'UpdateOperator',
      node.prefix ? other + text.slice(2).trimStart() : text.slice(0, -2).trimEnd() + other,
    ),
  ];
}

function ofUnary(node: NodeOf<'UnaryExpression'>, { flat }: Source): readonly Mutation[] {
  const argument = flat.of(node.start + node.operator.length, node.end)?.trim();
  if (argument === undefined) return [];
  switch (node.operator) {
    case '!':
      return [whole(node, 'BooleanLiteral', argument)];
    case '-':
      return [whole(node, 'UnaryOperator', `+${argument}`)];
    case '+':
      return [whole(node, 'UnaryOperator', `-${argument}`)];
    case '~':
      return [whole(node, 'UnaryOperator', argument)];
    default:
      return [];
  }
}

function ofLiteral(node: NodeOf<'Literal'>): readonly Mutation[] {
  if (typeof node.value === 'boolean') return [whole(node, 'BooleanLiteral', String(!node.value))];
  if (typeof node.value === 'string') return [whole(node, 'StringLiteral', node.value === '' ? `"${filler}"` : '""')];
  return [];
}

function ofCall(node: NodeOf<'CallExpression'>, { text, flat }: Source): readonly Mutation[] {
  const found: Mutation[] = [];
  if (node.optional) found.push(...ofOptional(node, node.callee.end, '(', { text, flat }));
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return found;
  const other = methods[callee.property.name];
  if (other === undefined || !Object.hasOwn(methods, callee.property.name)) return found;
  if (other === '') {
    const object = flat.of(node.start, callee.object.end);
    const between = flat.of(callee.object.end, callee.property.start);
    if (object === undefined || between === undefined || callee.object.type === 'Super') return found;
    const closing = /^[\s)]*/.exec(between)![0].replace(/\s/g, '');
    found.push(whole(node, 'MethodExpression', object + closing));
  } else {
    const before = flat.of(node.start, callee.property.start);
    const after = flat.of(callee.property.end, node.end);
    if (before !== undefined && after !== undefined)
      found.push(whole(node, 'MethodExpression', before + other + after));
  }
  return found;
}

/** `a?.b` → `a.b`, `a?.[b]` → `a[b]`, `a?.()` → `a()`. */
function ofOptional(node: Node, from: number, then: '.' | '[' | '(', { flat }: Source): readonly Mutation[] {
  const before = flat.of(node.start, from);
  const rest = flat.of(from, node.end);
  if (before === undefined || rest === undefined) return [];
  const at = rest.indexOf('?.');
  if (at < 0) return [];
  const after = rest.slice(at + 2);
  return [whole(node, 'OptionalChaining', before + rest.slice(0, at) + (then === '.' ? '.' : '') + after)];
}
