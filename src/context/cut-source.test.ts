import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutSource } from './cut-source.ts';
import { loadTokenCounter } from './tokens/load-token-counter.ts';

const python =
  'import os\n\n\nclass A:\n    x = """\n    y = 1\n    """\n\n    def f(self):\n        a = [\n            1,\n            2,\n        ]\n        return a  # why\n\n\nprint(A().f())\n';

describe('cutting', () => {
  it('ends where a statement ends, and never inside a string or a bracket', async () => {
    const counter = await loadTokenCounter('o200k');
    const starts = new Set<string>();
    for (let limit = 1; limit < 80; limit++) {
      const { text, tokens, by } = await cutSource(python, 'python', limit, counter);
      expect(tokens).toBe(counter.count(text));
      expect(tokens).toBeLessThanOrEqual(limit);
      if (by === 'syntax') starts.add(text);
    }
    const lastLines = [...starts].map((text) => text.trimEnd().split('\n').at(-1)!.trim());
    expect(lastLines).toEqual(['import os', '"""', ']', 'return a  # why']);
  });

  it('holds for any limit in any fixture', async () => {
    const counter = await loadTokenCounter('cl100k');
    const source = readFileSync(import.meta.filename, 'utf8');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 900 }), async (limit) => {
        const { text, tokens, left } = await cutSource(source, 'typescript', limit, counter);
        expect(source.startsWith(text)).toBe(true);
        expect(tokens).toBeLessThanOrEqual(limit);
        if (text !== '' && left > 0)
          expect(text.split('\n').length - 1 + left).toBe(source.trimEnd().split('\n').length);
      }),
      { numRuns: 60 },
    );
  });

  it('falls back to lines where there is no grammar', async () => {
    const counter = await loadTokenCounter('o200k');
    expect(await cutSource('one two\nthree four\nfive six\n', 'text', 7, counter)).toMatchObject({
      text: 'one two\nthree four\n',
      by: 'lines',
      left: 1,
    });
  });
});
