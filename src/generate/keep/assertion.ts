import type { DoubleCall, Seen } from '../model/candidate.ts';
import { isList, isMarked, isWhole, type MarkedValue, type Value } from '../model/value.ts';
import { isSnapshot } from '../write/snapshot.ts';

type ErrorValue = Extract<MarkedValue, { $: 'error' }>;

/** What a kept test checks. */
export type Assertion =
  | { readonly kind: 'equals'; readonly step: number; readonly value: Value }
  /** The result is what another step gave: a method that returns its object. */
  | { readonly kind: 'same'; readonly step: number; readonly other: number }
  | { readonly kind: 'throws'; readonly step: number; readonly error: ErrorValue; readonly message: string | undefined }
  /** An object of a class with these data of its own. */
  | {
      readonly kind: 'instance';
      readonly step: number;
      readonly class: string;
      readonly fields: readonly (readonly [string, Value])[];
    }
  | { readonly kind: 'function'; readonly step: number }
  /** Receiver or argument after a step that changed it. */
  | { readonly kind: 'state'; readonly step: number; readonly of: string; readonly value: Value }
  | { readonly kind: 'calls'; readonly callback: string; readonly value: Value }
  /** With which arguments a stand-in for the world outside was called. */
  | { readonly kind: 'asked'; readonly target: string; readonly calls: readonly DoubleCall[] }
  /** What all steps together wrote to standard output. */
  | { readonly kind: 'output'; readonly text: string };

/** What Node's own emitters and streams keep in their objects. */
const ENGINES = /^_(?:events|eventsCount|maxListeners|readableState|writableState|closeHadError)$|^allowHalfOpen$/;
/** Letters of a value as JSON that a test compares with. */
const MOST_LITERAL = 12_000;

/** All that can be asserted of what was seen: the strongest form that its values allow. */
export function assertionsOf(seen: Seen): Assertion[] {
  const found: Assertion[] = [];
  for (const [step, { outcome, value, after }] of seen.steps.entries()) {
    if (outcome === 'threw' && isMarked(value!) && value.$ === 'error') {
      found.push({ kind: 'throws', step, error: value, message: stableMessage(value.m) });
    } else if (outcome === 'returned' && value !== undefined) found.push(...ofResult(step, value));
    for (const [of, state] of Object.entries(after ?? {})) {
      for (const value of assertableStates(state)) found.push({ kind: 'state', step, of, value });
    }
  }
  if (seen.output !== undefined && stableMessage(seen.output.slice(0, 200)) !== undefined)
    found.push({ kind: 'output', text: seen.output });
  for (const [target, calls] of Object.entries(seen.calls ?? {})) {
    const whole = calls.every((call) => call[0].every(isWhole) && call[1].every(([, value]) => isWhole(value)));
    if (whole && JSON.stringify(calls).length < 600) found.push({ kind: 'asked', target, calls });
  }
  for (const [callback, calls] of Object.entries(seen.callbacks ?? {})) {
    const value: Value = calls.map((given) => [...given]);
    if (isWhole(value) && JSON.stringify(value).length < 400) found.push({ kind: 'calls', callback, value });
  }
  return found;
}

/** Of an object each field by itself: which of them are needed is chosen later. */
function assertableStates(state: Value): Value[] {
  if (!isMarked(state) || state.$ !== 'instance') return isWhole(state) ? [state] : [];
  return state.p.filter(([, item]) => isWhole(item)).map((field) => ({ ...state, p: [field] }));
}

/** Fields of one object that stand in assertions of their own, in one. */
export function joinFields(assertions: readonly Assertion[]): Assertion[] {
  const joined = new Map<string, Assertion>();
  for (const [i, one] of assertions.entries()) {
    const key = fieldOwner(one) ?? String(i);
    const held = joined.get(key);
    joined.set(key, held ? withFieldsOf(held, one) : one);
  }
  return [...joined.values()];
}

function fieldOwner(assertion: Assertion): string | undefined {
  if (assertion.kind === 'instance') return `instance ${assertion.step}`;
  const isState = assertion.kind === 'state' && isMarked(assertion.value) && assertion.value.$ === 'instance';
  return isState ? `state ${assertion.step} ${assertion.of}` : undefined;
}

