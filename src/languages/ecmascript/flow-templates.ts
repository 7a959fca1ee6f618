/** Strings that are put together from constants and one part that is not: names of members that they may mean. */
import { ConstantKind, FlowOp } from '#model/flow.ts';
import type { BinaryExpression, Expression, Node, TemplateLiteral } from './estree.ts';
import { constantOf } from './flow-constants.ts';
import type { FlowPass } from './flow-pass.ts';

/** Fewer known characters than this say too little. */
const SHORTEST = 3;

interface Part {
  /** −1 where it is known. */
  readonly slot: number;
  readonly text: string;
}

/** `a${x}b` or "a" + x + "b", its parts in order; the slot of the name, −1 where too little of it is known. */
function composed(pass: FlowPass, parts: readonly Part[]): number {
  const { writer, unit } = pass;
  const first = parts.findIndex(({ slot, text }) => slot >= 0 || text === UNKNOWN);
  const last = parts.findLastIndex(({ slot, text }) => slot >= 0 || text === UNKNOWN);
  if (first < 0) return -1;
  const before = textOf(parts.slice(0, first));
  const after = textOf(parts.slice(last + 1));
  if (!/^[\w$]*$/.test(before + after) || before.length + after.length === 0) return -1;
  const slot = writer.slot();
  const hole = first === last ? parts[first]!.slot : -1;
  if (hole >= 0) writer.emit(FlowOp.protocol, slot, hole, unit.facts.string(`#fill ${before}*${after}`), -1, -1);
  if (before.length + after.length >= SHORTEST)
    writer.emit(FlowOp.constant, slot, ConstantKind.template, unit.facts.string(`${before}*${after}`));
  return slot;
}

/** A part that nothing is known of. */
const UNKNOWN = '*';

function partOf(pass: FlowPass, node: Expression, slot: number): Part {
  const text = constantOf(pass, node);
  if (text !== undefined) return { slot: -1, text };
  return { slot, text: UNKNOWN };
}

function knownPart(text: string): Part {
  return { slot: -1, text };
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('');
}

/** A template literal: what it is put together from. */
export function templateText(pass: FlowPass, node: TemplateLiteral): number {
  const { writer } = pass;
  const parts: Part[] = [];
  node.quasis.forEach((quasi, index) => {
    parts.push(knownPart(quasi.value.cooked ?? UNKNOWN));
    const expression = node.expressions[index];
    if (!expression) return;
    const slot = pass.value(expression);
    convert(pass, slot, ['toString']);
    parts.push(partOf(pass, expression, slot));
  });
  const text = constantOf(pass, node);
  if (text !== undefined) return writer.constant(text);
  const name = composed(pass, parts);
  return name < 0 ? writer.constant('') : name;
}

/** `left + right`, whose values the slots hold. */
export function sumText(pass: FlowPass, node: BinaryExpression, left: number, right: number): number {
  const { writer } = pass;
  if (mayBeObject(node.left)) convert(pass, left, ['@@toPrimitive', 'valueOf', 'toString']);
  if (mayBeObject(node.right)) convert(pass, right, ['@@toPrimitive', 'valueOf', 'toString']);
  const text = constantOf(pass, node);
  if (text !== undefined) return writer.constant(text);
  return composed(pass, [...partsOf(pass, node.left, left), partOf(pass, node.right, right)]);
}

/** The parts of the left side of a sum: of a sum in it, only what is known counts. */
function partsOf(pass: FlowPass, node: BinaryExpression['left'], slot: number): readonly Part[] {
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return [partOf(pass, node, slot)];
  return [...partsOf(pass, node.left, -1), partOf(pass, node.right, -1)];
}

function mayBeObject({ type }: Node): boolean {
  return type !== 'Literal' && type !== 'TemplateLiteral' && type !== 'BinaryExpression' && type !== 'UnaryExpression';
}

/** Operators convert objects by methods of theirs. */
export function convert(pass: FlowPass, slot: number, methods: readonly string[]): void {
  if (slot < 0) return;
  for (const method of methods) pass.writer.emit(FlowOp.protocol, -1, slot, pass.unit.facts.string(method), -1, -1);
}
