/** What is taken off one unit: by its measures, and by the findings in it. */
import type { Finding, Severity } from '#model/finding.ts';
import type { ScoreAspect, ScorePoint } from '#model/score.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import { type Limit, limitsOf, pointsOver } from './limits.ts';

/** By severity, from 1. */
const severityPoints = [1, 3, 8, 20, 40] as const;

/** What a finding takes off where it is certain. */
export function pointsOfSeverity(severity: Severity): number {
  return severityPoints[severity - 1]!;
}

/** Rules that say in words what a measure says in numbers: of the two, the larger counts. */
const restated: Readonly<Record<string, ScoreAspect>> = {
  'complex-function': 'complexity',
  'brain-method': 'complexity',
  'long-parameter-list': 'parameters',
  'low-cohesion': 'cohesion',
  'god-class': 'length',
};

export function findingPoint({
  rule,
  category,
  severity,
  confidence,
  message,
  fingerprint,
  place,
}: Finding): ScorePoint {
  return {
    aspect: restated[rule] ?? category,
    points: pointsOfSeverity(severity) * confidence,
    because: message,
    source: { kind: 'finding', rule, fingerprint, place },
  };
}

export function functionPoints(
  { metrics, parameters }: Pick<SymbolRecord, 'metrics' | 'parameters'>,
  language: string,
): ScorePoint[] {
  if (!metrics) return [];
  const limits = limitsOf(language);
  const given = parameters.filter(
    ({ kind, default: fallback, name }) =>
      (kind === 'positional' || kind === 'positional-only') &&
      fallback === undefined &&
      !['self', 'cls', 'this'].includes(name),
  ).length;
  return [
    ...larger(
      point('complexity', 'cognitive complexity', metrics.cognitive, limits.cognitive),
      point('complexity', 'cyclomatic complexity', metrics.cyclomatic, limits.cyclomatic),
    ),
    ...point('length', 'code lines', metrics.codeLines, limits.functionLines),
    ...point('nesting', 'levels of nesting', metrics.nesting, limits.nesting),
    ...point('parameters', 'parameters to be given', given, limits.parameters),
  ];
}

/** @param weight sum of the methods' cyclomatic complexities */
export function classPoints(weight: number, language: string): ScorePoint[] {
  return point('length', 'ways through its methods', weight, limitsOf(language).classWeight);
}

export function filePoints(codeLines: number, language: string): ScorePoint[] {
  return point('length', 'code lines in the file', codeLines, limitsOf(language).fileLines);
}

function point(aspect: ScoreAspect, metric: string, value: number, limit: Limit): ScorePoint[] {
  const points = pointsOver(value, limit);
  if (points === 0) return [];
  const because = `${value} ${metric} (limit ${limit.from})`;
  return [{ aspect, points, because, source: { kind: 'metric', metric, value, limit: limit.from } }];
}

function larger(one: ScorePoint[], other: ScorePoint[]): ScorePoint[] {
  return (one[0]?.points ?? 0) >= (other[0]?.points ?? 0) ? one : other;
}

/**
 * Within an aspect that a measure and findings both speak of, the larger of the two sums stays. Where all come to more than 100,
 * each is cut in proportion.
 */
export function settlePoints(points: readonly ScorePoint[]): readonly ScorePoint[] {
  const kept = [...Map.groupBy(points, ({ aspect }) => aspect).values()].flatMap((group) => {
    const [metric, findings] = [group.filter(isMetric), group.filter((each) => !isMetric(each))];
    if (metric.length === 0 || findings.length === 0) return group;
    return sum(findings) >= sum(metric) ? findings : metric;
  });
  const all = sum(kept);
  const cut = all > 100 ? 100 / all : 1;
  return kept
    .map((each) => (cut === 1 ? each : { ...each, points: each.points * cut }))
    .sort((a, b) => b.points - a.points || (a.because < b.because ? -1 : a.because > b.because ? 1 : 0));
}

const isMetric = ({ source }: ScorePoint): boolean => source.kind === 'metric';
const sum = (points: readonly ScorePoint[]): number => points.reduce((total, each) => total + each.points, 0);
