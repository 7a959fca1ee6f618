/** How good an order of files is, given what was mended in them later. */
import {
  CHANGE_STRIDE,
  ChangeColumn,
  COMMIT_STRIDE,
  CommitColumn,
  CommitFlag,
  type HistoryFacts,
} from '../../src/model/history.ts';

/** Mann–Whitney: ties count a half. */
export function areaUnderCurve(values: readonly number[], label: readonly boolean[]): number {
  const order = values.map((value, at) => ({ value, mended: label[at]! })).sort((a, b) => a.value - b.value);
  let sum = 0;
  let positives = 0;
  for (let at = 0; at < order.length;) {
    let end = at;
    while (end < order.length && order[end]!.value === order[at]!.value) end++;
    for (let i = at; i < end; i++)
      if (order[i]!.mended) {
        sum += (at + 1 + end) / 2;
        positives++;
      }
    at = end;
  }
  const negatives = order.length - positives;
  return positives === 0 || negatives === 0
    ? Number.NaN
    : (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Lines that bug-fix commits added and deleted from one moment up to another, by path; as the model, without sweeping commits. */
export function fixedLinesBetween(history: HistoryFacts, from: number, to: number): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  const { commits, changes } = history;
  for (let at = 0; at < commits.length; at += COMMIT_STRIDE) {
    const time = commits[at + CommitColumn.time]!;
    if (time < from || time >= to || (commits[at + CommitColumn.flags]! & CommitFlag.bugFix) === 0) continue;
    const first = commits[at + CommitColumn.firstChange]!;
    for (let row = first; row < first + commits[at + CommitColumn.changeCount]!; row++) {
      const path = changes[row * CHANGE_STRIDE + ChangeColumn.path]!;
      const changed =
        Math.max(0, changes[row * CHANGE_STRIDE + ChangeColumn.added]!) +
        Math.max(0, changes[row * CHANGE_STRIDE + ChangeColumn.deleted]!);
      lines.set(path, (lines.get(path) ?? 0) + changed);
    }
  }
  return lines;
}

/**
 * Files are read from the highest value down until a fifth of all lines is read, the last one in part: the share of the mended lines
 * that lie in what was read, mended lines taken to lie evenly in a file.
 */
export function mendedInFirstFifth(
  values: readonly number[],
  lines: readonly number[],
  mended: readonly number[],
): number {
  const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);
  let left = sum(lines) / 5;
  let found = 0;
  const order = values.map((_, at) => at).sort((a, b) => values[b]! - values[a]! || lines[a]! - lines[b]!);
  for (const at of order) {
    if (left <= 0) break;
    found += mended[at]! * Math.min(1, left / lines[at]!);
    left -= lines[at]!;
  }
  const all = sum(mended);
  return all === 0 ? Number.NaN : found / all;
}

export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
