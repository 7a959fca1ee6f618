/**
 * The inputs that a property speaks of. A domain is sampled here, and written as an arbitrary of fast-check or a strategy of
 * Hypothesis: what was tried and what the written test tries are the same set.
 */
import { type Callable, type Parameter, type Shape, union } from '../model/surface.ts';
import { isList, isMarked, type Value } from '../model/value.ts';
import type { Random } from '../values/random.ts';
import { sampleRegularExpression } from '../values/regular-expression-sample.ts';
import type { ValuePool } from '../values/value-pool.ts';

export type Domain =
  /** `any`: Unicode; `printable`: ASCII from space to tilde. */
  | { readonly kind: 'text'; readonly letters: 'any' | 'printable' }
  /** Texts that a pattern matches as a whole; `words`: what they are called. */
  | { readonly kind: 'matching'; readonly pattern: string; readonly words: string }
  | { readonly kind: 'integer'; readonly low: number; readonly high: number }
  /** Finite ones. */
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'one-of'; readonly values: readonly Value[] }
  | { readonly kind: 'list'; readonly of: Domain }
  /** Fields under lower-case names. */
  | { readonly kind: 'dictionary'; readonly of: Domain }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [string, Domain])[] };

const ANY_TEXT: Domain = { kind: 'text', letters: 'any' };
const PRINTABLE: Domain = { kind: 'text', letters: 'printable' };
const ALPHANUMERIC: Domain = { kind: 'matching', pattern: '[A-Za-z0-9]{1,12}', words: 'letters and digits' };
const PHRASE: Domain = { kind: 'matching', pattern: '[a-z]{1,8}( [a-z]{1,8}){0,3}', words: 'lower-case words' };
const SNAKE: Domain = {
  kind: 'matching',
  pattern: '[a-z]{2,6}(_[a-z]{2,6}){0,3}',
  words: 'words joined by underscores',
};
const WORD: Domain = { kind: 'matching', pattern: '[a-z]{1,10}', words: 'lower-case letters' };
const DIGITS: Domain = { kind: 'matching', pattern: '[1-9][0-9]{0,5}', words: 'digits' };
/** Widest first. */
const TEXTS: readonly Domain[] = [ANY_TEXT, PRINTABLE, ALPHANUMERIC, PHRASE, SNAKE, WORD, DIGITS];
const INTEGERS: readonly Domain[] = [
  { kind: 'integer', low: -1_000_000, high: 1_000_000 },
  { kind: 'integer', low: 0, high: 10_000 },
  { kind: 'integer', low: 0, high: 1000 },
  { kind: 'integer', low: 1, high: 100 },
];
const NUMBERS: readonly Domain[] = [{ kind: 'number' }, ...INTEGERS];
const LISTS: readonly Domain[] = [
  { kind: 'list', of: INTEGERS[0]! },
  { kind: 'list', of: PRINTABLE },
];
const OBJECTS: readonly Domain[] = [
  { kind: 'dictionary', of: ANY_TEXT },
  { kind: 'dictionary', of: WORD },
  { kind: 'dictionary', of: INTEGERS[0]! },
];
/** Of a parameter whose type nothing tells. */
const GUESSES: readonly Domain[] = [...TEXTS, ...INTEGERS, ...LISTS, ...OBJECTS];
const MOST_COMBINATIONS = 16;

