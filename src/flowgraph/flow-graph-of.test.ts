/**
 * Graphs drawn by hand for every construct, beside their source in test/fixtures/flow. `UPDATE_LISTINGS=1` writes them anew
 * after a change, for another look.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawControlFlow, drawDataFlow, listFlow } from './draw-flow-graph.ts';
import { flowGraphOf } from './flow-graph-of.ts';

const folder = path.join(import.meta.dirname, '../../test/fixtures/flow');

describe.each(['python', 'typescript'])('%s', (language) => {
  const file = path.join(folder, `${language}.txt`);
  const cases = readFileSync(file, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [head, expected = ''] = part.split(/^---\n/m);
      const [title, ...source] = head!.split('\n');
      return { title: title!, source: source.join('\n'), expected };
    });
  const made: string[] = [];

  it.each(cases)('$title', async ({ title, source, expected }) => {
    const graphs = await flowGraphOf(source, language, { startLine: 1, endLine: source.split('\n').length });
    const listing = `${listFlow(graphs).join('\n')}\n`;
    made.push(`=== ${title}\n${source}---\n${listing}`);
    if (process.env['UPDATE_LISTINGS'] === '1') writeFileSync(file, made.join(''));
    else expect(listing).toBe(expected);
    if (language === 'typescript')
      expect(listFlow(await flowGraphOf(source, 'tsx', { startLine: 1, endLine: 99 }))).toEqual(listFlow(graphs));
  });

  it('has a graph for any beginning of a source', async () => {
    for (const { source } of cases) {
      for (let cut = 1; cut < source.length; cut += 17) await flowGraphOf(source.slice(0, cut), language, 0);
    }
  });
});

describe('flowGraphOf', () => {
  const source = 'def outer(a):\n    def inner(b):\n        return a + b\n    return inner\n\nx = 1\nprint(x)\n';

  it('finds the innermost function at an offset, the outermost in lines, else the module', async () => {
    expect((await flowGraphOf(source, 'python', source.indexOf('a + b'))).cfg.name).toBe('inner');
    expect((await flowGraphOf(source, 'python', { startLine: 1, endLine: 4 })).cfg.name).toBe('outer');
    expect((await flowGraphOf(source, 'python', { startLine: 3, endLine: 3 })).cfg.name).toBe('inner');
    expect((await flowGraphOf(source, 'python', source.indexOf('print'))).cfg.name).toBe('<module>');
  });

  it('refuses other languages', async () => {
    await expect(flowGraphOf('', 'cobol', 0)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('draws Mermaid and DOT with what the code says escaped', async () => {
    const graphs = await flowGraphOf('def f(a):\n    if a == "<b>\\"]":\n        return [a]\n', 'python', 0);
    const mermaid = drawControlFlow(graphs.cfg, 'mermaid');
    expect(mermaid).toContain('flowchart TD');
    expect(mermaid).toContain('&lt;b&gt;&#92;&quot;]&quot;');
    expect(mermaid).toMatch(/-->\|"true"\|/);
    const dot = drawControlFlow(graphs.cfg, 'dot');
    expect(dot).toContain('\\"<b>\\\\\\"]\\"');
    expect(drawDataFlow(graphs, 'dot')).toMatch(/s0 -> s1 \[label="a"\]/);
    expect(JSON.parse(drawControlFlow(graphs.cfg, 'json'))).toMatchObject({ name: 'f', entry: 0 });
  });
});
