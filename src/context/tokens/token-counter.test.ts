import fc from 'fast-check';
import { countTokens as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as o200k } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { loadTokenCounter } from './load-token-counter.ts';
import { encodingOfModel } from './model-encoding.ts';
import { countAll } from './token-counter.ts';

const ordinary = { disallowedSpecial: new Set<string>() };
const references = { o200k, cl100k };

/** Code-like, prose-like and broken text: what a repository holds. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'self',
          'getHTTPResponse2',
          ' ',
          '  ',
          '\t',
          '\n',
          '\r\n',
          '\n\n',
          '();',
          '//',
          '/',
          '=>',
          '"é漢字"',
          "'ll",
          '1234567',
          '🙂',
          '\ud800',
          '<|endoftext|>',
          '____',
          'ﬁ',
        ],
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join('')),
);

describe.each(['o200k', 'cl100k'] as const)('%s', (encoding) => {
  it('counts as the published tokenizer does', async () => {
    const counter = await loadTokenCounter(encoding);
    expect(counter).toMatchObject({ encoding, exact: true });
    fc.assert(
      fc.property(text, (sample) => counter.count(sample) === references[encoding](sample, ordinary)),
      { numRuns: 2000 },
    );
  });

  it('counts long words as it counts short ones', async () => {
    const counter = await loadTokenCounter(encoding);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abcxyzABé漢='), minLength: 97, maxLength: 900 }),
        (sample) => counter.count(sample) === references[encoding](sample, ordinary),
      ),
      { numRuns: 200 },
    );
  });

  it('says whether a text fits without another opinion than its count', async () => {
    const counter = await loadTokenCounter(encoding);
    fc.assert(
      fc.property(text, fc.nat(80), (sample, limit) => counter.fits(sample, limit) === counter.count(sample) <= limit),
      { numRuns: 500 },
    );
  });

  it('reads a megabyte without a space', async () => {
    const counter = await loadTokenCounter(encoding);
    expect(counter.count('a'.repeat(1_000_000))).toBeGreaterThan(100_000);
    expect(counter.count('漢'.repeat(300_000))).toBeGreaterThan(100_000);
  });

  it('counts what its authors count', async () => {
    const counter = await loadTokenCounter(encoding);
    expect(countAll(counter, ['', 'hello world', 'tiktoken is great!'])).toEqual([0, 2, 6]);
  });
});

describe('an estimate', () => {
  it('is marked as one, adds up, and is not below the public counts of ordinary text', async () => {
    const counter = await loadTokenCounter('estimate');
    expect(counter).toMatchObject({ encoding: 'estimate', exact: false });
    const exact = await loadTokenCounter('o200k');
    const sample =
      'export function total(items: readonly number[]): number {\n  return items.reduce((a, b) => a + b, 0);\n}\n';
    expect(counter.count(sample)).toBeGreaterThanOrEqual(exact.count(sample));
    fc.assert(fc.property(text, text, (a, b) => counter.count(a + b) <= counter.count(a) + counter.count(b)));
  });
});

describe('the encoding of a model', () => {
  it.each([
    ['gpt-4', 'cl100k'],
    ['gpt-4-turbo', 'cl100k'],
    ['gpt-3.5-turbo', 'cl100k'],
    ['gpt-4o-mini', 'o200k'],
    ['openai/gpt-5', 'o200k'],
    ['o3-mini', 'o200k'],
    ['cl100k_base', 'cl100k'],
    ['claude-sonnet-4', 'estimate'],
    ['gemini-2.5-pro', 'estimate'],
    ['some-local-model', 'estimate'],
  ])('%s: %s', (model, encoding) => expect(encodingOfModel(model)).toBe(encoding));
});
