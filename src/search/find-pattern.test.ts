import { describe, expect, it } from 'vitest';
import { linearRegex } from './linear-regex.ts';

describe('linearRegex', () => {
  it('finds matches with their places, by line', () => {
    expect(linearRegex('^b\\w+', '')('abc\nbcd bce', 10)).toEqual([[4, 7]]);
    expect(linearRegex('B', 'i')('abcb', 1)).toEqual([[1, 2]]);
  });

  it('takes time linear in the text where backtracking would take years', () => {
    const text = `${'a'.repeat(50_000)}!`;
    expect(linearRegex('(a+)+$', '')(text, 10)).toEqual([]);
  });

  it.each(['(', '(?=a)', '(a)\\1'])('refuses %s with a hint', (source) => {
    expect(() => linearRegex(source, '')).toThrow(/no regular expression/);
  });

  it('refuses flags that it does not know', () => {
    expect(() => linearRegex('a', 'y')).toThrow(/flag/);
  });
});
