import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrowel } from './run-trowel.ts';
import { type SampleRepository, shopRepository } from './sample-repository.ts';

let shop: SampleRepository;

beforeAll(() => {
  shop = shopRepository();
});
afterAll(() => shop.remove());

interface Answer {
  readonly kind: string;
  readonly total: number;
  readonly notes: readonly string[];
  readonly error?: { readonly code: string; readonly hint: string };
  readonly suggestions?: readonly { readonly name: string }[];
  readonly hits: readonly {
    readonly name: string;
    readonly path: string;
    readonly line: number;
    readonly repository?: string;
    readonly why: readonly { readonly reason: string }[];
    readonly snippet: readonly { readonly text: string; readonly highlights: readonly (readonly number[])[] }[];
  }[];
}

async function find(...words: string[]): Promise<Answer & { readonly code: number | null }> {
  const { code, out } = await runTrowel(['find', ...words, '--json', '--data-folder', shop.data], { cwd: shop.root });
  return { code, ...(JSON.parse(out) as Answer) };
}

describe('find', () => {
  it('answers a question with the symbol, its lines and the reasons', async () => {
    const { kind, hits } = await find('where is the total of the basket computed');
    expect(kind).toBe('words');
    expect(hits[0]).toMatchObject({ name: 'Basket.total', path: 'shop/basket.py', line: 11 });
    expect(hits[0]!.why.length).toBeGreaterThan(0);
    const [first] = hits[0]!.snippet;
    expect(first!.highlights.map(([from, to]) => first!.text.slice(from, to))).toContain('total');
  });

  it('finds a symbol by its name, part of it, and with a mistake', async () => {
    expect((await find('Basket.total')).hits[0]!.name).toBe('Basket.total');
    expect((await find('chekout')).hits[0]!.name).toBe('checkout');
    expect((await find('chec', '--suggest')).suggestions![0]!.name).toBe('checkout');
  });

  it('finds literals and regular expressions, in linear time', async () => {
    expect((await find('"amount.cents < 0"')).hits).toMatchObject([{ name: 'render', line: 5 }]);
    expect((await find('/def (put|add)\\(/')).hits.map(({ name }) => name).sort()).toEqual(['Basket.put', 'Money.add']);
    const refused = await find('/(?=a)b/');
    expect([refused.code, refused.error?.code]).toEqual([2, 'query-invalid']);
  });

  it('finds a translation in quotes, though a catalogue’s words are no words of the index', async () => {
    const catalogue = path.join(shop.root, 'shop/locale/de/messages.po');
    mkdirSync(path.dirname(catalogue), { recursive: true });
    writeFileSync(catalogue, 'msgid "Your basket"\nmsgstr "Ihr Warenkorb"\n');
    expect((await find('"Ihr Warenkorb"')).hits).toMatchObject([{ path: 'shop/locale/de/messages.po', line: 2 }]);
    expect((await find('Warenkorb')).hits).toEqual([]);
    rmSync(path.dirname(catalogue), { recursive: true });
  });

  it('heeds its filters, and refuses those that mean nothing', async () => {
    expect((await find('total', '--tests')).hits.every(({ path }) => path.startsWith('tests/'))).toBe(true);
    expect((await find('total', '--no-tests', '--glob', '!shop/till.py')).hits.map(({ path }) => path)).not.toContain(
      'shop/till.py',
    );
    expect((await find('render', '--author', 'Ben')).hits.every(({ path }) => path === 'shop/receipt.py')).toBe(true);
    expect((await find('total', '--kind', 'clas')).error).toMatchObject({ code: 'usage', hint: 'Did you mean class?' });
    expect((await find('total', '--language', 'pythn')).error?.code).toBe('usage');
  });

  it('says why there is nothing', async () => {
    for (const query of ['', '   ', '\u0007', 'zzzzqqqq', '((('])
      expect(await find(query)).toMatchObject({ hits: [], notes: [expect.stringMatching(/\w/)] });
  });

  it('pages, and joins several repositories', async () => {
    const [all, second] = [await find('basket'), await find('basket', '--offset', '1', '--limit', '1')];
    expect(second.hits[0]!.name).toBe(all.hits[1]!.name);
    const other = shopRepository();
    const both = await find('basket', '--repositories', other.root);
    other.remove();
    expect(both.total).toBe(all.total * 2);
    expect(both.hits.length).toBeGreaterThan(all.hits.length - 1);
  });
});

async function answer<Output>(...words: string[]): Promise<Output> {
  const { out } = await runTrowel([...words, '--json', '--data-folder', shop.data], { cwd: shop.root });
  return JSON.parse(out) as Output;
}

describe('similar and clones', () => {
  const body = (name: string, list: string, item: string): string =>
    `def ${name}(${list}):\n    result = 0\n    for ${item} in ${list}:\n        if ${item} > 10:\n            result = result + ${item} * 2\n        else:\n            result = result - ${item}\n    return result\n`;

  beforeAll(() => {
    shop.write('shop/taxes.py', body('taxes', 'prices', 'price'));
    shop.write('shop/copied.py', `# the same\n${body('taxes', 'prices', 'price')}`);
    shop.write('shop/rebates.py', body('rebates', 'amounts', 'amount'));
    shop.write('shop/near.py', body('near', 'lots', 'lot').replace('    return', '    print(result)\n    return'));
  });

  it('finds exact, renamed and near clones, each pair once', async () => {
    const { pairs, counts } = await answer<{
      counts: Record<string, number>;
      pairs: { kind: string; left: { path: string }; right: { path: string }; texts: string[] }[];
    }>('clones', '--min-tokens', '30', '--show', '--pairs');
    expect(pairs[0]).toMatchObject({
      kind: 'exact',
      left: { path: 'shop/copied.py' },
      right: { path: 'shop/taxes.py' },
    });
    expect(pairs[0]!.texts[0]).toBe(pairs[0]!.texts[1]);
    expect(counts).toMatchObject({ exact: 1, renamed: 2, 'near-miss': 3 });
  });

  it('joins clones to groups around a representative, and shows each beside it', async () => {
    const { groups, groupCount } = await answer<{
      groupCount: number;
      groups: { kind: string; type: number; members: { path: string; similarity: number; text: string }[] }[];
    }>('clones', '--min-tokens', '30', '--show');
    expect(groupCount).toBe(1);
    expect(groups[0]).toMatchObject({ kind: 'near-miss', type: 3 });
    expect(groups[0]!.members.map(({ path }) => path).sort()).toEqual([
      'shop/copied.py',
      'shop/near.py',
      'shop/rebates.py',
      'shop/taxes.py',
    ]);
    expect(groups[0]!.members[0]!.similarity).toBe(1);
    const { out } = await runTrowel(['clones', '--min-tokens', '30', '--show', '--data-folder', shop.data], {
      cwd: shop.root,
    });
    expect(out).toContain('4 functions');
    expect(out).toMatch(/result = 0 +[|│] +result = 0/);
  });

  it('finds what is like a symbol, but not itself', async () => {
    const { hits } = await answer<Answer>('similar', 'shop/rebates.py:2');
    const [first] = hits;
    expect(first!.name).toMatch(/taxes|near/);
    expect(hits.map(({ name }) => name)).not.toContain('rebates');
    const piped = await runTrowel(['similar', '-', '--json', '--data-folder', shop.data], {
      cwd: shop.root,
      input: body('other', 'values', 'value'),
    });
    expect((JSON.parse(piped.out) as Answer).hits[0]!.name).toMatch(/taxes|rebates|near/);
    const refused = await answer<Answer>('similar');
    expect(refused.error?.code).toBe('usage');
  });
});
