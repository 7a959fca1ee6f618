import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenCounter } from '../../src/context/tokens/load-token-counter.ts';
import { runTrowel } from './run-trowel.ts';
import { type SampleRepository, shopRepository } from './sample-repository.ts';

let shop: SampleRepository;

beforeAll(() => {
  shop = shopRepository();
});
afterAll(() => shop.remove());

const run = (...words: string[]): ReturnType<typeof runTrowel> =>
  runTrowel(['context', ...words, '--data-folder', shop.data], { cwd: shop.root });

interface Section {
  readonly detail: string;
  readonly role: string;
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

describe('context', () => {
  it('gives a method whole, then what it uses, then signatures', async () => {
    const { out, err, code } = await run('Basket.total');
    expect(err).toBe('');
    expect(code).toBe(0);
    const [head, target, ...rest] = out.split('\n=== ');
    expect(head).toBe('# Basket.total');
    expect(target).toBe(
      'shop/basket.py:11-15 Basket.total (target)\n    def total(self):\n        result = Money(0)\n        for price in self.items:\n            result = result.add(price)\n        return result',
    );
    expect(rest[0]).toMatch(/^shop\/money\.py:1-8 Money \(dependency\)\nclass Money:/);
    expect(rest.at(-1)).toContain('\nclass Basket  # shop/basket.py:4\n');
  });

  it('is one document with --json, itself within the budget', async () => {
    const counter = await loadTokenCounter('o200k');
    const { out } = await run('Basket.total', '--budget', '330', '--json');
    const document = JSON.parse(out) as { tokens: number; budget: number; exact: boolean; sections: Section[] };
    expect(document).toMatchObject({ status: 'context', budget: 330, exact: true, encoding: 'o200k' });
    expect(document.sections.length).toBeGreaterThan(0);
    expect(counter.count(out)).toBe(document.tokens);
    expect(document.tokens).toBeLessThanOrEqual(330);
  });

  it('finds what a task in words speaks of', async () => {
    const { out } = await run('render the receipt at checkout', '--json');
    const { sections } = JSON.parse(out) as { sections: Section[] };
    const targets = sections.filter(({ role }) => role === 'target').map(({ name }) => name);
    expect(targets).toEqual(expect.arrayContaining(['checkout', 'render']));
  });

  it('adds tests, prose and the last commits where they are asked for', async () => {
    const { out } = await run('Basket.total', '--tests', '--changes');
    expect(out).toContain(' (test)\n');
    expect(out).toContain('def test_total');
    expect(out).toMatch(/\n20\d\d-\d\d-\d\d Ada: .* \([0-9a-f]{8}\) {2}# shop\/basket\.py:11\n/);
    const prose = await run('sells things', '--docs', '--json');
    expect((JSON.parse(prose.out) as { sections: Section[] }).sections).toContainEqual(
      expect.objectContaining({ role: 'documentation', path: 'README.md' }),
    );
  });

  it('needs fewer tokens when it is asked to compress, for the same program', async () => {
    const tokens = async (...words: string[]): Promise<number> =>
      (JSON.parse((await run('Basket', '--json', '--signature-share', '0', ...words)).out) as { tokens: number })
        .tokens;
    expect(await tokens('--compress')).toBeLessThan(await tokens());
    expect((await run('Basket', '--compress')).out).toContain(
      '\n  for price in self.items:\n   result = result.add(price)\n',
    );
  });

  it('maps a repository within a budget, and the part of it that a task is about', async () => {
    const counter = await loadTokenCounter('o200k');
    for (const budget of [30, 80, 400]) {
      const { out } = await run('--map', '--budget', String(budget));
      expect(counter.count(out)).toBeLessThanOrEqual(budget);
      expect(out).toMatch(/^shop\/\w+\.py:\n\d+ /);
      const document = await run('--map', '--budget', String(budget + 100), '--json');
      const { tokens } = JSON.parse(document.out) as { tokens: number };
      expect(counter.count(document.out)).toBe(tokens);
      expect(tokens).toBeLessThanOrEqual(budget + 100);
    }
    expect((await run('render', '--map', '--budget', '40')).out).toContain('shop/receipt.py:\n');
  });

  it('sums up a class, and a repository', async () => {
    expect((await run('Money', '--summary')).out).toBe(
      'Money  shop/money.py:1 — An amount.\nMoney.__init__  shop/money.py:4 — Init: takes cents.\nMoney.add  shop/money.py:7 — Add: takes other; calls Money.\n',
    );
    const { entries } = JSON.parse((await run('--summary', '--json')).out) as { entries: { summary: string }[] };
    expect(entries.map(({ summary }) => summary)).toContain('A shop that sells things.');
  });

  it('takes a place, a file and a change', async () => {
    const first = async (...words: string[]): Promise<string | undefined> => {
      const { out } = await run(...words, '--json');
      return (JSON.parse(out) as { sections: Section[] }).sections[0]?.name;
    };
    expect(await first('shop/money.py:8')).toBe('Money.add');
    expect(await first('shop/money.py')).toBe('shop/money.py');
    expect(await first('--diff', 'HEAD~1')).toBe('render');
  });

  it('writes tags that a parser reads', async () => {
    const { out } = await run('checkout', '--format', 'xml');
    expect(out).toMatch(/^<context subject="checkout" revision="[^"]+">\n<code path="shop\/till\.py" lines="5-6" /);
    expect(out.trimEnd()).toMatch(/<\/signatures>\n<\/context>$/);
  });

  it('says what is wrong: nothing asked, too little room, shares of more than all, nothing found', async () => {
    const error = async (...words: string[]): Promise<{ code: string; message: string }> => {
      const { code, out } = await run(...words, '--json');
      expect(code).toBe(2);
      return (JSON.parse(out) as { error: { code: string; message: string } }).error;
    };
    expect((await error()).code).toBe('usage');
    expect((await error('checkout', '--budget', '3')).message).toBe('Nothing fits into 3 tokens.');
    expect((await error('checkout', '--code-share', '80')).code).toBe('usage');
    expect((await error('zzz qqq')).code).toBe('not-found');
  });

  it('marks an estimate as one', async () => {
    const { out } = await run('checkout', '--model', 'claude-sonnet-4-5', '--json');
    expect(JSON.parse(out)).toMatchObject({ encoding: 'estimate', exact: false });
  });
});
