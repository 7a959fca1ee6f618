import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeRandom } from '../values/random.ts';
import { makeValuePool } from '../values/value-pool.ts';
import { domainsOf, isInDomain, sampleDomain } from './domain.ts';
import { findKeeping, findMethodPairs, findPairs, isUndoneBy } from './find-pairs.ts';
import { relationHolds } from './relation.ts';
import { resultRelations } from './result-relations.ts';
import type { Sample } from './property.ts';
import { isTelling } from './telling.ts';
import type { Callable, Shape } from '../model/surface.ts';
import type { Value } from '../model/value.ts';

const shapes: readonly Shape[] = [
  { kind: 'any' },
  { kind: 'string' },
  { kind: 'number' },
  { kind: 'integer' },
  { kind: 'list', of: { kind: 'string' } },
  { kind: 'map', key: { kind: 'string' }, of: { kind: 'integer' } },
  { kind: 'record', fields: [{ name: 'a', shape: { kind: 'string' }, optional: false }] },
  { kind: 'union', of: [{ kind: 'boolean' }, { kind: 'bytes' }] },
];

test('what is sampled from a domain lies in it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.nat(), (shape, seed) => {
      const random = makeRandom(seed);
      const pool = makeValuePool('ecmascript');
      for (const text of ['', 'a b', 'x', 'Ünicode', '12']) pool.addText(text);
      for (const domain of domainsOf(shape)) expect(isInDomain(sampleDomain(domain, random, pool), domain)).toBe(true);
    }),
  );
});

test('names tell which function undoes another', () => {
  const undone = (there: string, back: string): boolean => isUndoneBy(there, back);
  expect(undone('encode', 'decode')).toBe(true);
  expect(undone('toHex', 'fromHex')).toBe(true);
  expect(undone('encodeRuns', 'decodeRuns')).toBe(true);
  expect(undone('dump_all', 'load_all')).toBe(true);
  expect(undone('Codec.dumps', 'Codec.loads')).toBe(true);
  expect(undone('decode', 'encode')).toBe(false);
  expect(undone('encodeRuns', 'decode')).toBe(false);
  expect(undone('format', 'format')).toBe(false);
});

test('declared types tell it where names do not, between neighbours only', () => {
  const callable = (name: string, takes: Shape, returns: Shape): Callable => ({
    path: [name],
    name,
    kind: 'function',
    parameters: [{ name: 'value', shape: takes, optional: false, variadic: false, declared: true }],
    returns,
    members: [],
  });
  const surfaces = [
    { module: 0, callables: [callable('hexOf', { kind: 'bytes' }, { kind: 'string' })], constants: [] },
    { module: 1, callables: [callable('readHex', { kind: 'string' }, { kind: 'bytes' })], constants: [] },
  ];
  expect(findPairs(surfaces, () => true).map(({ there, by }) => `${there.callable.name} ${by}`)).toEqual([
    'hexOf type',
    'readHex type',
  ]);
  expect(findPairs(surfaces, () => false)).toEqual([]);
});

test('methods of one class that keep and tell, and that undo each other', () => {
  const method = (name: string, ...parameters: readonly string[]): Callable => ({
    path: [name],
    name,
    kind: 'method',
    parameters: parameters.map((one) => ({
      name: one,
      shape: { kind: 'any' },
      optional: one.endsWith('?'),
      variadic: false,
      declared: false,
    })),
    returns: { kind: 'any' },
    members: [],
  });
  const members = [
    method('set', 'key', 'value'),
    method('get', 'key', 'fallback?'),
    method('has', 'key'),
    method('add', 'item'),
    method('pop'),
    method('encode', 'text'),
    method('decode', 'code'),
  ];
  const owner: Callable = { ...method('Store'), kind: 'class', members };
  expect(findKeeping(owner).map(({ keeps, tells, as }) => `${keeps.name} ${tells.name} ${as}`)).toEqual([
    'set get value',
    'set has presence',
    'add has presence',
    'add pop value',
  ]);
  expect(findMethodPairs(owner).map(({ there, back }) => `${there.name} ${back.name}`)).toEqual(['encode decode']);
});

describe('relations', () => {
  const runsOf = (pairs: readonly (readonly [Value, Value])[]): Sample[] =>
    pairs.map(([input, value]) => ({
      inputs: [input],
      results: [value],
      candidate: { steps: [], origin: '' },
      seen: { steps: [{ outcome: 'returned', value }], effects: {} },
    }));
  const told = (pairs: readonly (readonly [Value, Value])[]): string[] => {
    const runs = runsOf(pairs);
    return resultRelations(runs, 'ecmascript')
      .filter((relation) => isTelling(relation, runs, 'ecmascript'))
      .map(({ kind }) => kind);
  };

  test('a sort keeps items and length and gives them in order', () => {
    const lists = [[3, 1], [2], [], [5, 4, 3, 2], [9, 9, 1], [7, 0, 7, 1, 2]];
    const pairs = lists.map((list) => [list, list.toSorted((a, b) => a - b)] as const);
    expect(told(pairs)).toEqual(['same items', 'same length', 'ascending', 'type']);
  });

  test('what only mirrors the inputs is not told', () => {
    const words = ['a', 'bc', 'def', 'ghij', 'klmno', 'p'];
    expect(told(words.map((word) => [word, word] as const))).toEqual(['type']);
    expect(told([1, 2, 3, 50, 100].map((number) => [number, number] as const))).not.toContain('between');
  });

  test('the order of keys does not count, prototypes do', () => {
    const one: Value = {
      $: 'record',
      e: [
        ['a', 1],
        ['b', 2],
      ],
    };
    const other: Value = {
      $: 'record',
      e: [
        ['b', 2],
        ['a', 1],
      ],
    };
    expect(relationHolds({ kind: 'round trip' }, [one], ['', other], 'ecmascript')).toBe(true);
    expect(relationHolds({ kind: 'round trip' }, [one], ['', { ...other, n: 1 }], 'ecmascript')).toBe(false);
  });
});
