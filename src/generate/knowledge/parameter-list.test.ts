import { expect, test } from 'vitest';
import { readParameterList } from './parameter-list.ts';

test('names, defaults, patterns and rest parameters', () => {
  const read = readParameterList(
    String.raw`function f(a, b = "x,)", { c, d: e = 1 } = {}, ...rest) { return [a, b]; }`,
  );
  expect(read).toEqual([
    { name: 'a', keys: [], default: undefined, variadic: false },
    { name: 'b', keys: [], default: '"x,)"', variadic: false },
    { name: '', keys: ['c', 'd'], default: '{}', variadic: false },
    { name: 'rest', keys: [], default: undefined, variadic: true },
  ]);
});

test('arrows, classes and what the engine itself brings', () => {
  expect(readParameterList('value => value * 2')?.map(({ name }) => name)).toEqual(['value']);
  expect(readParameterList('async (a, b = () => 1) => a')?.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(readParameterList('class A { x = 1; constructor(size, unit) {} }')?.map(({ name }) => name)).toEqual([
    'size',
    'unit',
  ]);
  expect(readParameterList('class A {}')).toEqual([]);
  expect(readParameterList('function push() { [native code] }')).toBeUndefined();
});
