/** Puts findings in the order in which to pay them. */
import type { Finding } from '#model/finding.ts';
import { type DebtItem, type DebtStatus, type FileStanding, priorityOf } from './debt.ts';
import { fixMinutes, type FixTimes } from './fix-time.ts';

export interface KnownItem {
  readonly status: DebtStatus;
  readonly note: string | undefined;
  readonly firstSeen: number;
}

export interface RankRequest {
  readonly findings: readonly Finding[];
  readonly standings: ReadonlyMap<string, FileStanding>;
  readonly known: ReadonlyMap<string, KnownItem>;
  readonly times: FixTimes;
  readonly now: number;
}

export function rankDebt({ findings, standings, known, times, now }: RankRequest): DebtItem[] {
  return findings
    .map((finding): DebtItem => {
      const standing = standings.get(finding.place.path);
      const impact = standing ? Math.cbrt(standing.centrality * standing.changes * standing.use) : 0;
      const risk = standing?.risk ?? 0;
      const before = known.get(finding.fingerprint);
      const minutes = minutesOf(finding, times);
      return {
        finding,
        status: before?.status === 'resolved' ? 'open' : (before?.status ?? 'open'),
        note: before?.note,
        firstSeen: before?.firstSeen ?? now,
        minutes,
        impact,
        risk,
        priority: priorityOf(finding, impact, risk, minutes),
      };
    })
    .sort((a, b) => b.priority - a.priority || (a.finding.fingerprint < b.finding.fingerprint ? -1 : 1));
}

/** The rule's minutes, half-way (in ratio) to what mends of as many lines took here; never more than four times apart. */
function minutesOf({ minutes, place }: Finding, times: FixTimes): number {
  const learned = fixMinutes(times, Math.min(60, place.endLine - place.startLine + 1));
  if (learned === undefined) return minutes;
  return Math.round(Math.max(minutes / 2, Math.min(minutes * 2, Math.sqrt(minutes * learned))));
}

/** Rank among all, 0 for the least and 1 for the most; equal values have the same rank. */
export function ranks(values: readonly number[]): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const at = new Map(sorted.map((value, index) => [value, sorted.length < 2 ? 0 : index / (sorted.length - 1)]));
  return values.map((value) => at.get(value)!);
}
