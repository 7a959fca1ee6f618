/**
 * How likely a file is to need a bug fix soon, learned from the repository's own log: at several points of its past, what was known
 * of each file then, and whether a bug-fix commit touched it in the time that followed. The features are those of the literature on
 * defect prediction from process metrics (Nagappan & Ball 2005; Moser, Pedrycz, Succi 2008; Rahman & Devanbu 2013).
 */
import {
  CHANGE_STRIDE,
  ChangeColumn,
  COMMIT_STRIDE,
  CommitColumn,
  CommitFlag,
  type HistoryFacts,
} from '#model/history.ts';
import { fitLogistic, type LogisticModel, predict } from './logistic.ts';
import { ranks } from './rank-debt.ts';
import { usualRisk } from './usual-risk.ts';

/**
 * What was known of a file at a moment, by its path's number: commits, recent commits, bug fixes, recent bug fixes, lines changed, lines, authors, age, time since the last change.
 */
export type FeatureTable = ReadonlyMap<number, readonly number[]>;

const DAY = 86_400;
const RECENT = 90 * DAY;

/** Of commits older than `until` (seconds since the epoch). Files that had been deleted by then are not known to be. */
export function featuresAt(history: HistoryFacts, until: number): FeatureTable {
  interface Tally {
    commits: number;
    recent: number;
    fixes: number;
    recentFixes: number;
    changed: number;
    lines: number;
    authors: Set<number>;
    first: number;
    last: number;
  }
  const tallies = new Map<number, Tally>();
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE) {
    const time = history.commits[at + CommitColumn.time]!;
    if (time >= until) continue;
    const isFix = (history.commits[at + CommitColumn.flags]! & CommitFlag.bugFix) !== 0;
    const isRecent = time >= until - RECENT;
    const first = history.commits[at + CommitColumn.firstChange]! * CHANGE_STRIDE;
    const end = first + history.commits[at + CommitColumn.changeCount]! * CHANGE_STRIDE;
    for (let row = first; row < end; row += CHANGE_STRIDE) {
      const path = history.changes[row + ChangeColumn.path]!;
      let tally = tallies.get(path);
      if (!tally)
        tallies.set(
          path,
          (tally = {
            commits: 0,
            recent: 0,
            fixes: 0,
            recentFixes: 0,
            changed: 0,
            lines: 0,
            authors: new Set(),
            first: time,
            last: time,
          }),
        );
      const added = Math.max(0, history.changes[row + ChangeColumn.added]!);
      const deleted = Math.max(0, history.changes[row + ChangeColumn.deleted]!);
      tally.commits++;
      tally.changed += added + deleted;
      tally.lines += added - deleted;
      tally.authors.add(history.commits[at + CommitColumn.author]!);
      tally.first = Math.min(tally.first, time);
      tally.last = Math.max(tally.last, time);
      if (isRecent) tally.recent++;
      if (isFix) tally.fixes++;
      if (isFix && isRecent) tally.recentFixes++;
    }
  }
  return new Map(
    [...tallies].map(([path, tally]) => [
      path,
      [
        Math.log1p(tally.commits),
        Math.log1p(tally.recent),
        Math.log1p(tally.fixes),
        Math.log1p(tally.recentFixes),
        Math.log1p(tally.changed),
        Math.log1p(Math.max(0, tally.lines)),
        Math.log1p(tally.authors.size),
        Math.log1p((until - tally.first) / DAY),
        Math.log1p((until - tally.last) / DAY),
      ],
    ]),
  );
}

/** Paths that bug-fix commits touched from one moment up to another; sweeping commits left out. */
export function fixedBetween(history: HistoryFacts, from: number, to: number): Set<number> {
  const fixed = new Set<number>();
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE) {
    const time = history.commits[at + CommitColumn.time]!;
    const count = history.commits[at + CommitColumn.changeCount]!;
    if (
      time < from ||
      time >= to ||
      count > SWEEPING ||
      (history.commits[at + CommitColumn.flags]! & CommitFlag.bugFix) === 0
    )
      continue;
    const first = history.commits[at + CommitColumn.firstChange]!;
    for (let i = 0; i < count; i++) fixed.add(history.changes[(first + i) * CHANGE_STRIDE + ChangeColumn.path]!);
  }
  return fixed;
}

/** Fixes that touch more files are no mends of one fault. */
const SWEEPING = 12;

/**
 * Both judge a file by its ranks among the files of its repository, so that what one history taught holds in another, whatever its
 * size and pace.
 */
export type RiskModel =
  | {
      readonly kind: 'learned';
      /** From this repository's own past. */
      readonly own: LogisticModel;
      /** From other histories. */
      readonly usual: LogisticModel;
      readonly examples: number;
      readonly fixed: number;
    }
  /** Too few bug fixes to learn from: what other histories taught is taken as it is. */
  | { readonly kind: 'usual'; readonly usual: LogisticModel; readonly fixed: number };

/** Fewer files that were mended say nothing. */
const ENOUGH_FIXED = 30;
const CUTS = 4;

/** Rows of features and whether a bug fix touched the file in the time that followed. */
export interface RiskExamples {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** At several points of the past before `now`, one table each. `accepts`: the files that are judged. */
export function riskExamples(
  history: HistoryFacts,
  now: number,
  accepts: (path: string) => boolean,
): readonly RiskExamples[] {
  let oldest = now;
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE)
    oldest = Math.min(oldest, history.commits[at + CommitColumn.time]!);
  const span = now - oldest;
  const horizon = Math.max(30 * DAY, Math.min(365 * DAY, span / 8));
  const tables: RiskExamples[] = [];
  for (let cut = 1; cut <= CUTS; cut++) {
    const until = now - horizon * cut;
    if (until <= oldest) break;
    const fixed = fixedBetween(history, until, until + horizon);
    const known = [...featuresAt(history, until)].filter(([path]) => accepts(history.paths[path]!));
    tables.push({
      rows: rankRows(known.map(([, row]) => row)),
      labels: known.map(([path]) => (fixed.has(path) ? 1 : 0)),
    });
  }
  return tables;
}

export function fitRisk(tables: readonly RiskExamples[]): LogisticModel {
  return fitLogistic(
    tables.flatMap(({ rows }) => rows),
    tables.flatMap(({ labels }) => labels),
    1,
  );
}

/** Learned from what happened before `now` alone. `accepts`: the files that are judged. */
export function learnRisk(
  history: HistoryFacts,
  now: number,
  accepts: (path: string) => boolean,
  usual: LogisticModel = usualRisk,
): RiskModel {
  const tables = riskExamples(history, now, accepts);
  const labels = tables.flatMap((table) => table.labels);
  const fixed = labels.reduce((sum, label) => sum + label, 0);
  if (fixed < ENOUGH_FIXED || fixed === labels.length) return { kind: 'usual', usual, fixed };
  return { kind: 'learned', own: fitRisk(tables), usual, examples: labels.length, fixed };
}

/** 0–1 for each row of features; all files of the repository are asked at once, as ranks are among them. */
export function risksOf(model: RiskModel, rows: readonly (readonly number[])[]): readonly number[] {
  return rankRows(rows).map((row) =>
    model.kind === 'usual' ? predict(model.usual, row) : (predict(model.usual, row) + predict(model.own, row)) / 2,
  );
}

/** Each column by its rank, 0–1. */
function rankRows(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const columns = (rows[0] ?? []).map((_, column) => ranks(rows.map((row) => row[column]!)));
  return rows.map((_, at) => columns.map((column) => column[at]!));
}
