import { coChanges } from '#history/co-change.ts';
import { fileHistories } from '#history/file-histories.ts';
import { CHANGE_STRIDE, COMMIT_STRIDE, CommitColumn, CommitFlag, type HistoryFacts } from '#model/history.ts';
import type { ProjectHistory } from '#rules/rule.ts';

/** Commits of more files are imports, renames and mass edits: they say nothing of what belongs together. */
const SWEEPING = 25;

/** What rules may ask of time; each answer is made on first use. */
export function projectHistory(facts: HistoryFacts, wanted: (path: string) => boolean): ProjectHistory {
  const once = <Value>(make: () => Value): (() => Value) => {
    let made: { readonly value: Value } | undefined;
    return () => (made ??= { value: make() }).value;
  };
  const files = once(() => fileHistories(facts, wanted));
  return {
    of: (path) => files().get(path),
    coChanges: once(() => coChanges(facts, { wanted })),
    changeSets: once(() => {
      const keep = facts.paths.map(wanted);
      const sets: string[][] = [];
      for (let at = 0; at < facts.commits.length; at += COMMIT_STRIDE) {
        const count = facts.commits[at + CommitColumn.changeCount]!;
        if (count > SWEEPING || (facts.commits[at + CommitColumn.flags]! & CommitFlag.merge) !== 0) continue;
        const first = facts.commits[at + CommitColumn.firstChange]!;
        const changed = new Set<number>();
        for (let row = first; row < first + count; row++) changed.add(facts.changes[row * CHANGE_STRIDE]!);
        sets.push([...changed].filter((path) => keep[path]).map((path) => facts.paths[path]!));
      }
      return sets;
    }),
  };
}
