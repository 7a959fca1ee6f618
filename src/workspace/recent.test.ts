import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('keeps what was used last, up to a sum of weights', () => {
  const recent = new Recent<string>(10);
  recent.put('a', 'A', 4);
  recent.put('b', 'B', 4);
  expect(recent.get('a')).toBe('A');
  recent.put('c', 'C', 4);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual(['A', undefined, 'C']);
  recent.put('c', 'C2', 9);
  expect([recent.get('a'), recent.get('c')]).toEqual([undefined, 'C2']);
  recent.put('huge', 'H', 11);
  expect(recent.get('huge')).toBeUndefined();
});
