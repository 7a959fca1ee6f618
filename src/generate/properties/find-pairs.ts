import type { Callable, ModuleSurface, Shape } from '../model/surface.ts';
import { neededParameters } from './domain.ts';

export interface Pair {
  readonly there: OfModule;
  readonly back: OfModule;
  /** By what the two were taken for each other's reverse. */
  readonly by: 'name' | 'type';
}

export interface OfModule {
  readonly module: number;
  readonly callable: Callable;
}

/** A method that keeps something, and one of the same class that tells it. */
export interface Keeping {
  readonly keeps: Callable;
  readonly tells: Callable;
  readonly as: 'value' | 'presence';
}

const KEEPS = /^(?:set|put|add|insert|store|write|append|push|enqueue|register|save|update|use|define|offer)/i;
const GIVES = /^(?:get|read|lookup|look_up|find|fetch|load|peek|pop|shift|dequeue|resolve|top|last|first|take)/i;
const FINDS = /^(?:has|includes|include|contains|contain|exists|is_?member)/i;

/** Of a class: `set(key, value)` and `get(key)`, `add(item)` and `has(item)`, `push(item)` and `pop()`. */
export function findKeeping({ members }: Callable): Keeping[] {
  const methods = members.filter(({ kind }) => kind === 'method');
  const name = ({ path }: Callable): string => path.at(-1) ?? '';
  const count = (callable: Callable): number => callable.parameters.filter((one) => !one.optional).length;
  return methods
    .filter((one) => KEEPS.test(name(one)) && count(one) >= 1 && count(one) <= 2)
    .flatMap((keeps) =>
      methods.flatMap((tells): Keeping[] => {
        if (tells === keeps) return [];
        const needs = count(tells);
        if (FINDS.test(name(tells)) && needs === 1) return [{ keeps, tells, as: 'presence' }];
        const isValue = GIVES.test(name(tells)) && needs === count(keeps) - 1;
        return isValue ? [{ keeps, tells, as: 'value' }] : [];
      }),
    );
}

/** Methods of one class of which the second undoes the first. */
export function findMethodPairs({ members }: Callable): { readonly there: Callable; readonly back: Callable }[] {
  const methods = members.filter((one) => one.kind === 'method' && neededParameters(one).length === 1);
  return methods.flatMap((there) =>
    methods.flatMap((back) => (isUndoneBy(there.path.join('.'), back.path.join('.')) ? [{ there, back }] : [])),
  );
}

/** Words of which a second undoes the first. */
const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  stringify: ['parse'],
  serialize: ['deserialize', 'unserialize', 'parse'],
  serialise: ['deserialise', 'unserialise', 'parse'],
  dump: ['load', 'parse'],
  dumps: ['loads'],
  format: ['parse'],
  print: ['parse'],
  render: ['parse'],
  encode: ['decode', 'parse'],
  encrypt: ['decrypt'],
  escape: ['unescape'],
  quote: ['unquote', 'parse'],
  pack: ['unpack'],
  compress: ['decompress', 'expand'],
  deflate: ['inflate'],
  marshal: ['unmarshal'],
  unparse: ['parse'],
  compile: ['parse'],
  join: ['split'],
  flatten: ['unflatten', 'nest'],
  camelize: ['decamelize', 'underscore'],
  wrap: ['unwrap'],
  to: ['from', 'parse'],
  stringifyQuery: ['parseQuery'],
};
const MOST_BY_TYPE = 40;

/**
 * Functions of which one leads back to what another was given: by their names, in a module or between modules that import each
 * other; and by their declared types alone, where what one gives is what only the other takes.
 */
export function findPairs(
  surfaces: readonly ModuleSurface[],
  areNeighbours: (one: number, other: number) => boolean,
): Pair[] {
  const all = surfaces.flatMap(({ module, callables }) =>
    callables
      .filter((callable) => callable.kind === 'function' && neededParameters(callable).length === 1)
      .map((callable): OfModule => ({ module, callable })),
  );
  const pairs: Pair[] = [];
  let byType = 0;
  for (const there of all) {
    for (const back of all) {
      if (there === back || (there.module !== back.module && !areNeighbours(there.module, back.module))) continue;
      if (isUndoneBy(nameOf(there), nameOf(back))) pairs.push({ there, back, by: 'name' });
      else if (byType < MOST_BY_TYPE && areReverseByType(there.callable, back.callable)) {
        byType++;
        pairs.push({ there, back, by: 'type' });
      }
    }
  }
  return pairs;
}

function nameOf({ callable }: OfModule): string {
  return callable.path.filter((part) => part !== 'default').join('.') || callable.name;
}

/** `encode` and `decode`, `toHex` and `fromHex`, `Parser.dumps` and `Parser.loads`; one word at the same place differs. */
export function isUndoneBy(there: string, back: string): boolean {
  if (there === back) return false;
  const [one, other] = [wordsOf(there), wordsOf(back)];
  for (const [at, word] of one.entries()) {
    for (const opposite of [...(OPPOSITES[word] ?? []), `un${word}`, `de${word}`]) {
      const wanted = [...one.slice(0, at), opposite, ...one.slice(at + 1)];
      if (wanted.join(' ') === other.join(' ')) return true;
    }
  }
  return false;
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const TELLING = new Set<Shape['kind']>(['string', 'number', 'integer', 'bytes', 'date', 'list', 'record', 'bigint']);

function areReverseByType(there: Callable, back: Callable): boolean {
  const [given] = neededParameters(there);
  const [taken] = neededParameters(back);
  if (!given?.declared || !taken?.declared) return false;
  const [input, output] = [given.shape, there.returns];
  if (!TELLING.has(input.kind) || !TELLING.has(output.kind) || sameShape(input, output)) return false;
  return sameShape(output, taken.shape) && sameShape(back.returns, input);
}

function sameShape(one: Shape, other: Shape): boolean {
  const plain = (shape: Shape): string => JSON.stringify(shape).replaceAll('"integer"', '"number"');
  return plain(one) === plain(other);
}
