import { expect, it } from 'vitest';
import { flowOf } from '#flowgraph/flow-graph-of.ts';
import { type StatementBlock, statementBlocks } from './statement-blocks.ts';

async function blocksOf(text: string, language: string): Promise<readonly StatementBlock[]> {
  const { source, graphs } = await flowOf(text, language, { startLine: 1, endLine: text.split('\n').length });
  return statementBlocks(source, graphs.cfg.steps, graphs.dfg);
}

const python = `def f(text, limit):
    rows = []
    for line in text.split():
        if line:
            part = line.strip()
            rows.append(part)
            limit -= 1
    last = rows[-1]
    while limit:
        limit -= 1
        if last:
            continue
        rows.pop()
    if rows:
        return last
    return rows
`;

it('knows what goes in and what comes out', async () => {
  const blocks = await blocksOf(python, 'python');
  const loop = blocks.find(({ startLine, endLine }) => startLine === 2 && endLine === 7);
  expect(loop).toMatchObject({ outputs: ['rows', 'limit'] });
  expect([...loop!.inputs].sort()).toEqual(['limit', 'text']);
});

it('cuts neither a jump from its loop nor a loop from the list on its line', async () => {
  for (const { startLine, endLine } of await blocksOf(python, 'python')) {
    expect(startLine <= 14 && endLine >= 15).toBe(false);
    // The body that continues the loop on line 9 needs that loop.
    if (startLine > 9) expect(endLine < 12 || startLine > 12).toBe(true);
  }
  const script =
    'function f(a, b) {\n  for (const x of a.filter(b)) {\n    b(x);\n    b(x);\n    b(x);\n  }\n  b(1);\n  b(2);\n  b(3);\n}\n';
  const first = (await blocksOf(script, 'typescript')).find(({ startLine }) => startLine === 2);
  expect([...first!.inputs].sort()).toEqual(['a', 'b']);
});
