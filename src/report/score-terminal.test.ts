import { expect, it } from 'vitest';
import type { UnitScore } from '#model/score.ts';
import { scoresForTerminal, type ScoreView } from './score-terminal.ts';

const unit = (over: Partial<UnitScore>): UnitScore => ({
  kind: 'file',
  name: 'a\u001b[31m.ts',
  path: 'a\u001b[31m.ts',
  line: 1,
  codeLines: 1200,
  score: 61.2,
  points: [],
  lost: { complexity: 30, length: 8.8 },
  share: 1,
  ...over,
});
const point = { aspect: 'length', points: 12.34, because: '140 code lines (limit 60)' } as const;
const view: ScoreView = {
  quality: {
    formula: ['A function starts at 100.'],
    repository: unit({ kind: 'repository', name: 'tree' }),
    modules: [unit({ kind: 'module', name: 'src' }), unit({ kind: 'module', name: 'lib', score: 100 })],
    files: [unit({}), unit({ name: 'b.ts', score: 100, lost: {} })],
    classes: [],
    functions: [
      unit({
        kind: 'function',
        name: 'f',
        points: [{ ...point, source: { kind: 'metric', metric: 'code lines', value: 140, limit: 60 } }],
      }),
    ],
    counted: { files: 2, classes: 0, functions: 9 },
  },
  testability: {
    formula: [],
    repository: { kind: 'repository', name: 'tree', path: '', line: 1, codeLines: 1, score: 88, reasons: [], share: 1 },
    files: [],
    classes: [],
    functions: [],
  },
};

it('says the scores and what takes points off, and lets nothing of the tree reach the terminal as it is', () => {
  const text = scoresForTerminal(view, { width: 100, color: false, unicode: false }, false);
  expect(text).toContain('Quality 61.2 of 100');
  expect(text).toContain('complexity 30 · length 8.8');
  expect(text).toContain('Testability 88 of 100');
  expect(text).toContain('−12.3 140 code lines (limit 60)');
  expect(text).not.toContain('\u001b');
  expect(text).not.toContain('lib');
  expect(text.split('\n').length).toBeLessThan(40);
});

it('shows the formula with all', () => {
  expect(scoresForTerminal(view, { width: 100, color: false, unicode: false }, true)).toContain(
    'A function starts at 100.',
  );
});
