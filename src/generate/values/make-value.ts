import type { Shape } from '../model/surface.ts';
import { type CallbackValue, undefinedValue, type Value } from '../model/value.ts';
import type { Random } from './random.ts';
import type { ValuePool } from './value-pool.ts';

/** What values are made from. */
export interface Making {
  readonly random: Random;
  readonly pool: ValuePool;
  /** A step's result that fits the class, made by new steps where need be; undefined where there is none. */
  instance(name: string): Value | undefined;
  /** A number for a callback or probe that no other in the candidate has. */
  nextId(): number;
}

const INTEGERS = [0, 1, 2, 3, -1, 10, 5, 7, 100, 255, 1000];
const NUMBERS = [...INTEGERS, 0.5, 1.5, -2.5, 1e21, 1e-7, 123456.789];
const EXTREME: Value[] = [
  { $: 'number', v: 'NaN' },
  { $: 'number', v: 'Infinity' },
  { $: 'number', v: '-Infinity' },
  { $: 'number', v: '-0' },
];

export function makeValue(shape: Shape, making: Making, depth = 0): Value {
  const { random, pool } = making;
  const python = pool.language === 'python';
  switch (shape.kind) {
    case 'any':
      return makeAny(making, depth);
    case 'string':
      return pool.text(random);
    case 'integer':
      return pool.numbers.length > 0 && random.chance(0.4)
        ? Math.round(random.pick(pool.numbers))
        : random.pick(INTEGERS);
    case 'number':
      if (!python && random.chance(0.05)) return random.pick(EXTREME);
      return makeNumber(making);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    case 'undefined':
      return python ? null : undefinedValue;
    case 'bigint':
      return { $: 'bigint', v: String(random.pick(INTEGERS)) };
    case 'symbol':
      return { $: 'symbol', v: 'key' };
    case 'regexp':
      return {
        $: 'regexp',
        s: random.pick(['a', '[a-z]+', '\\d+', '\\s', ...pool.patterns]),
        f: random.pick(['', 'g', 'i']),
      };
    case 'date':
      return makeDate(making);
    case 'bytes':
      return {
        $: 'bytes',
        c: python ? 'bytes' : random.pick(['Buffer', 'Uint8Array']),
        v: [...new TextEncoder().encode(pool.text(random))].slice(0, 60),
      };
    case 'file':
      return makeFile(making);
    case 'stream':
      return makeStream(making);
    case 'error':
      return { $: 'error', c: python ? 'ValueError' : 'Error', m: 'failed' };
    case 'class':
      return making.instance('') ?? null;
    case 'one-of':
      return random.pick(shape.values);
    case 'list':
      return makeList(shape.of, making, depth);
    case 'set':
      return { $: 'set', v: distinct(makeList(shape.of, making, depth)) };
    case 'iterable':
      return random.chance(0.7)
        ? makeList(shape.of, making, depth)
        : { $: 'iterable', v: makeList(shape.of, making, depth) };
    case 'async-iterable':
      return { $: 'iterable', v: makeList(shape.of, making, depth), async: true };
    case 'promise':
      return random.chance(0.8)
        ? { $: 'promise', v: makeValue(shape.of, making, depth + 1) }
        : { $: 'promise', v: { $: 'error', c: 'Error', m: 'failed' }, rejected: true };
    case 'tuple': {
      const items = shape.items.map((item) => makeValue(item, making, depth + 1));
      return python ? { $: 'tuple', v: items } : items;
    }
    case 'map': {
      const entries = makeList(shape.key, making, depth + 1).map(
        (key) => [key, makeValue(shape.of, making, depth + 1)] as const,
      );
      return { $: 'map', e: [...new Map(entries.map((entry) => [JSON.stringify(entry[0]), entry])).values()] };
    }
    case 'record':
      return makeRecord(shape, making, depth);
    case 'function':
      return makeCallback(shape, making, depth);
    case 'instance':
      return making.instance(shape.of) ?? (depth > 3 ? null : makeAny(making, depth + 1));
    case 'union':
      return makeValue(random.pick(shape.of), making, depth);
  }
}

/** What files of the usual kinds hold. */
const CONTENTS = [
  '',
  'first line\nsecond line\n',
  '{"name": "value", "items": [1, 2]}\n',
  'name,size\na,1\nb,2\n',
  '[section]\nkey = value\n',
  'key: value\nlist:\n  - 1\n',
  '# comment\nKEY=value\n',
  '<root><item id="1">text</item></root>\n',
];

function makeContent({ random, pool }: Making): string {
  if (random.chance(0.6)) return random.pick(CONTENTS);
  return Array.from({ length: 1 + random.below(3) }, () => `${pool.text(random)}\n`).join('');
}

function makeFile(making: Making): Value {
  const { random, pool } = making;
  const endings = pool.texts.filter((text) => /^\.[a-z]{1,5}$/.test(text));
  const name = `notes${random.pick(['.txt', '.json', ...endings])}`;
  const isPath = pool.language === 'python' && random.chance(0.3);
  return { $: 'file', n: name, v: makeContent(making), ...(isPath ? { p: true } : {}) };
}

function makeStream(making: Making): Value {
  const { random, pool } = making;
  if (pool.language !== 'python') return pool.text(random);
  const text = makeContent(making);
  return random.chance(0.7)
    ? { $: 'make', c: 'io.StringIO', v: [text] }
    : {
        $: 'make',
        c: 'io.BytesIO',
        v: [{ $: 'bytes', c: 'bytes', v: [...new TextEncoder().encode(text)].slice(0, 60) }],
      };
}

