/** Scores, refactorings and patterns with texts that would harm a page that does not escape them. For tests. */
import type { UnitScore } from '#model/score.ts';
import type { ScoresView } from './html/score-sections.ts';

export function sampleScores(hostile: string): ScoresView {
  const place = { path: `src/${hostile}.ts`, startLine: 3, startColumn: 0, endLine: 9, endColumn: 0 };
  const unit = (kind: UnitScore['kind'], score: number): UnitScore => ({
    kind,
    name: hostile,
    path: place.path,
    line: 3,
    codeLines: 120,
    score,
    points: [
      {
        aspect: 'length',
        points: 100 - score,
        because: hostile,
        source: { kind: 'metric', metric: 'code lines', value: 120, limit: 60 },
      },
    ],
    lost: { length: 100 - score },
    share: 1,
  });
  const reasons = [{ kind: 'time' as const, points: 12, because: hostile, lines: [4] }];
  const testable = { name: hostile, path: place.path, line: 3, codeLines: 120, score: 88, reasons, share: 1 };
  return {
    quality: {
      formula: [hostile],
      repository: unit('repository', 83.4),
      modules: [unit('module', 83.4)],
      files: [unit('file', 83.4)],
      classes: [],
      functions: [unit('function', 61)],
      counted: { files: 1, classes: 0, functions: 12 },
    },
    testability: {
      formula: [hostile],
      repository: { ...testable, kind: 'repository', reasons: [] },
      files: [],
      classes: [],
      functions: [{ ...testable, kind: 'function' }],
    },
    refactorings: [
      {
        kind: 'extract-function',
        title: hostile,
        place,
        symbol: undefined,
        reason: hostile,
        steps: [hostile, 'Call it.'],
        changes: [{ metric: hostile, before: 40, after: 12 }],
        gain: 8,
      },
    ],
    patterns: [
      {
        pattern: 'template-method',
        family: 'behavioural',
        place,
        roles: [{ role: 'abstract class', key: '', name: hostile, path: place.path, line: 3 }],
        because: hostile,
      },
    ],
  };
}
