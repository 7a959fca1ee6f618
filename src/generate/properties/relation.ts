import type { Step } from '../model/candidate.ts';
import { isList, isMarked, type Value } from '../model/value.ts';

/** What holds between the inputs of a function and what it gives. */
export type Relation =
  /** `back(there(x)) = x`, `f(f(x)) = x`, `f(f(x)) = f(x)`, `f(a, b) = f(b, a)` */
  | { readonly kind: 'round trip' | 'involution' | 'idempotent' | 'commutative' }
  /** Two methods of one object: what the first is given last, the second gives back; or it says that it is there. */
  | { readonly kind: 'stored'; readonly as: 'value' | 'presence' }
  /** Between the first input and the result, both lists or both texts. */
  | { readonly kind: 'same items' | 'keeps order' | 'same length' | 'no longer' }
  /** Of the result alone. */
  | { readonly kind: 'ascending' | 'distinct' }
  | { readonly kind: 'at least'; readonly low: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  /** Every character is of a class; `words`: how that is said. */
  | { readonly kind: 'pattern'; readonly pattern: string; readonly words: string }
  | { readonly kind: 'type'; readonly of: ResultType };

export type ResultType = 'string' | 'number' | 'integer' | 'boolean' | 'list';

/** A function of a module, or a method of an object that is made first. */
export interface Function {
  readonly module: number;
  /** Of a method: from the object. */
  readonly path: readonly string[];
  readonly receiver?: Receiver;
  /** What it gives is waited for. */
  readonly isAsync?: boolean;
  /** Arguments that it is given; default: all inputs. */
  readonly takes?: number;
}

/** How the object is made. */
export interface Receiver {
  /** The class, from the module. */
  readonly path: readonly string[];
  readonly with: readonly Value[];
}

/** Stronger ones tell more of the function and come first. */
export function relationStrength({ kind }: Relation): number {
  switch (kind) {
    case 'round trip':
      return 9;
    case 'involution':
    case 'idempotent':
    case 'commutative':
    case 'stored':
      return 8;
    case 'same items':
      return 7;
    case 'pattern':
    case 'ascending':
    case 'keeps order':
      return 6;
    case 'distinct':
    case 'same length':
    case 'between':
      return 5;
    case 'no longer':
    case 'at least':
      return 3;
    case 'type':
      return 1;
  }
}

/** The calls that show it; `functions`: the one that it is about, and for a round trip the way back. */
export function relationSteps(relation: Relation, functions: readonly Function[], inputs: readonly Value[]): Step[] {
  const [first, second] = functions;
  const before = stepsBefore(functions);
  const call = ({ module, path, receiver }: Function, given: readonly Value[]): Step => ({
    op: 'call',
    on: receiver ? { step: 0, path } : { module, path },
    with: given,
  });
  const again: Value = { $: 'step', i: before.length };
  switch (relation.kind) {
    case 'round trip':
      return [...before, call(first!, inputs), call(second!, [again])];
    case 'stored':
      return [...before, call(first!, inputs), call(second!, inputs.slice(0, second!.takes))];
    case 'involution':
    case 'idempotent':
      return [...before, call(first!, inputs), call(first!, [again, ...inputs.slice(1)])];
    case 'commutative':
      return [...before, call(first!, inputs), call(first!, inputs.toReversed())];
    default:
      return [...before, call(first!, inputs)];
  }
}

/** Makes the object that methods are called on. */
export function stepsBefore([first]: readonly Function[]): Step[] {
  const { receiver, module } = first!;
  return receiver ? [{ op: 'new', on: { module, path: receiver.path }, with: receiver.with }] : [];
}

/** Whether it holds of one run; `results`: what each step gave. */
export function relationHolds(
  relation: Relation,
  inputs: readonly Value[],
  results: readonly Value[],
  language: 'ecmascript' | 'python',
): boolean {
  const [first, second] = results as [Value, Value];
  const input = inputs[0]!;
  switch (relation.kind) {
    case 'round trip':
    case 'involution':
      return equalValues(second, input);
    case 'stored':
      return relation.as === 'presence' ? second === true : equalValues(second, inputs.at(-1)!);
    case 'idempotent':
    case 'commutative':
      return equalValues(first, second);
    case 'same items':
      return isList(input) && isList(first) && sortedKeys(input).join('\0') === sortedKeys(first).join('\0');
    case 'keeps order':
      return isList(input) && isList(first) && isSubsequence(first.map(keyOf), input.map(keyOf));
    case 'same length':
      return lengthOf(input, language) !== undefined && lengthOf(input, language) === lengthOf(first, language);
    case 'no longer': {
      const [before, after] = [lengthOf(input, language), lengthOf(first, language)];
      return before !== undefined && after !== undefined && after <= before;
    }
    case 'ascending':
      return isList(first) && first.every((item, i) => i === 0 || inOrder(first[i - 1]!, item));
    case 'distinct':
      return isList(first) && new Set(first.map(keyOf)).size === first.length;
    case 'at least':
      return numberOf(first) !== undefined && numberOf(first)! >= relation.low;
    case 'between': {
      const number = numberOf(first);
      return number !== undefined && number >= relation.low && number <= relation.high;
    }
    case 'pattern':
      return typeof first === 'string' && new RegExp(`^(?:${relation.pattern})$`).test(first);
    case 'type':
      return isOfType(first, relation.of);
  }
}

function isOfType(value: Value, type: ResultType): boolean {
  switch (type) {
    case 'list':
      return isList(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'number':
      return numberOf(value) !== undefined;
    default:
      return typeof value === type;
  }
}

/** Finite numbers; Python's floats are marked. */
export function numberOf(value: Value): number | undefined {
  const number = typeof value === 'number' ? value : isMarked(value) && value.$ === 'number' ? Number(value.v) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

export function lengthOf(value: Value, language: 'ecmascript' | 'python'): number | undefined {
  if (typeof value === 'string') return language === 'python' ? [...value].length : value.length;
  return isList(value) ? value.length : undefined;
}

function inOrder(one: Value, other: Value): boolean {
  const [a, b] = [numberOf(one), numberOf(other)];
  return a !== undefined && b !== undefined
    ? a <= b
    : typeof one === 'string' && typeof other === 'string' && one <= other;
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const item of whole) if (part[at] === item) at++;
  return at === part.length;
}

function keyOf(value: Value): string {
  return JSON.stringify(value);
}

function sortedKeys(list: readonly Value[]): string[] {
  return list.map(keyOf).sort();
}

/** Deep equality as test frameworks mean it: the order of keys does not count. */
function equalValues(one: Value, other: Value): boolean {
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((item, i) => equalValues(item, other[i]!));
  if (isMarked(one) && isMarked(other) && one.$ === 'record' && other.$ === 'record') {
    const held = new Map(other.e);
    return (
      one.n === other.n &&
      one.e.length === other.e.length &&
      one.e.every(([name, item]) => held.has(name) && equalValues(item, held.get(name)!))
    );
  }
  return JSON.stringify(one) === JSON.stringify(other);
}