/** What a parameter may take, the widest domains first; none where no test could make its inputs. */
export function domainsOf(shape: Shape, depth = 0): readonly Domain[] {
  switch (shape.kind) {
    case 'string':
      return TEXTS;
    case 'number':
      return NUMBERS;
    case 'integer':
      return INTEGERS;
    case 'boolean':
      return [{ kind: 'boolean' }];
    case 'bytes':
      return [{ kind: 'bytes' }];
    case 'any':
      return depth > 0 ? [INTEGERS[0]!, PRINTABLE] : GUESSES;
    case 'one-of':
      return shape.values.length > 1 ? [shape] : [];
    case 'list':
    case 'iterable':
      return depth > 1 ? [] : domainsOf(shape.of, depth + 1).map((of): Domain => ({ kind: 'list', of }));
    case 'record': {
      if (shape.fields.length === 0) return OBJECTS;
      const fields = shape.fields
        .filter(({ optional }) => !optional)
        .map(({ name, shape: of }) => [name, domainsOf(of, depth + 1)[0]] as const);
      const whole = fields.filter((field): field is readonly [string, Domain] => field[1] !== undefined);
      return depth > 1 || whole.length === 0 || whole.length < fields.length ? [] : [{ kind: 'record', fields: whole }];
    }
    case 'map':
      // Python's dict; a Map does not fit and shows it when it is tried.
      return depth > 1 || shape.key.kind !== 'string'
        ? []
        : domainsOf(shape.of, depth + 1).map((of): Domain => ({ kind: 'dictionary', of }));
    case 'union':
      return shape.of.flatMap((one) => domainsOf(one, depth));
    default:
      return [];
  }
}

/** For the parameters that must be given: tuples of domains, the widest first. */
export function combinationsFor(callable: Callable, learned: readonly (readonly Shape[])[]): Domain[][] {
  const needed = neededParameters(callable);
  if (needed.length === 0 || needed.length > 3) return [];
  const lists = needed.map(({ shape, declared }, i) => {
    const known = learned[i] ?? [];
    return domainsOf(shape.kind === 'any' && !declared && known.length > 0 ? union([...known, shape]) : shape);
  });
  if (lists.some((list) => list.length === 0)) return [];
  const longest = Math.max(...lists.map((list) => list.length));
  const combinations = Array.from({ length: longest }, (_, rank) =>
    lists.map((list) => list[Math.min(rank, list.length - 1)]!),
  );
  const distinct = new Map(combinations.map((domains) => [JSON.stringify(domains), domains]));
  return [...distinct.values()].slice(0, MOST_COMBINATIONS);
}

/** Parameters without which it is not called; the first where all may be left out. */
export function neededParameters({ parameters }: Callable): readonly Parameter[] {
  const needed = parameters.filter(({ optional, variadic, keywordOnly }) => !optional && !variadic && !keywordOnly);
  if (needed.length > 0) return needed;
  const [first] = parameters;
  return first && !first.keywordOnly && !first.variadic ? [first] : [];
}

const LETTERS = [...'abcdefxyzABCXYZ0189'];
const MARKS = [...' -_.,:;/\\\'"()[]{}<>=&%#+*?!|~^$@`'];
const FOREIGN = [...'éüßİıñ日本語λΩ😀\u00a0\n\t\u0301'];

/** One value of the domain; what the module's own text and runs know is used where it fits. */
export function sampleDomain(domain: Domain, random: Random, pool: ValuePool): Value {
  if (random.chance(0.3)) {
    const known = poolValue(domain, random, pool);
    if (known !== undefined) return known;
  }
  switch (domain.kind) {
    case 'text': {
      const alphabet =
        domain.letters === 'any' ? [...LETTERS, ...LETTERS, ...MARKS, ...FOREIGN] : [...LETTERS, ...LETTERS, ...MARKS];
      return Array.from({ length: random.pick([0, 1, 2, 3, 5, 8, 13]) }, () => random.pick(alphabet)).join('');
    }
    case 'matching':
      return sampleRegularExpression(domain.pattern, random) ?? 'a';
    case 'integer': {
      const { low, high } = domain;
      const near = [low, low + 1, 0, 1, 2, 3, 7, 10, 100, -1, high - 1, high].filter((n) => n >= low && n <= high);
      return random.chance(0.5) ? random.pick(near) : low + random.below(high - low + 1);
    }
    case 'number': {
      const number = random.pick([0, 1, -1, 0.5, 2.25, -7.75, 100, 1e6, -3, random.next() * 1000, -random.next()]);
      return pool.language === 'python' ? pythonNumber(number) : number;
    }
    case 'boolean':
      return random.chance(0.5);
    case 'bytes':
      return {
        $: 'bytes',
        c: pool.language === 'python' ? 'bytes' : 'Uint8Array',
        v: Array.from({ length: random.pick([0, 1, 2, 3, 5, 8]) }, () => random.below(256)),
      };
    case 'one-of':
      return random.pick(domain.values);
    case 'list':
      return Array.from({ length: random.pick([0, 1, 2, 3, 4, 6]) }, () => sampleDomain(domain.of, random, pool));
    case 'dictionary': {
      const names = new Set(
        Array.from({ length: random.pick([0, 1, 2, 3]) }, () => sampleRegularExpression('[a-z]{1,5}', random) ?? 'a'),
      );
      return { $: 'record', e: [...names].map((name) => [name, sampleDomain(domain.of, random, pool)] as const) };
    }
    case 'record':
      return { $: 'record', e: domain.fields.map(([name, of]) => [name, sampleDomain(of, random, pool)] as const) };
  }
}

