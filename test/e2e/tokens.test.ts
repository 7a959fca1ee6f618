import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenCounter } from '../../src/context/tokens/load-token-counter.ts';
import { runTrowel } from './run-trowel.ts';
import { type SampleRepository, shopRepository } from './sample-repository.ts';

let shop: SampleRepository;
beforeAll(() => {
  shop = shopRepository();
});
afterAll(() => shop.remove());

const run = (...words: string[]): ReturnType<typeof runTrowel> => runTrowel(['tokens', ...words], { cwd: shop.root });

describe('tokens', () => {
  it('counts files and all of them, and checks a limit', async () => {
    const counter = await loadTokenCounter('cl100k');
    const { out, code } = await run('shop/money.py', 'README.md', '--model', 'gpt-4', '--limit', '10', '--json');
    const { total, files, exact } = JSON.parse(out) as { total: number; exact: boolean; files: { tokens: number }[] };
    expect(files.map(({ tokens }) => tokens)).toEqual([expect.any(Number), counter.count('# Shop\n\nSells things.\n')]);
    expect(total).toBe(files[0]!.tokens + files[1]!.tokens);
    expect(exact).toBe(true);
    expect(code).toBe(1);
    expect((await run('README.md', '--limit', '100')).code).toBe(0);
  });

  it('cuts where a definition ends, and compresses', async () => {
    expect((await run('shop/money.py', '--cut', '40')).out).toBe(
      'class Money:\n    """An amount."""\n\n    def __init__(self, cents):\n        self.cents = cents\n',
    );
    expect((await run('shop/money.py', '--compress', '--no-docstrings')).out).toMatch(/^class Money:\n def __init__/);
  });

  it('says what cannot be read', async () => {
    const { code, err } = await run('no-such-file.py');
    expect(code).toBe(2);
    expect(err).toContain('cannot be read');
  });
});
