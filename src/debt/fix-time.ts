/**
 * How long mends of this repository take: of two commits of one author that lie close together, the second was made in the time
 * between. From those that are bug fixes, minutes by the size of the change (least squares of logarithms).
 */
import {
  CHANGE_STRIDE,
  ChangeColumn,
  COMMIT_STRIDE,
  CommitColumn,
  CommitFlag,
  type HistoryFacts,
} from '#model/history.ts';

export interface FixTimes {
  /** Bug fixes that it was learned from; 0: the rules' own minutes hold. */
  readonly examples: number;
  /** minutes = exp(intercept + slope × ln(1 + lines)). */
  readonly intercept: number;
  readonly slope: number;
  /** Median minutes of those fixes. */
  readonly median: number;
}

/** A longer pause is no work on the one commit. */
const SESSION = 3 * 3600;
const ENOUGH = 20;

export function learnFixTimes(history: HistoryFacts): FixTimes {
  const before = new Map<number, number>();
  const points: { readonly lines: number; readonly minutes: number }[] = [];
  // Newest first: read backwards.
  for (let at = history.commits.length - COMMIT_STRIDE; at >= 0; at -= COMMIT_STRIDE) {
    const author = history.commits[at + CommitColumn.author]!;
    const time = history.commits[at + CommitColumn.time]!;
    const flags = history.commits[at + CommitColumn.flags]!;
    const last = before.get(author);
    before.set(author, time);
    if (last === undefined || time - last > SESSION || time - last < 60 || (flags & CommitFlag.bugFix) === 0) continue;
    const first = history.commits[at + CommitColumn.firstChange]!;
    let lines = 0;
    for (let i = 0; i < history.commits[at + CommitColumn.changeCount]!; i++) {
      const row = (first + i) * CHANGE_STRIDE;
      lines +=
        Math.max(0, history.changes[row + ChangeColumn.added]!) +
        Math.max(0, history.changes[row + ChangeColumn.deleted]!);
    }
    points.push({ lines, minutes: (time - last) / 60 });
  }
  if (points.length < ENOUGH) return { examples: 0, intercept: 0, slope: 0, median: 0 };
  const xs = points.map(({ lines }) => Math.log1p(lines));
  const ys = points.map(({ minutes }) => Math.log(minutes));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  const slope = spread === 0 ? 0 : Math.max(0, xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i]! - my), 0) / spread);
  const sorted = points.map(({ minutes }) => minutes).sort((a, b) => a - b);
  return { examples: points.length, intercept: my - slope * mx, slope, median: sorted[sorted.length >> 1]! };
}

/** Minutes of a mend that changes so many lines; undefined where nothing was learned. */
export function fixMinutes({ examples, intercept, slope }: FixTimes, lines: number): number | undefined {
  return examples === 0 ? undefined : Math.exp(intercept + slope * Math.log1p(lines));
}