function pythonNumber(number: number): Value {
  const text = String(number);
  return { $: 'number', v: /[.e]/.test(text) ? text : `${text}.0` };
}

function poolValue(domain: Domain, random: Random, pool: ValuePool): Value | undefined {
  for (let tries = 0; tries < 4; tries++) {
    const isText = domain.kind === 'text' || domain.kind === 'matching';
    const from: readonly Value[] = isText ? pool.texts : domain.kind === 'integer' ? pool.numbers : pool.whole;
    if (from.length === 0) return undefined;
    const value = random.pick(from);
    if (isInDomain(value, domain)) return value;
  }
  return undefined;
}

/** Whether a library that draws from the domain could draw the value. */
export function isInDomain(value: Value, domain: Domain): boolean {
  switch (domain.kind) {
    case 'text':
      return (
        typeof value === 'string' &&
        value.length < 80 &&
        (domain.letters === 'any' ? value.isWellFormed() : /^[\x20-\x7e]*$/.test(value))
      );
    case 'matching':
      return typeof value === 'string' && new RegExp(`^(?:${domain.pattern})$`).test(value);
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= domain.low && value <= domain.high;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'bytes':
      return isMarked(value) && value.$ === 'bytes' && /^(?:Uint8Array|bytes)$/.test(value.c);
    case 'one-of':
      return domain.values.some((one) => JSON.stringify(one) === JSON.stringify(value));
    case 'list':
      return isList(value) && value.length < 12 && value.every((item) => isInDomain(item, domain.of));
    case 'dictionary':
      return (
        isMarked(value) &&
        value.$ === 'record' &&
        !value.n &&
        value.e.every(([name, item]) => /^[a-z]{1,5}$/.test(name) && isInDomain(item, domain.of))
      );
    case 'record':
      return (
        isMarked(value) &&
        value.$ === 'record' &&
        !value.n &&
        value.e.length === domain.fields.length &&
        domain.fields.every(([name, of], i) => value.e[i]![0] === name && isInDomain(value.e[i]![1], of))
      );
  }
}

/** As a title names it: `any text`, `lists of integers`. */
export function describeDomain(domain: Domain): string {
  switch (domain.kind) {
    case 'text':
      return domain.letters === 'any' ? 'any text' : 'printable text';
    case 'matching':
      return domain.words;
    case 'integer':
      return domain.low < 0 ? 'integers' : `integers from ${domain.low} to ${domain.high}`;
    case 'number':
      return 'numbers';
    case 'boolean':
      return 'booleans';
    case 'bytes':
      return 'bytes';
    case 'one-of':
      return 'each of its values';
    case 'list':
      return `lists of ${describeDomain(domain.of).replace(/^any text$/, 'texts')}`;
    case 'dictionary':
      return `objects of ${describeDomain(domain.of).replace(/^any text$/, 'texts')}`;
    case 'record':
      return `objects with ${domain.fields.map(([name]) => name).join(', ')}`;
  }
}