function makeNumber({ random, pool }: Making): Value {
  if (pool.numbers.length > 0 && random.chance(0.4)) {
    const number = random.pick(pool.numbers);
    return random.chance(0.6) ? number : number + random.pick([-1, 1]);
  }
  const number = random.pick(NUMBERS);
  if (pool.language === 'python' && random.chance(0.5)) return pythonFloat(number);
  return number;
}

export function pythonFloat(number: number): Value {
  const text = String(number);
  return { $: 'number', v: /[.e]/.test(text) ? text : `${text}.0` };
}

function makeDate({ random, pool }: Making): Value {
  const times = [0, 951782400000, 1709210096789, 1704067199000, 1577880000000, -62135596800000];
  const time = random.pick(times);
  if (pool.language === 'ecmascript') return { $: 'date', v: random.chance(0.05) ? null : time };
  if (random.chance(0.25))
    return { $: 'make', c: 'datetime.timedelta', v: [random.pick([0, 1, 3, 40, 400]), random.pick(INTEGERS)] };
  const date = new Date(time);
  if (random.chance(0.2))
    return { $: 'make', c: 'datetime.date', v: [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] };
  return {
    $: 'make',
    c: 'datetime.datetime',
    v: [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()],
  };
}

function makeList(of: Shape, making: Making, depth: number): Value[] {
  const { random } = making;
  const length = depth > 3 ? random.below(2) : random.pick([0, 1, 2, 3, 3, 4, 5]);
  return Array.from({ length }, () => makeValue(of, making, depth + 1));
}

function distinct(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function makeRecord(shape: Shape & { kind: 'record' }, making: Making, depth: number): Value {
  const { random } = making;
  const share = random.pick([0.1, 0.3, 0.6]);
  const fields = shape.fields
    .filter(({ optional }) => !optional || (depth < 4 && random.chance(share)))
    .map(({ name, shape: of }) => {
      // Options are checked: now and then one is of a kind that is not meant.
      const wrong = depth < 2 && random.chance(0.05);
      return [name, wrong ? random.pick(WRONG) : makeValue(of, making, depth + 1)] as const;
    });
  return { $: 'record', e: fields };
}

const WRONG: readonly Value[] = [null, 'x', 0, -1, 1.5, true, [], { $: 'record', e: [] }];

function makeCallback(shape: Shape & { kind: 'function' }, making: Making, depth: number): Value {
  const { random } = making;
  const id = making.nextId();
  const base = { $: 'callback', id } as const;
  const roll = random.next();
  let made: CallbackValue;
  if (roll < 0.3) made = { ...base, argument: 0 };
  else if (roll < 0.4) made = { ...base, argument: 1 };
  else if (roll < 0.45) made = { ...base, throws: 'callback failed' };
  else if (roll < 0.52) made = { ...base, sum: true };
  else if (roll < 0.58) made = { ...base, compare: true };
  else if (roll < 0.66)
    made = { ...base, calls: random.below(3), passes: random.chance(0.5) ? [] : [null, makeSimple(making)] };
  else if (roll < 0.76) made = { ...base, returns: random.chance(0.5) };
  else {
    const returns = shape.returns.kind === 'any' ? makeSimple(making) : makeValue(shape.returns, making, depth + 1);
    made = random.chance(0.15) ? { ...base, returns, async: true } : { ...base, returns };
  }
  return made;
}

function makeSimple(making: Making): Value {
  const { random, pool } = making;
  return random.pick<() => Value>([
    () => pool.text(random),
    () => random.pick(INTEGERS),
    () => random.chance(0.5),
    () => null,
  ])();
}

const KINDS: readonly Shape[] = [
  { kind: 'string' },
  { kind: 'string' },
  { kind: 'number' },
  { kind: 'integer' },
  { kind: 'boolean' },
  { kind: 'null' },
  { kind: 'undefined' },
  { kind: 'list', of: { kind: 'any' } },
  { kind: 'list', of: { kind: 'string' } },
  { kind: 'list', of: { kind: 'integer' } },
  { kind: 'function', parameters: [], returns: { kind: 'any' } },
  { kind: 'date' },
  { kind: 'regexp' },
];

function makeAny(making: Making, depth: number): Value {
  const { random, pool } = making;
  if (pool.whole.length > 0 && random.chance(0.4)) return random.pick(pool.whole);
  if (random.chance(0.2)) return makeFreeRecord(making, depth);
  if (random.chance(0.08)) {
    const made = making.instance('');
    if (made !== undefined) return made;
  }
  const kind = random.pick(KINDS);
  if (pool.language === 'python' && kind.kind === 'regexp') return pool.text(random);
  if (depth > 3 && kind.kind === 'list') return [];
  return makeValue(kind, making, depth + 1);
}

function makeFreeRecord(making: Making, depth: number): Value {
  const { random, pool } = making;
  const keys = new Set<string>();
  const count = random.pick([0, 1, 1, 2, 3]);
  for (let i = 0; i < count; i++)
    keys.add(
      pool.keys.length > 0 && random.chance(0.7)
        ? random.pick(pool.keys)
        : random.pick(['a', 'b', 'name', 'id', 'value']),
    );
  return {
    $: 'record',
    e: [...keys].map((key) => [key, depth > 2 ? makeSimple(making) : makeAny(making, depth + 1)] as const),
  };
}
