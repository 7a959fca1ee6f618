/**
 * A value of a test, independent of the language: what is passed, and what was seen. Plain JSON stands for itself (numbers are
 * finite, in Python integers; a list is an array); all else is marked with `$`. Harnesses read and write the same form.
 */
export type Value = null | boolean | number | string | readonly Value[] | MarkedValue;

export type Entry = readonly [Value, Value];
export type Field = readonly [string, Value];

export type MarkedValue =
  | { readonly $: 'undefined' }
  /** `NaN`, `-0`, `Infinity`, `-Infinity`; in Python each float: `1.0`. */
  | { readonly $: 'number'; readonly v: string }
  | { readonly $: 'bigint'; readonly v: string }
  | { readonly $: 'symbol'; readonly v: string }
  | { readonly $: 'hole' }
  /** An object literal; `n`: without a prototype. */
  | { readonly $: 'record'; readonly e: readonly Field[]; readonly n?: 1 }
  /** JavaScript's Map, Python's dict. */
  | { readonly $: 'map'; readonly e: readonly Entry[] }
  | { readonly $: 'set'; readonly v: readonly Value[]; readonly frozen?: true }
  | { readonly $: 'tuple'; readonly v: readonly Value[] }
  /** `c`: Buffer, Uint8Array …, bytes, bytearray. */
  | { readonly $: 'bytes'; readonly c: string; readonly v: readonly (number | string)[] }
  /** Milliseconds since the epoch; null: an invalid date. */
  | { readonly $: 'date'; readonly v: number | null }
  | { readonly $: 'regexp'; readonly s: string; readonly f: string; readonly i?: number }
  /** `n`: the name property where it differs from the class. */
  | { readonly $: 'error'; readonly c: string; readonly n?: string; readonly m: string; readonly p?: readonly Field[] }
  /** A built-in that is made by a call: `datetime.date(2020, 1, 31)`, `decimal.Decimal("1.5")`. */
  | { readonly $: 'make'; readonly c: string; readonly v: readonly Value[] }
  | { readonly $: 'promise'; readonly v?: Value; readonly rejected?: true }
  | { readonly $: 'iterable'; readonly v: readonly Value[]; readonly async?: true }
  /** A file that is made for the test, with this name and content; what is passed is its path, `p`: as a path object (Python). */
  | { readonly $: 'file'; readonly n: string; readonly v: string; readonly p?: true }
  /** The result of an earlier step. */
  | { readonly $: 'step'; readonly i: number }
  /** Something that a module offers. */
  | { readonly $: 'import'; readonly m: number; readonly p: readonly string[] }
  | CallbackValue
  /** Records what is asked of it; only while inputs are explored. */
  | { readonly $: 'probe'; readonly id: number; readonly callable: boolean }
  /** Seen only: an object of a class, with its own data. */
  | { readonly $: 'instance'; readonly c: string; readonly p: readonly Field[] }
  | { readonly $: 'function'; readonly n: string }
  /** Seen only: a class itself; `q`: where it can be had, `package.module:Outer.Inner` (Python). */
  | { readonly $: 'class'; readonly n: string; readonly q?: string }
  | { readonly $: 'cycle' }
  /** Seen only: too large or too deep to be told whole. */
  | { readonly $: 'cut' };

/** A function that a test passes. Exactly one of its answers is given; none: it returns nothing. */
export interface CallbackValue {
  readonly $: 'callback';
  readonly id: number;
  readonly returns?: Value;
  /** Returns its argument of that number. */
  readonly argument?: number;
  readonly throws?: string;
  readonly sum?: true;
  readonly compare?: true;
  /** Calls its argument of that number (a `next` or `done`) with these values. */
  readonly calls?: number;
  readonly passes?: readonly Value[];
  readonly async?: true;
}

export const undefinedValue: Value = { $: 'undefined' };

export function isMarked(value: Value): value is MarkedValue {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Every value inside a value, itself first. */
export function* valuesIn(value: Value): Generator<Value> {
  yield value;
  if (isList(value)) {
    for (const item of value) yield* valuesIn(item);
  } else if (isMarked(value)) {
    yield* partsOf(value);
  }
}

function* partsOf(value: MarkedValue): Generator<Value> {
  switch (value.$) {
    case 'record':
      for (const [, item] of value.e) yield* valuesIn(item);
      return;
    case 'map':
      for (const [key, item] of value.e) {
        yield* valuesIn(key);
        yield* valuesIn(item);
      }
      return;
    case 'set':
    case 'tuple':
    case 'make':
    case 'iterable':
      for (const item of value.v) yield* valuesIn(item);
      return;
    case 'promise':
      if (value.v !== undefined) yield* valuesIn(value.v);
      return;
    case 'callback':
      if (value.returns !== undefined) yield* valuesIn(value.returns);
      for (const item of value.passes ?? []) yield* valuesIn(item);
      return;
    case 'instance':
    case 'error':
      for (const [, item] of value.p ?? []) yield* valuesIn(item);
  }
}

/** The same value with its direct parts replaced. */
export function mapParts(value: Value, change: (part: Value) => Value): Value {
  if (isList(value)) return value.map(change);
  if (!isMarked(value)) return value;
  switch (value.$) {
    case 'record':
      return { ...value, e: value.e.map(([key, item]) => [key, change(item)] as const) };
    case 'map':
      return { ...value, e: value.e.map(([key, item]) => [change(key), change(item)] as const) };
    case 'set':
    case 'tuple':
    case 'make':
    case 'iterable':
      return { ...value, v: value.v.map(change) };
    case 'promise':
      return value.v === undefined ? value : { ...value, v: change(value.v) };
    case 'callback':
      return {
        ...value,
        ...(value.returns === undefined ? {} : { returns: change(value.returns) }),
        ...(value.passes === undefined ? {} : { passes: value.passes.map(change) }),
      };
    default:
      return value;
  }
}

/** Whether it can be written down and compared as a whole. */
export function isWhole(value: Value): boolean {
  for (const part of valuesIn(value)) {
    if (!isMarked(part)) continue;
    if (['cut', 'cycle', 'promise', 'iterable', 'probe', 'function', 'instance'].includes(part.$)) return false;
    if (part.$ === 'class' && part.q === undefined) return false;
  }
  return true;
}

/** How many parts it has; long texts count more. */
export function sizeOf(value: Value): number {
  let size = 0;
  for (const part of valuesIn(value)) size += typeof part === 'string' ? 1 + part.length / 8 : 1;
  return size;
}
