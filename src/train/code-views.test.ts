import { expect, it } from 'vitest';
import { loadGrammar, parseSyntaxTree } from '#languages/tree-sitter.ts';
import { controlFlowView, dataFlowView, normalisedText, semanticTokens, syntaxView, twoViews } from './code-views.ts';

const code =
  'def total(prices):\n    # sums\n    result = 0\n    for price in prices:\n        result += Tax.of(price)\n    return result\n';

it('tells a syntax tree by its kinds of nodes and its names', async () => {
  await loadGrammar('python');
  const view = syntaxView(parseSyntaxTree(code, 'python'));
  expect(view).toContain('for_statement price prices');
  expect(view).not.toContain('sums');
});

it('tells a text without comments and literals, and the names that come from elsewhere', () => {
  expect(normalisedText('a = "x" + 1 // why\nb = f(a)')).toBe('a = literal + literal b = f(a)');
  expect(semanticTokens(code).split(' ')).toEqual(['total', 'Tax', 'of']);
});

it('tells control flow by its forks and data flow by who reads what', () => {
  const graph = {
    steps: [{ text: 'ready = check(1)' }, { text: 'ready' }, { text: 'send(ready)' }],
    blocks: [
      { id: 0, steps: [0, 1] },
      { id: 1, steps: [2] },
    ],
    edges: [
      { from: 0, to: 1, label: 'true' },
      { from: 1, to: 2, label: 'next' },
    ],
  };
  expect(controlFlowView(graph)).toBe('true ready send ready');
  const flow = {
    definitions: [{ variable: 'ready', kind: 'assignment', step: 0 }],
    chains: [{ definition: 0, step: 2 }],
  };
  expect(dataFlowView(flow, graph)).toBe('assignment ready ready check send ready');
});

it('pairs all views that say something, one pair after the other', () => {
  const long = (word: string): string => Array(6).fill(word).join(' ');
  const views = { syntax: long('s'), text: long('t'), tokens: long('k'), data: 'short' };
  const pairs = [0, 1, 2, 3].map((number) =>
    twoViews(views, number)!
      .map((view) => view[0])
      .join(''),
  );
  expect(pairs).toEqual(['st', 'sk', 'tk', 'st']);
  expect(twoViews({ text: long('t'), data: '' }, 0)).toBeUndefined();
});
