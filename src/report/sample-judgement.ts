/** What judging may find, with texts that would harm a page that does not escape them. For tests. */
import type { CheckedFinding } from '#model/check.ts';
import type { FindingCategory } from '#model/finding.ts';
import type { JudgementView } from './html/judgement-sections.ts';
import { sampleScores } from './sample-scores.ts';

const HOSTILE = '`x` <img src=x onerror=alert(1)> </script><script>alert(2)</script>';

function finding(index: number, category: FindingCategory, severity: 1 | 2 | 3 | 4 | 5): CheckedFinding {
  const place = {
    path: `src/deep/folder/of/names/<b>file${index}</b>.ts`,
    startLine: index + 1,
    startColumn: 0,
    endLine: index + 20,
    endColumn: 1,
  };
  return {
    message: `Finding ${index}: ${HOSTILE}`,
    place,
    related: [{ ...place, path: 'src/other.ts' }],
    rule: `rule-${category}`,
    category,
    severity,
    confidence: 1 - index / 100,
    minutes: 10 * (index + 1),
    fingerprint: index.toString(16).padStart(16, '0'),
    shape: '',
    role: 'source',
    advisory: false,
    isNew: true,
    gates: severity > 3,
  };
}

export function sampleJudgement(): JudgementView {
  const findings = [
    ...Array.from({ length: 50 }, (_, index) => finding(index, 'bug', 4)),
    finding(50, 'dead-code', 2),
    finding(51, 'duplication', 2),
  ];
  const categories = ['bug', 'dead-code', 'duplication'] as const;
  return {
    report: {
      findings,
      rules: categories.map((category) => ({
        id: `rule-${category}`,
        title: `Rule of ${category} <i>`,
        reason: '',
        category,
        severity: 3,
        references: [],
      })),
      counts: {
        shown: findings.length,
        fresh: 52,
        gating: 50,
        accepted: 3,
        suppressed: 1,
        byCategory: { bug: 50, 'dead-code': 1, duplication: 1 },
        bySeverity: [0, 2, 0, 50, 0],
        minutes: 1000,
      },
      suppressed: [],
      baseline: { path: 'trowel-baseline.json', isThere: true, gone: 0, written: false },
      since: undefined,
      judgedFiles: 12,
      partialFiles: [],
      failures: [],
      missing: [],
      inputs: [],
      frames: {},
      document: undefined,
    },
    scores: sampleScores(HOSTILE),
    debt: {
      sum: { findings: 52, minutes: 1200, ratio: 0.07, grade: 'B' },
      items: findings.map((each) => ({ finding: each, minutes: each.minutes, impact: 0.4, risk: 0.2 })),
      trend: [
        { time: Date.UTC(2026, 0, 5), minutes: 900, findings: 40 },
        { time: Date.UTC(2026, 1, 5), minutes: 1500, findings: 60 },
        { time: Date.UTC(2026, 2, 5), minutes: 1200, findings: 52 },
      ],
      knowsHistory: true,
    },
  };
}
