import { describe, expect, it } from 'vitest';
import { cloneTokens } from './clone-tokens.ts';

const tokens = (text: string): ReturnType<typeof cloneTokens> => cloneTokens(text, []);

describe('cloneTokens', () => {
  const sum = 'function sum(list) { let total = 0; for (const x of list) total += x; return total; }';

  it('layout is nothing, and comments are left out', () => {
    const spread = sum.replaceAll(' ', '\n  ');
    expect(tokens(spread).exact).toBe(tokens(sum).exact);
    const commented = `// adds\n${sum}`;
    expect(cloneTokens(commented, [[0, 7]]).exact).toBe(tokens(sum).exact);
  });

  it('other names and literals: renamed, not exact', () => {
    const other = 'function add(items) { let result = 10; for (const i of items) result += i; return result; }';
    expect(tokens(other).exact).not.toBe(tokens(sum).exact);
    expect(tokens(other).renamed).toBe(tokens(sum).renamed);
  });

  it('another operator is another function', () => {
    expect(tokens(sum.replace('+=', '*=')).renamed).not.toBe(tokens(sum).renamed);
  });
});
