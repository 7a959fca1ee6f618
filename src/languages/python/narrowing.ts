/** What a test tells of a variable: `isinstance(x, A)`, `type(x) is A`, `issubclass(x, A)`, `callable(x)`, joined by `and`, `or`, `not`. */
import { FlowOp, NarrowKind, NOT } from '#model/flow.ts';
import { pythonBuiltins } from '../python-builtins.ts';
import type { Context } from './context.ts';
import { Kind } from './grammar.ts';

const asks: Readonly<Record<string, number>> = {
  isinstance: NarrowKind.instance,
  issubclass: NarrowKind.subclass,
  callable: NarrowKind.callable,
};
const isEqual = new Set(['is', '==']);
const isOther = new Set(['is not', '!=']);

interface Question {
  readonly variable: number;
  readonly kind: number;
  /** Nodes of the types, empty for what asks by none. */
  readonly types: readonly number[];
  readonly negated: boolean;
}

/** From here on `test` has come out as `outcome`. The test itself has been walked. */
export function assume(context: Context, test: number, outcome: boolean): void {
  const { unit, flow } = context;
  if (test < 0) return;
  switch (unit.kind(test)) {
    case Kind.parenthesized_expression:
      return assume(context, unit.firstNamed(test), outcome);
    case Kind.not_operator:
      return assume(context, unit.firstNamed(test), !outcome);
    case Kind.boolean_operator: {
      const left = unit.child(test, unit.fields.left);
      const right = unit.child(test, unit.fields.right);
      if (left < 0 || right < 0 || !tellsApart(context, test)) return;
      if (unit.hasToken(test, 'and') === outcome) {
        assume(context, left, outcome);
        return assume(context, right, outcome);
      }
      const mark = flow.mark();
      assume(context, left, outcome);
      const first = flow.collect(mark);
      assume(context, left, !outcome);
      assume(context, right, outcome);
      return flow.join([first, flow.collect(mark)]);
    }
    default: {
      const question = questionOf(context, test);
      if (question) answer(context, question, outcome);
    }
  }
}

/** Whether a part of the test asks for something that is followed. */
function tellsApart(context: Context, test: number): boolean {
  const { unit } = context;
  const kind = unit.kind(test);
  if (kind !== Kind.boolean_operator && kind !== Kind.not_operator && kind !== Kind.parenthesized_expression)
    return questionOf(context, test) !== undefined;
  for (let child = unit.firstNamed(test); child >= 0; child = unit.nextNamed(child, test))
    if (tellsApart(context, child)) return true;
  return false;
}

function questionOf(context: Context, test: number): Question | undefined {
  const { unit } = context;
  if (unit.kind(test) === Kind.comparison_operator) return exactType(context, test);
  if (unit.kind(test) !== Kind.call) return undefined;
  const callee = unit.child(test, unit.fields.function);
  const list = unit.child(test, unit.fields.arguments);
  if (callee < 0 || list < 0 || unit.kind(callee) !== Kind.identifier) return undefined;
  const kind = asks[unit.textOf(callee)];
  const subject = unit.firstNamed(list);
  if (kind === undefined || subject < 0) return undefined;
  const variable = own(context, subject);
  if (variable < 0) return undefined;
  if (kind === NarrowKind.callable) return { variable, kind, types: [], negated: false };
  const type = unit.nextNamed(subject, list);
  return type < 0 ? undefined : { variable, kind, types: alternatives(context, type), negated: false };
}

/** `type(x) is A` */
function exactType(context: Context, test: number): Question | undefined {
  const { unit } = context;
  const call = unit.firstNamed(test);
  const type = call < 0 ? -1 : unit.nextNamed(call, test);
  if (type < 0 || unit.nextNamed(type, test) >= 0 || unit.kind(call) !== Kind.call) return undefined;
  const callee = unit.child(call, unit.fields.function);
  const list = unit.child(call, unit.fields.arguments);
  const subject = list < 0 ? -1 : unit.firstNamed(list);
  if (subject < 0 || unit.textOf(callee) !== 'type' || unit.nextNamed(subject, list) >= 0) return undefined;
  const operator = unit.child(test, unit.fields.operators);
  const sign = operator < 0 ? '' : unit.textOf(operator).replace(/\s+/g, ' ');
  const variable = isEqual.has(sign) || isOther.has(sign) ? own(context, subject) : -1;
  return variable < 0
    ? undefined
    : { variable, kind: NarrowKind.exact, types: alternatives(context, type), negated: isOther.has(sign) };
}

/** The variable of the function in progress that a name reads and whose versions are told apart, −1. */
function own(context: Context, node: number): number {
  const { unit, scopes } = context;
  if (unit.kind(node) !== Kind.identifier) return -1;
  const variable = context.variable(unit.name(node));
  return variable >= 0 &&
    scopes.runsIn[scopes.variableScope[variable]!] === context.runsIn &&
    !scopes.writtenElsewhere[variable]
    ? variable
    : -1;
}

/** `(A, B)` and `A | B` */
function alternatives(context: Context, node: number): number[] {
  const { unit } = context;
  const kind = unit.kind(node);
  if (kind === Kind.parenthesized_expression) return alternatives(context, unit.firstNamed(node));
  if (kind !== Kind.tuple && kind !== Kind.binary_operator) return [node];
  const found: number[] = [];
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
    found.push(...alternatives(context, child));
  return found;
}

function answer(context: Context, { variable, kind, types, negated }: Question, outcome: boolean): void {
  const { flow } = context;
  const holds = outcome !== negated;
  const before = flow.read(variable);
  const known = types.map((type) => typeSlot(context, type));
  const isKnown = known.every((slot) => slot >= 0);
  if (before < 0 && !(holds && kind === NarrowKind.instance)) return;
  const narrowed = flow.slot();
  if (before >= 0 && isKnown) flow.emit(FlowOp.narrow, narrowed, before, flow.union(known), kind + (holds ? 0 : NOT));
  else flow.copy(narrowed, before);
  if (holds && kind === NarrowKind.instance) {
    // Where nothing is known of the value, the type is.
    const own = flow.union(types.map((type) => context.typeSlot(type)));
    if (own >= 0) flow.emit(FlowOp.annotate, narrowed, own);
  }
  flow.narrow(variable, narrowed);
}

function typeSlot(context: Context, node: number): number {
  const { unit, flow } = context;
  if (unit.kind(node) === Kind.identifier && context.variable(unit.name(node)) < 0) {
    const name = unit.textOf(node);
    return pythonBuiltins.has(name) ? flow.global(name) : -1;
  }
  return context.typeSlot(node);
}
