import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack, unpack } from './pack.ts';

it('gives back what was packed, small or large', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(1, 15, 40, 400), (bytes, times) => {
      const whole = Buffer.concat(Array.from({ length: times }, () => bytes));
      expect(Buffer.from(unpack(pack(whole))!).equals(whole)).toBe(true);
    }),
  );
});

it('knows bytes that were never packed', () => {
  expect(unpack(Buffer.from('neither zero nor a frame'))).toBeUndefined();
  expect(unpack(new Uint8Array(0))).toBeUndefined();
});
