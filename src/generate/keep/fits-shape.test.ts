import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Shape } from '../model/surface.ts';
import { makeRandom } from '../values/random.ts';
import { makeValue } from '../values/make-value.ts';
import { makeValuePool } from '../values/value-pool.ts';
import { fitsShape } from './fits-shape.ts';

test('what is made for a shape fits it', () => {
  const leaf = fc.constantFrom<Shape>(
    { kind: 'string' },
    { kind: 'integer' },
    { kind: 'number' },
    { kind: 'boolean' },
    { kind: 'date' },
    { kind: 'regexp' },
  );
  const shapes = fc.oneof(
    leaf,
    leaf.map((of): Shape => ({ kind: 'list', of })),
    leaf.map((of): Shape => ({ kind: 'union', of: [of, { kind: 'null' }] })),
    leaf.map((of): Shape => ({ kind: 'map', key: { kind: 'string' }, of })),
  );
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1 }), (shape, seed) => {
      const random = makeRandom(seed);
      const pool = makeValuePool('ecmascript');
      const value = makeValue(shape, { random, pool, instance: () => undefined, nextId: () => 0 });
      expect(fitsShape(value, shape)).toBe(true);
    }),
  );
});

test('a value of another kind does not fit', () => {
  expect(fitsShape('5', { kind: 'number' })).toBe(false);
  expect(fitsShape({ $: 'undefined' }, { kind: 'string' })).toBe(false);
  expect(fitsShape(null, { kind: 'union', of: [{ kind: 'string' }, { kind: 'number' }] })).toBe(false);
  expect(fitsShape([1, 'a'], { kind: 'list', of: { kind: 'number' } })).toBe(false);
  expect(fitsShape('x', { kind: 'promise', of: { kind: 'number' } }, true)).toBe(false);
});
