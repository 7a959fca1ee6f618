import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCount } from './format-count.ts';

describe('formatCount', () => {
  it('sets thousands apart', () => {
    expect([0, 999, 1000, 12_345, 1_234_567, -1000, 999.6, -0.2].map(formatCount)).toEqual([
      '0',
      '999',
      '1,000',
      '12,345',
      '1,234,567',
      '-1,000',
      '1,000',
      '0',
    ]);
  });

  it('agrees with the runtime for every safe integer', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => formatCount(value) === value.toLocaleString('en-US')));
  });
});
