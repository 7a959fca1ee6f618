import type { Shape } from '../model/surface.ts';
import { isList, type MarkedValue, mapParts, type Value } from '../model/value.ts';
import { type Making, makeValue, pythonFloat } from './make-value.ts';

/** A neighbour of a value: a small change, now and then a new value of the same shape. */
export function mutateValue(value: Value, shape: Shape, making: Making, depth = 0): Value {
  const { random } = making;
  if (random.chance(depth === 0 ? 0.12 : 0.05)) return makeValue(shape, making, depth);
  if (typeof value === 'string') return shape.kind === 'one-of' ? random.pick(shape.values) : mutateText(value, making);
  if (typeof value === 'number') return mutateNumber(value, making);
  if (typeof value === 'boolean')
    return shape.kind === 'any' || shape.kind === 'union' ? makeValue(shape, making, depth) : !value;
  if (value === null) return makeValue(shape, making, depth);
  if (isList(value)) return mutateList(value, elementOf(shape), making, depth);
  return mutateMarked(value as MarkedValue, shape, making, depth);
}

function elementOf(shape: Shape): Shape {
  if ('of' in shape && typeof shape.of === 'object' && !Array.isArray(shape.of)) return shape.of as Shape;
  if (shape.kind === 'union') {
    const list = shape.of.find((option) => option.kind === 'list' || option.kind === 'iterable');
    if (list) return elementOf(list);
  }
  return { kind: 'any' };
}

function mutateMarked(value: MarkedValue, shape: Shape, making: Making, depth: number): Value {
  const { random, pool } = making;
  switch (value.$) {
    case 'number': {
      const number = Number(value.v);
      if (pool.language === 'ecmascript' || !Number.isFinite(number)) return makeValue({ kind: 'number' }, making);
      return pythonFloat(random.pick([number + 1, number - 1, -number, number / 2, number * 10, Math.round(number)]));
    }
    case 'bigint':
      return { $: 'bigint', v: String(BigInt(value.v) + BigInt(random.pick([-1, 1, 10]))) };
    case 'date':
      return { $: 'date', v: (value.v ?? 0) + random.pick([-86400000, 86400000, 3600000, 31536000000, -1, 1]) };
    case 'record':
      return mutateRecord(value, shape, making, depth);
    case 'map':
      return value.e.length > 0 && random.chance(0.3)
        ? { ...value, e: value.e.filter((_, i) => i !== random.below(value.e.length)) }
        : changeOne(value, making, depth);
    case 'set':
    case 'iterable':
      return { ...value, v: mutateList(value.v, elementOf(shape), making, depth) };
    case 'regexp':
      return makeValue({ kind: 'regexp' }, making);
    case 'bytes': {
      const bytes = value.v.map(Number);
      if (bytes.length > 0 && random.chance(0.6))
        bytes[random.below(bytes.length)] = random.pick([0, 255, 128, 65, 10, random.below(256)]);
      else if (random.chance(0.5)) bytes.push(random.below(256));
      else bytes.pop();
      return { ...value, v: bytes };
    }
    case 'file':
      return { ...value, v: mutateText(value.v, making) };
    case 'callback':
      return makeValue({ kind: 'function', parameters: [], returns: { kind: 'any' } }, making, depth);
    case 'tuple':
      return changeOne(value, making, depth);
    default:
      return makeValue(shape, making, depth);
  }
}

function changeOne(value: Value, making: Making, depth: number): Value {
  let parts = 0;
  mapParts(value, (part) => (parts++, part));
  if (parts === 0) return makeValue({ kind: 'any' }, making, depth);
  const chosen = making.random.below(parts);
  let at = 0;
  return mapParts(value, (part) => (at++ === chosen ? mutateValue(part, { kind: 'any' }, making, depth + 1) : part));
}

function mutateRecord(value: MarkedValue & { $: 'record' }, shape: Shape, making: Making, depth: number): Value {
  const { random, pool } = making;
  const record = shape.kind === 'union' ? shape.of.find(({ kind }) => kind === 'record') : shape;
  const known = record?.kind === 'record' ? record.fields : [];
  const shapeOf = (name: string): Shape => known.find((field) => field.name === name)?.shape ?? { kind: 'any' };
  const roll = random.next();
  const without = (index: number): Value => ({ ...value, e: value.e.filter((_, i) => i !== index) });
  if (roll < 0.2 && value.e.length > 0) return without(random.below(value.e.length));
  if (roll < 0.55) {
    const name =
      known.length > 0 && random.chance(0.85)
        ? random.pick(known).name
        : pool.keys.length > 0
          ? random.pick(pool.keys)
          : 'a';
    const rest = value.e.filter(([key]) => key !== name);
    return { ...value, e: [...rest, [name, makeValue(shapeOf(name), making, depth + 1)]] };
  }
  if (value.e.length === 0) return makeValue(shape, making, depth);
  const index = random.below(value.e.length);
  return {
    ...value,
    e: value.e.map((field, i) =>
      i === index ? [field[0], mutateValue(field[1], shapeOf(field[0]), making, depth + 1)] : field,
    ),
  };
}

