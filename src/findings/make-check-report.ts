/** From findings to the answer: what is new, what gates, in which order to take it. */
import type { CheckedFinding, CheckReport, SourceLine } from '#model/check.ts';
import type { Finding, FindingCategory, Severity } from '#model/finding.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { type Baseline, compareWithBaseline } from '#judge/baseline.ts';
import type { FindingsReport } from './collect-findings.ts';
import { TextLines } from './text-lines.ts';

export interface CheckRequest {
  readonly report: FindingsReport;
  readonly snapshot: Snapshot;
  readonly baseline: Baseline | undefined;
  readonly baselinePath: string;
  readonly wroteBaseline: boolean;
  readonly since: string | undefined;
  /** Those that the change since a commit brought; undefined without one. */
  readonly ofChange: ReadonlySet<Finding> | undefined;
  readonly gate: Severity;
  /** All rules were asked of the whole tree: what is not found is gone. */
  readonly isWhole: boolean;
  readonly keep: (finding: Finding) => boolean;
  readonly onlyNew: boolean;
  readonly missing: readonly string[];
}

/** How many findings' code a report carries: more than a screen of them, and enough for a page. */
const FRAMES = 1_000;
const FRAME_LINES = 5;

export function makeCheckReport(request: CheckRequest): CheckReport {
  const { report, snapshot, baseline, ofChange, gate, keep, onlyNew } = request;
  const compared = baseline ? compareWithBaseline(report.findings, baseline) : undefined;
  const known = new Set(compared?.known ?? []);
  const findings = report.findings
    .filter(keep)
    .map((finding): CheckedFinding => {
      const isNew = !known.has(finding) && (ofChange?.has(finding) ?? true);
      return { ...finding, isNew, gates: isNew && !finding.advisory && finding.severity >= gate };
    })
    .filter(({ isNew }) => isNew || !onlyNew)
    .sort(first);
  const byCategory: Partial<Record<FindingCategory, number>> = {};
  const bySeverity = [0, 0, 0, 0, 0];
  for (const { category, severity } of findings) {
    byCategory[category] = (byCategory[category] ?? 0) + 1;
    bySeverity[severity - 1]!++;
  }
  const used = new Set([...findings, ...report.suppressed.map(({ finding }) => finding)].map(({ rule }) => rule));
  return {
    findings,
    rules: [...used].sort().map((id) => {
      const { title, reason, category, severity, references } = report.rules.get(id)!;
      return { id, title, reason, category, severity, references };
    }),
    counts: {
      shown: findings.length,
      fresh: findings.filter(({ isNew }) => isNew).length,
      gating: findings.filter(({ gates }) => gates).length,
      accepted: known.size,
      suppressed: report.suppressed.length,
      byCategory,
      bySeverity,
      minutes: findings.reduce((sum, { minutes }) => sum + minutes, 0),
    },
    suppressed: report.suppressed.map(({ finding, reason }) => ({
      rule: finding.rule,
      place: finding.place,
      message: finding.message,
      fingerprint: finding.fingerprint,
      reason,
    })),
    baseline: {
      path: request.baselinePath,
      isThere: baseline !== undefined,
      gone: request.isWhole ? (compared?.gone ?? 0) : 0,
      written: request.wroteBaseline,
    },
    since: request.since,
    judgedFiles: report.judgedFiles,
    partialFiles: report.partialFiles,
    failures: report.failures,
    missing: request.missing,
    inputs: report.inputs,
    frames: framesOf(snapshot, findings),
    document: undefined,
  };
}

/** What gates first, then by harm, certainty and place. */
function first(a: CheckedFinding, b: CheckedFinding): number {
  return (
    Number(b.gates) - Number(a.gates) ||
    b.severity - a.severity ||
    b.confidence - a.confidence ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.place.startLine - b.place.startLine)
  );
}

function framesOf(snapshot: Snapshot, findings: readonly CheckedFinding[]): Record<number, readonly SourceLine[]> {
  const frames: Record<number, readonly SourceLine[]> = {};
  const texts = new TextLines(snapshot);
  for (const [index, { place }] of findings.slice(0, FRAMES).entries()) {
    const last = Math.min(place.endLine, place.startLine + FRAME_LINES - 1);
    frames[index] = texts
      .of(place.path)
      .slice(place.startLine - 1, last)
      .map((text, at) => ({ line: place.startLine + at, text }));
  }
  return frames;
}
