import type { CoChange, HistoryFacts } from '#model/history.ts';
import { CHANGE_STRIDE, COMMIT_STRIDE, CommitColumn } from '#model/history.ts';

export interface CoChangeOptions {
  readonly minimumSupport?: number;
  readonly minimumConfidence?: number;
  /** Larger commits say little about coupling (mass edits, imports) and cost squares. */
  readonly maximumFiles?: number;
  readonly wanted?: (path: string) => boolean;
}

/** Logical coupling: files that change together (Gall et al., 1998), strongest first. */
export function coChanges(history: HistoryFacts, options: CoChangeOptions = {}): CoChange[] {
  const { minimumSupport = 4, minimumConfidence = 0.4, maximumFiles = 25, wanted = () => true } = options;
  const keep = history.paths.map(wanted);
  const commitsOf = new Int32Array(history.paths.length);
  const together = new Map<number, number>();
  const width = history.paths.length;
  for (let at = 0; at < history.commits.length; at += COMMIT_STRIDE) {
    const first = history.commits[at + CommitColumn.firstChange]!;
    const count = history.commits[at + CommitColumn.changeCount]!;
    const files = new Set<number>();
    for (let row = first; row < first + count; row++) {
      const path = history.changes[row * CHANGE_STRIDE]!;
      if (keep[path]) files.add(path);
    }
    for (const file of files) commitsOf[file]!++;
    if (count > maximumFiles) continue;
    const sorted = [...files].sort((a, b) => a - b);
    sorted.forEach((a, index) => {
      for (const b of sorted.slice(index + 1)) together.set(a * width + b, (together.get(a * width + b) ?? 0) + 1);
    });
  }
  const result: CoChange[] = [];
  for (const [pair, support] of together) {
    const a = Math.floor(pair / width);
    const b = pair - a * width;
    const confidence = support / Math.min(commitsOf[a]!, commitsOf[b]!);
    if (support < minimumSupport || confidence < minimumConfidence) continue;
    const [first, second] = [history.paths[a]!, history.paths[b]!].sort() as [string, string];
    result.push({ first, second, support, confidence });
  }
  return result.sort(
    (a, b) => b.support * b.confidence - a.support * a.confidence || (a.first + a.second < b.first + b.second ? -1 : 1),
  );
}
