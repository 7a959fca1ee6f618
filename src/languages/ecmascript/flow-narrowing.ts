/** What a test tells of a variable: `typeof x === "…"`, `x instanceof C`, `Array.isArray(x)`, joined by `&&`, `||`, `!`. */
import { FlowOp, NarrowKind, NOT } from '#model/flow.ts';
import type { Expression, Node } from './estree.ts';
import type { FlowPass } from './flow-pass.ts';
import { type Binding, lookup } from './scope.ts';

const byTypeof: Readonly<Record<string, number>> = {
  function: NarrowKind.callable,
  string: NarrowKind.string,
  number: NarrowKind.number,
  boolean: NarrowKind.boolean,
  undefined: NarrowKind.undefined,
  object: NarrowKind.object,
};

interface Question {
  readonly binding: Binding;
  readonly kind: number;
  readonly type: Expression | undefined;
  readonly negated: boolean;
}

/** From here on `test` has come out as `outcome`. The test itself has been walked. */
export function assume(pass: FlowPass, test: Node, outcome: boolean): void {
  const { writer } = pass;
  switch (test.type) {
    case 'ParenthesizedExpression':
      return assume(pass, test.expression, outcome);
    case 'UnaryExpression':
      if (test.operator === '!') assume(pass, test.argument, !outcome);
      return;
    case 'LogicalExpression': {
      if (test.operator === '??' || !tellsApart(pass, test)) return;
      if ((test.operator === '&&') === outcome) {
        assume(pass, test.left, outcome);
        return assume(pass, test.right, outcome);
      }
      const mark = writer.mark();
      assume(pass, test.left, outcome);
      const first = writer.collect(mark);
      assume(pass, test.left, !outcome);
      assume(pass, test.right, outcome);
      return writer.join(first, writer.collect(mark));
    }
    default: {
      const question = questionOf(pass, test);
      if (question) answer(pass, question, outcome);
    }
  }
}

function tellsApart(pass: FlowPass, test: Node): boolean {
  switch (test.type) {
    case 'ParenthesizedExpression':
      return tellsApart(pass, test.expression);
    case 'UnaryExpression':
      return test.operator === '!' && tellsApart(pass, test.argument);
    case 'LogicalExpression':
      return tellsApart(pass, test.left) || tellsApart(pass, test.right);
    default:
      return questionOf(pass, test) !== undefined;
  }
}

function questionOf(pass: FlowPass, test: Node): Question | undefined {
  if (test.type === 'CallExpression') {
    const { callee } = test;
    const [subject] = test.arguments;
    if (callee.type !== 'MemberExpression' || callee.computed || !subject) return undefined;
    const { object, property } = callee;
    if (object.type !== 'Identifier' || object.name !== 'Array' || lookup(pass.scope, 'Array')) return undefined;
    if (property.type !== 'Identifier' || property.name !== 'isArray') return undefined;
    const binding = own(pass, subject);
    return binding && { binding, kind: NarrowKind.array, type: undefined, negated: false };
  }
  if (test.type !== 'BinaryExpression' || test.left.type === 'PrivateIdentifier') return undefined;
  const { left, right, operator } = test;
  if (operator === 'instanceof') {
    const binding = own(pass, left);
    return binding && { binding, kind: NarrowKind.instance, type: right, negated: false };
  }
  const isEqual = operator === '===' || operator === '==';
  if (!isEqual && operator !== '!==' && operator !== '!=') return undefined;
  const [asked, text] = left.type === 'Literal' ? [right, left] : [left, right];
  if (asked.type !== 'UnaryExpression' || asked.operator !== 'typeof' || text.type !== 'Literal') return undefined;
  const kind = byTypeof[String(text.value)];
  const binding = kind === undefined ? undefined : own(pass, asked.argument);
  return binding && { binding, kind: kind!, type: undefined, negated: !isEqual };
}

/** The variable of the function in progress that a name reads and whose versions can be told apart. */
function own(pass: FlowPass, node: Node): Binding | undefined {
  if (node.type === 'ParenthesizedExpression') return own(pass, node.expression);
  const binding = node.type === 'Identifier' ? lookup(pass.scope, node.name) : undefined;
  if (!binding || binding.slot < 0 || binding.scope.unit !== pass.scope.unit) return undefined;
  return binding.writes <= 1 || !binding.captured ? binding : undefined;
}

function answer(pass: FlowPass, { binding, kind, type, negated }: Question, outcome: boolean): void {
  const { writer } = pass;
  const types = type ? typeSlot(pass, type) : -1;
  if (type && types < 0) return;
  const narrowed = writer.slot();
  writer.emit(FlowOp.narrow, narrowed, binding.slot, types, kind + (outcome !== negated ? 0 : NOT));
  // Where nothing is known of the value, the type is.
  if (types >= 0 && outcome !== negated) writer.emit(FlowOp.annotate, narrowed, types);
  writer.narrow(binding, narrowed);
}

/** The slot of a class by name or dotted path: the test's own references are written already. */
function typeSlot(pass: FlowPass, node: Node): number {
  const { writer } = pass;
  if (node.type === 'Identifier') {
    const binding = lookup(pass.scope, node.name);
    return binding ? writer.read(binding) : writer.global(node.name);
  }
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return -1;
  return writer.load(typeSlot(pass, node.object), node.property.name);
}
