import { describe, expect, it } from 'vitest';
import { listSymbols } from './facts-listing.ts';
import { ParseGuard, readableText } from './parse-guard.ts';
import { loadExtractor } from './registry.ts';

async function extract(language: string, text: string): Promise<ReturnType<typeof listSymbols> | string> {
  const extractor = await loadExtractor(language);
  await extractor!.prepare(language);
  try {
    const facts = extractor!.extract({ text, language, declarations: false });
    return [...listSymbols(facts), facts.partial ? 'partial' : 'whole'];
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the parser’s bounds', () => {
  it('hand out all of a text, and again, but not without end', () => {
    const guard = new ParseGuard('ab'.repeat(5000));
    let at = 0;
    for (let piece = guard.read(at); piece !== ''; piece = guard.read(at)) at += piece.length;
    expect(at).toBe(10_000);
    expect(guard.cutOff).toBe(false);
    let reads = 0;
    while (guard.read(0) !== '') reads++;
    expect(guard.cutOff).toBe(true);
    expect(reads * 512).toBeGreaterThan(10_000 * 100);
    expect(reads * 512).toBeLessThan(10_000 * 600);
  });

  it('are far from what real text needs', async () => {
    const method = 'trait A { def f(x: Int): Int = x match { case 1 => g(x); case _ => h { y => y + 1 } } }\n';
    const symbols = await extract('scala', method.repeat(2000));
    expect(symbols).toHaveLength(2 * 2000 + 1);
    expect(symbols.at(-1)).toBe('whole');
  });

  it('leave the beginning of a text whose lexer searches its end from every place', async () => {
    const symbols = await extract('scala', `object A {\n  def f = 1\n}\n${'`'.repeat(60_000)}\nobject B\n`);
    expect(symbols).toEqual(['class A 1-3 exported static', 'method A.f 2-2 exported', 'partial']);
  });

  it('replace what parsers take for the end of the text by as many units', async () => {
    expect(readableText('a\0b\ud800c')).toBe('a b\ufffdc');
    const whole = 'clean';
    expect(readableText(whole)).toBe(whole);
    const nuls = '\0'.repeat(30_000);
    expect(await extract('shell', `f() { g; }\n${nuls}\nh() { f; }\n`)).toEqual([
      'function f 1-1 exported',
      'function h 3-3 exported',
      'whole',
    ]);
  });
});
