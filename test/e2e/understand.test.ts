import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrowel } from './run-trowel.ts';
import { type SampleRepository, shopRepository } from './sample-repository.ts';

let shop: SampleRepository;

beforeAll(() => {
  shop = shopRepository();
});
afterAll(() => shop.remove());

async function answer<Output>(...words: string[]): Promise<{ code: number | null; output: Output }> {
  const { code, out } = await runTrowel([...words, '--json', '--data-folder', shop.data], { cwd: shop.root });
  return { code, output: JSON.parse(out) as Output };
}

async function text(...words: string[]): Promise<string> {
  const { out, err, code } = await runTrowel([...words, '--data-folder', shop.data], { cwd: shop.root });
  expect(err).toBe('');
  expect([0, 2]).toContain(code);
  return out;
}

interface Named {
  readonly symbol?: { readonly name: string; readonly path: string };
}
const names = (list: readonly Named[]): string[] => list.map(({ symbol }) => symbol?.name ?? '').sort();

describe('survey', () => {
  it('tells the truth about a small repository', async () => {
    const { output } = await answer<{
      size: { testFiles: number };
      entryPoints: { path: string }[];
      cycles: { files: string[]; typeOnly: boolean }[];
      people: { authors: number; commits: number; bugFixes: number };
      readFirst: { path: string }[];
      hotspots: { path: string; commits: number }[];
      languages: { name: string }[];
    }>('survey');
    expect(output.size.testFiles).toBe(1);
    expect(output.languages[0]!.name).toBe('Python');
    expect(output.cycles).toEqual([
      expect.objectContaining({ files: ['shop/receipt.py', 'shop/till.py'], typeOnly: false }),
    ]);
    expect(output.people).toMatchObject({ authors: 2, commits: 2, bugFixes: 1 });
    expect(output.readFirst[0]!.path).toBe('README.md');
    expect(output.hotspots[0]).toMatchObject({ path: 'shop/receipt.py', commits: 2 });
    expect(output.entryPoints.map((entry) => entry.path)).toContain('shop/till.py');
  });

  it('writes a page that stands alone', async () => {
    const page = path.join(shop.root, '..', 'page.html');
    const out = await text('survey', '--html', page);
    expect(out).toContain('shop');
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<svg class="treemap"');
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it('takes a git URL with a branch or commit', async () => {
    const { output } = await answer<{ name: string; revision: { commit: string }; people: { commits: number } }>(
      'survey',
      `file://${shop.root}#${shop.git('rev-parse', 'HEAD~1').trim()}`,
    );
    expect(output.name).toBe('shop');
    expect(output.people.commits).toBe(1);
    expect(output.revision.commit).toBe(shop.git('rev-parse', 'HEAD~1').trim());
  });

  it('looks at one folder only when asked to', async () => {
    const { output } = await answer<{ files: { path: string }[]; name: string }>('survey', 'tests');
    expect(output.files.map((file) => file.path)).toEqual(['tests/test_basket.py']);
  });
});

describe('show', () => {
  it('knows callers, callees and tests of a method', async () => {
    const { output } = await answer<{
      status: string;
      callers: Named[];
      callees: Named[];
      tests: Named[];
      metrics: { cyclomatic: number; fanIn: number };
      history: { owners: { name: string }[] };
    }>('show', 'Basket.total');
    expect(output.status).toBe('symbol');
    expect(names(output.callers)).toEqual(expect.arrayContaining(['checkout', 'test_total']));
    expect(names(output.callees)).toEqual(expect.arrayContaining(['Money.add']));
    expect(names(output.tests)).toContain('test_total');
    expect(output.metrics.cyclomatic).toBe(2);
    expect(output.history.owners).toEqual([{ name: 'Ada', commits: 1, share: 1 }]);
  });

  it('lists the choices when a name is not enough, and exits with 2', async () => {
    const { code, output } = await answer<{ status: string; choices: { name: string }[] }>('show', '__init__');
    expect(code).toBe(2);
    expect(output.status).toBe('ambiguous');
    expect(output.choices.map(({ name }) => name).sort()).toEqual(['Basket.__init__', 'Money.__init__']);
  });

  it('finds what is defined around a line, and prints it with its line numbers', async () => {
    expect(await text('show', 'shop/money.py:8')).toMatch(/^Money\.add {2}.*method[\s\S]*8 +return Money\(self\.cents/);
  });

  it('draws control flow and data flow', async () => {
    const control = await text('show', 'render', '--cfg');
    expect(control).toMatch(/^flowchart/);
    expect(control).toMatch(/true/);
    expect(await text('show', 'Basket.total', '--dfg', '--format', 'dot')).toMatch(/^digraph/);
    const { output } = await answer<{ graphs: { cfg: { blocks: unknown[] } } }>('show', 'render', '--cfg');
    expect(output.graphs.cfg.blocks.length).toBeGreaterThan(3);
  });

  it('suggests the nearest name', async () => {
    const { code, output } = await answer<{ error: { code: string; hint: string } }>('show', 'chekout');
    expect(code).toBe(2);
    expect(output.error).toMatchObject({ code: 'not-found', hint: 'Did you mean checkout?' });
  });

  it('says where the last part of a qualified name is', async () => {
    const { output } = await answer<{ error: { hint: string } }>('show', 'Purse.add');
    expect(output.error.hint).toContain('Money.add (shop/money.py:');
  });
});

describe('path and impact', () => {
  it('finds the way along calls, and the way back', async () => {
    const { output } = await answer<{ status: string; reversed: boolean; steps: { symbol: { name: string } }[] }>(
      'path',
      'main',
      'render',
    );
    expect(output.steps.map(({ symbol }) => symbol.name)).toEqual(['main', 'checkout', 'render']);
    const back = await answer<{ reversed: boolean }>('path', 'render', 'main');
    expect(back.output.reversed).toBe(true);
  });

  it('names the tests of a changed symbol', async () => {
    const { output } = await answer<{ tests: { path: string; symbols: string[] }[]; affected: Named[] }>(
      'impact',
      'Money.add',
    );
    expect(output.tests).toEqual([
      expect.objectContaining({ path: 'tests/test_basket.py', symbols: expect.arrayContaining(['test_total']) }),
    ]);
    expect(names(output.affected)).toEqual(expect.arrayContaining(['Basket.total', 'checkout', 'main']));
  });

  it('takes a difference for the change', async () => {
    const { output } = await answer<{ changed: { name: string }[] }>('impact', '--diff', 'HEAD~1');
    expect(output.changed.map(({ name }) => name)).toEqual(['render']);
  });

  it('refuses what is no commit, options included', async () => {
    const { code, output } = await answer<{ error: { code: string } }>('impact', '--diff=--output=/nowhere');
    expect(code).toBe(2);
    expect(output.error.code).toBe('not-found');
  });
});

describe('history', () => {
  it('says who changed what, and where the bug came from', async () => {
    const { output } = await answer<{
      files: { path: string; commits: number; authors: { name: string }[] }[];
      introduced: unknown[];
    }>('history', '--fixes');
    expect(output.files[0]).toMatchObject({ path: 'shop/receipt.py', commits: 2, bugFixes: 1 });
    expect(output.introduced).toEqual([]);
    expect(await text('history', 'shop')).toContain('Most changed');
  });
});
