import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairMap } from './pair-map.ts';

describe('PairMap', () => {
  it('holds what a map of pairs holds, through growth', () => {
    const number = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, fc.nat(1000)), { maxLength: 300 }), (entries) => {
        const map = new PairMap(4);
        const expected = new Map<string, number>();
        for (const [a, b, value] of entries) {
          map.set(a, b, value);
          expected.set(`${a},${b}`, value);
        }
        expect(map.size).toBe(expected.size);
        for (const [a, b] of entries) expect(map.get(a, b)).toBe(expected.get(`${a},${b}`));
        expect(map.get(41, 41)).toBe(-1);
      }),
    );
  });
});