function mutateList(list: readonly Value[], of: Shape, making: Making, depth: number): Value[] {
  const { random } = making;
  const copy = [...list];
  const roll = random.next();
  const at = random.below(copy.length + 1);
  if (copy.length === 0 || roll < 0.25) copy.splice(at, 0, makeValue(of, making, depth + 1));
  else if (roll < 0.4) copy.splice(at % copy.length, 1);
  else if (roll < 0.5) copy.splice(at, 0, copy[at % copy.length]!);
  else if (roll < 0.58) copy.reverse();
  else copy[at % copy.length] = mutateValue(copy[at % copy.length]!, of, making, depth + 1);
  return copy.slice(0, 40);
}

function mutateNumber(value: number, { random, pool }: Making): Value {
  const compared = pool.compared.filter((item) => typeof item === 'number');
  if (compared.length > 0 && random.chance(0.4)) return random.pick(compared) + random.pick([-1, 0, 0, 1]);
  if (pool.numbers.length > 0 && random.chance(0.2)) return random.pick(pool.numbers);
  const changed = random.pick([
    value + 1,
    value - 1,
    -value,
    value * 2,
    Math.trunc(value / 2),
    0,
    value + 10,
    value * 10,
    value - 10,
    value * 1000,
  ]);
  const python = pool.language === 'python';
  if (python && !Number.isInteger(changed)) return pythonFloat(changed);
  if (python && !Number.isSafeInteger(changed)) return 0;
  return Object.is(changed, -0) ? 0 : changed;
}

/** Letters that parsers and formatters look for. */
const SPECIAL = '{}[]()<>"\'`,;:.=+-*/\\|&^%$#@!?~ \t\n\r0aA_éß日😀\u0000';

const LIMITS = [0, 1, 9, 12, 13, 31, 32, 59, 60, 99, 100, 999];

/** A whole number that a text may hold in another's place: near it, or one where formats change. */
function otherNumber(number: number, { random }: Making): number {
  if (random.chance(0.5)) return random.pick([number + 1, Math.max(0, number - 1), number * 2, number >> 1]);
  return random.pick([...LIMITS, random.below(10), random.below(100)]);
}

function mutateText(text: string, making: Making): string {
  const { random, pool } = making;
  const at = random.below(text.length + 1);
  const other = (): string => {
    const compared = pool.compared.filter((item) => typeof item === 'string');
    return compared.length > 0 && random.chance(0.5) ? random.pick(compared) : pool.text(random);
  };
  const char = (): string => random.pick([...SPECIAL]);
  let changed: string;
  switch (random.below(12)) {
    case 0:
      changed = text.slice(0, at) + char() + text.slice(at);
      break;
    case 1:
      changed = text.slice(0, at) + text.slice(at + 1 + random.below(3));
      break;
    case 2:
      changed = text.slice(0, at) + char() + text.slice(at + 1);
      break;
    case 3:
    case 4:
      changed = text.slice(0, at) + other() + text.slice(at);
      break;
    case 5:
      changed = text.slice(0, at) + other() + text.slice(at + 1 + random.below(5));
      break;
    case 6:
      changed = text + other();
      break;
    case 7:
      changed = other() + text;
      break;
    case 8: {
      const end = at + 1 + random.below(8);
      changed = text.slice(0, end) + text.slice(at);
      break;
    }
    case 9:
      changed = random.pick([
        text.toUpperCase(),
        text.toLowerCase(),
        text.trim(),
        `${text} `,
        ` ${text}`,
        text.repeat(2),
        `${text}\n`,
        `"${text}"`,
        `(${text})`,
      ]);
      break;
    case 10: {
      const runs = [...text.matchAll(/\d+/g)];
      const digits = runs.length > 0 ? random.pick(runs) : undefined;
      changed = digits
        ? text.slice(0, digits.index) +
          String(otherNumber(Number(digits[0]), making)) +
          text.slice(digits.index + digits[0].length)
        : other();
      break;
    }
    default:
      changed = other();
  }
  return changed.slice(0, 600);
}
