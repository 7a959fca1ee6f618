/** Operators as calls of the methods that classes may define for them. */
import { ConstantKind } from '#model/flow.ts';
import type { Context } from './context.ts';
import { filled, filledFormat, templateConstant } from './templates.ts';
import { Kind } from './grammar.ts';

const binary: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<<': 'lshift',
  '>>': 'rshift',
};
const comparison: Readonly<Record<string, string>> = {
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
  '==': '__eq__',
  '!=': '__ne__',
  '<>': '__ne__',
  in: '__contains__',
  'not in': '__contains__',
};
const unary: Readonly<Record<string, string>> = { '-': '__neg__', '+': '__pos__', '~': '__invert__' };

export function evaluateOperator(context: Context, node: number): number {
  const kind = context.unit.kind(node);
  if (kind === Kind.binary_operator) return binaryOperator(context, node);
  return kind === Kind.unary_operator ? unaryOperator(context, node) : comparisonOperator(context, node);
}

function binaryOperator(context: Context, node: number): number {
  const { unit } = context;
  const { fields } = unit;
  const left = unit.child(node, fields.left);
  const right = unit.child(node, fields.right);
  const operator = unit.child(node, fields.operator);
  if (left < 0 || right < 0 || operator < 0) return -1;
  const leftSlot = context.evaluate(left);
  const rightSlot = context.evaluate(right);
  const method = binary[unit.textOf(operator)];
  if (method === 'add' || method === 'mod') {
    const template = templateConstant(context, node);
    const name =
      method === 'mod'
        ? formattedName(context, left, rightSlot)
        : joinedName(context, left, right, leftSlot, rightSlot);
    if (template >= 0 || (name >= 0 && isText(context, left))) return context.flow.union([template, name]);
    if (name >= 0)
      return context.flow.union([name, context.protocol(leftSlot, `__${method}__`, [rightSlot], operator)]);
  }
  if (method === undefined || isText(context, left)) return -1;
  if (isLiteral(context, left))
    return isLiteral(context, right) ? -1 : context.protocol(rightSlot, `__r${method}__`, [leftSlot], operator);
  return context.protocol(leftSlot, `__${method}__`, [rightSlot], operator);
}

/** `"get_" + name`, `name + "_set"` */
function joinedName(context: Context, left: number, right: number, leftSlot: number, rightSlot: number): number {
  const { unit } = context;
  const before = isText(context, left) ? unit.plainString(left) : undefined;
  if (before !== undefined && !isLiteral(context, right)) return filled(context, before, rightSlot, '');
  const after = isText(context, right) ? unit.plainString(right) : undefined;
  return after !== undefined && !isLiteral(context, left) ? filled(context, '', leftSlot, after) : -1;
}

/** `"get_%s" % name` */
function formattedName(context: Context, left: number, rightSlot: number): number {
  return isText(context, left) ? filledFormat(context, context.unit.plainString(left), /%s/, rightSlot) : -1;
}

/** `a += b`; returns the slot of the new value. */
export function augmentedValue(
  context: Context,
  left: number,
  leftSlot: number,
  operator: number,
  rightSlot: number,
): number {
  const method = binary[context.unit.textOf(operator).replace(/=$/, '')];
  if (method === undefined || isLiteral(context, left)) return leftSlot;
  const result = context.protocol(leftSlot, `__i${method}__`, [rightSlot], operator);
  // A list stays the list that it was.
  return context.flow.union([leftSlot, result]);
}

function unaryOperator(context: Context, node: number): number {
  const { unit, flow } = context;
  const operator = unit.child(node, unit.fields.operator);
  const argument = unit.child(node, unit.fields.argument);
  if (argument < 0 || operator < 0) return -1;
  const sign = unit.textOf(operator);
  if (unit.kind(argument) === Kind.integer && sign === '-')
    return flow.constant(ConstantKind.number, `-${unit.textOf(argument)}`);
  const slot = context.evaluate(argument);
  return isLiteral(context, argument) ? -1 : context.protocol(slot, unary[sign] ?? '__pos__', [], operator);
}

function comparisonOperator(context: Context, node: number): number {
  const { unit } = context;
  const { subtreeEnd, field } = unit.tree;
  let left = -1;
  let leftSlot = -1;
  let operator = -1;
  let result = -1;
  for (let child = node + 1; child < subtreeEnd[node]!; child = subtreeEnd[child]!) {
    if (field[child] === unit.fields.operators) {
      operator = child;
      continue;
    }
    if (!unit.isNamed(child) || unit.kind(child) === Kind.comment) continue;
    const slot = context.evaluate(child);
    if (operator >= 0) {
      const method = comparison[unit.textOf(operator).replace(/\s+/, ' ')];
      const [subject, subjectSlot, other] =
        method === '__contains__' ? [child, slot, leftSlot] : [left, leftSlot, slot];
      if (method !== undefined && !isLiteral(context, subject))
        result = context.protocol(subjectSlot, method, [other], operator);
    }
    left = child;
    leftSlot = slot;
    operator = -1;
  }
  return result;
}

function isText(context: Context, node: number): boolean {
  const kind = context.unit.kind(node);
  return kind === Kind.string || kind === Kind.concatenated_string;
}

/** Literals whose operators no class of a project defines. Displays are none: `[f] + [g]` joins them. */
function isLiteral(context: Context, node: number): boolean {
  const kind = context.unit.kind(node);
  return (
    isText(context, node) ||
    kind === Kind.integer ||
    kind === Kind.float ||
    kind === Kind.none ||
    kind === Kind.true ||
    kind === Kind.false
  );
}
