/**
 * Strings that are put together from constants and the rest: `"visit_" + name`, `f"visit_{name}"`, `"visit_%s" % name`,
 * `"visit_{}".format(name)`. Their beginning and end tell which attributes `getattr` may mean.
 */
import { ConstantKind, FlowOp } from '#model/flow.ts';
import type { Context } from './context.ts';
import { Kind } from './grammar.ts';
import type { Unit } from './unit.ts';

/** Fewer known characters than this say too little. */
const SHORTEST = 3;

/** The slot of a string known in part, −1 where too little is known. */
export function templateConstant(context: Context, node: number): number {
  const parts = ends(context.unit, node);
  if (!parts) return -1;
  const [prefix, suffix] = parts;
  const isName = /^[A-Za-z_][A-Za-z0-9_]*$|^$/.test(prefix) && /^[A-Za-z0-9_]*$/.test(suffix);
  if (!isName || prefix.length + suffix.length < SHORTEST) return -1;
  return context.flow.constant(ConstantKind.template, `${prefix}*${suffix}`);
}

/** `before` + what `hole` holds + `after`, where that may be a name or a dotted path; −1 where it is none. */
export function filled(context: Context, before: string, hole: number, after: string): number {
  const { flow, unit } = context;
  if (hole < 0 || before.length + after.length === 0 || !/^[\w.]*$/.test(before + after)) return -1;
  const slot = flow.slot();
  flow.emit(FlowOp.protocol, slot, hole, unit.facts.string(`#fill ${before}*${after}`), noArguments(context), -1);
  return slot;
}

/** `"a%sb" % x`, `"a{}b".format(x)`: with one place and what goes there. */
export function filledFormat(context: Context, text: string | undefined, place: RegExp, hole: number): number {
  const parts = text?.split(place);
  return parts?.length === 2 ? filled(context, parts[0]!, hole, parts[1]!) : -1;
}

function noArguments({ unit }: Context): number {
  return unit.facts.flowLists.list([0]);
}

/** What the string begins and ends with. */
function ends(unit: Unit, node: number): readonly [prefix: string, suffix: string] | undefined {
  const { fields } = unit;
  switch (unit.kind(node)) {
    case Kind.parenthesized_expression:
      return ends(unit, unit.firstNamed(node));
    case Kind.string:
      return stringEnds(unit, node);
    case Kind.binary_operator: {
      const left = unit.child(node, fields.left);
      const right = unit.child(node, fields.right);
      const operator = unit.textOf(unit.child(node, fields.operator));
      if (left < 0 || right < 0) return undefined;
      if (operator === '%') return formatted(unit.plainString(left), /%(\([^)]*\))?[-#0 +]*\d*(\.\d+)?[a-z%]/gi);
      if (operator !== '+') return undefined;
      const first = ends(unit, left);
      const last = ends(unit, right);
      return first || last ? [first?.[0] ?? '', last?.[1] ?? ''] : undefined;
    }
    case Kind.call: {
      const callee = unit.child(node, fields.function);
      if (callee < 0 || unit.kind(callee) !== Kind.attribute) return undefined;
      const method = unit.textOf(unit.child(callee, fields.attribute));
      if (method === 'lower' || method === 'upper') {
        const parts = ends(unit, unit.child(callee, fields.object));
        if (!parts) return undefined;
        return method === 'lower'
          ? [parts[0].toLowerCase(), parts[1].toLowerCase()]
          : [parts[0].toUpperCase(), parts[1].toUpperCase()];
      }
      if (method !== 'format') return undefined;
      return formatted(unit.plainString(unit.child(callee, fields.object)), /\{[^{}]*\}/g);
    }
    default:
      return undefined;
  }
}

function formatted(text: string | undefined, place: RegExp): readonly [string, string] | undefined {
  if (text === undefined) return undefined;
  const places = [...text.matchAll(place)];
  const last = places.at(-1);
  return last ? [text.slice(0, places[0]!.index), text.slice(last.index + last[0].length)] : undefined;
}

/** Of a plain string, all of it on both sides; of an f-string, what stands before the first and after the last field. */
function stringEnds(unit: Unit, node: number): readonly [string, string] | undefined {
  const plain = unit.plainString(node);
  if (plain !== undefined) return [plain, plain];
  let prefix: string | undefined;
  let text = '';
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    const kind = unit.kind(child);
    if (kind === Kind.string_start && /b/i.test(unit.textOf(child))) return undefined;
    if (kind === Kind.string_content) text += unit.textOf(child);
    else if (kind === Kind.interpolation) {
      prefix ??= text;
      text = '';
    }
  }
  return prefix === undefined ? undefined : [prefix, text];
}
