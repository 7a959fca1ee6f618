import { describe, expect, it } from 'vitest';
import { ecmascriptExtractor } from './ecmascript-extractor.ts';
import { nestsTooDeeply } from './nesting.ts';

const deep: Readonly<Record<string, string>> = {
  brackets: `x = ${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  blocks: `${'{'.repeat(100_000)}${'}'.repeat(100_000)}`,
  arrows: `x = ${'a=>'.repeat(100_000)}1`,
  negations: `x = ${'!'.repeat(100_000)}1`,
  conditions: `x = ${'a?b:'.repeat(100_000)}1`,
};

describe('deep nesting', () => {
  it.each(Object.entries(deep))('is told before parsing: %s', async (_, text) => {
    expect(nestsTooDeeply(text)).toBe(true);
    await ecmascriptExtractor.prepare('javascript');
    expect(ecmascriptExtractor.extract({ text, language: 'javascript', declarations: false }).partial).toBe(true);
  });

  it('ends on long chains that fit the parser but not the stack', async () => {
    await ecmascriptExtractor.prepare('javascript');
    const text = `x = 1${' + y'.repeat(7000)};\n`;
    expect(
      ecmascriptExtractor.extract({ text, language: 'javascript', declarations: false }).symbols.length,
    ).toBeGreaterThan(0);
  });

  it('takes brackets in strings and comments for what they are', () => {
    expect(nestsTooDeeply(`${"f('((((('); // (((((\n".repeat(5000)}`)).toBe(false);
  });
});