function withFieldsOf(one: Assertion, other: Assertion): Assertion {
  if (one.kind === 'instance' && other.kind === 'instance') return { ...one, fields: [...one.fields, ...other.fields] };
  if (one.kind !== 'state' || other.kind !== 'state') return one;
  const [held, more] = [one.value, other.value];
  if (!isMarked(held) || held.$ !== 'instance' || !isMarked(more) || more.$ !== 'instance') return one;
  return { ...one, value: { ...held, p: [...held.p, ...more.p] } };
}

function ofResult(step: number, value: Value): Assertion[] {
  if (isMarked(value)) {
    switch (value.$) {
      case 'step':
        return value.i === step ? [] : [{ kind: 'same', step, other: value.i }];
      case 'function':
      case 'class':
        return [{ kind: 'function', step }];
      case 'instance':
        return [
          { kind: 'instance', step, class: value.c, fields: [] },
          ...value.p
            .filter(([name, item]) => isWhole(item) && !ENGINES.test(name))
            .map((field): Assertion => ({ kind: 'instance', step, class: value.c, fields: [field] })),
        ];
    }
  }
  return isWhole(value) && JSON.stringify(value).length <= MOST_LITERAL ? [{ kind: 'equals', step, value }] : [];
}

/** Messages with paths, addresses or times in them, and those of the engine's own, which change between versions, are left out. */
function stableMessage(message: string): string | undefined {
  if (message === '' || message.length > 200) return undefined;
  if (/(?:^|[\s'"(])(?:\/|[A-Z]:\\)[\w.-]+[/\\]|0x[0-9a-f]{6,}|<locals>|\bat line\b.*node_modules/i.test(message))
    return undefined;
  return message;
}

/** Whether it holds of what another run saw. */
export function holds(assertion: Assertion, seen: Seen): boolean {
  if (assertion.kind === 'calls') {
    return same(
      assertion.value,
      (seen.callbacks?.[assertion.callback] ?? []).map((given) => [...given]),
    );
  }
  if (assertion.kind === 'asked')
    return JSON.stringify(seen.calls?.[assertion.target]) === JSON.stringify(assertion.calls);
  if (assertion.kind === 'output') return seen.output === assertion.text;
  const step = seen.steps[assertion.step];
  if (!step) return false;
  if (assertion.kind === 'throws') {
    if (step.outcome !== 'threw' || !isMarked(step.value!) || step.value.$ !== 'error') return false;
    return (
      step.value.c === assertion.error.c && (assertion.message === undefined || step.value.m === assertion.error.m)
    );
  }
  if (step.outcome !== 'returned') return false;
  if (assertion.kind === 'state')
    return step.after?.[assertion.of] !== undefined && covers(step.after[assertion.of]!, assertion.value);
  const value = step.value!;
  switch (assertion.kind) {
    case 'equals':
      return same(assertion.value, value);
    case 'same':
      return isMarked(value) && value.$ === 'step' && value.i === assertion.other;
    case 'function':
      return isMarked(value) && (value.$ === 'function' || value.$ === 'class');
    case 'instance':
      return (
        isMarked(value) && value.$ === 'instance' && value.c === assertion.class && hasFields(value.p, assertion.fields)
      );
  }
}

/** An instance may have more fields than were asserted. */
function covers(value: Value, asserted: Value): boolean {
  if (isMarked(asserted) && asserted.$ === 'instance') {
    return isMarked(value) && value.$ === 'instance' && value.c === asserted.c && hasFields(value.p, asserted.p);
  }
  return same(value, asserted);
}

function hasFields(
  fields: readonly (readonly [string, Value])[],
  asserted: readonly (readonly [string, Value])[],
): boolean {
  const held = new Map(fields);
  return asserted.every(([name, item]) => held.has(name) && same(held.get(name)!, item));
}

function same(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Values without the class of errors and objects around them tell little. */
export function strength(assertion: Assertion): number {
  switch (assertion.kind) {
    case 'equals':
      // What is too long to be read comes after whatever sees the same.
      if (isSnapshot(assertion.value)) return 1.5;
      return isMarked(assertion.value) && assertion.value.$ === 'undefined'
        ? 1
        : isList(assertion.value) || isMarked(assertion.value)
          ? 5
          : 4;
    case 'throws':
      return assertion.message === undefined ? 3 : 4;
    case 'state':
      return 4;
    case 'calls':
    case 'asked':
    case 'output':
      return 3;
    case 'instance':
      return assertion.fields.length > 0 ? 3 : 2;
    case 'same':
      return 2;
    case 'function':
      return 1;
  }
}
