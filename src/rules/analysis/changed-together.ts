/** Which files changed together, from commits. */
import type { ProjectHistory } from '../rule.ts';

export interface ChangedTogether {
  /** Commits that changed the file, by their number. */
  readonly commits: ReadonlyMap<string, readonly number[]>;
  /** Commits that changed both; 0 where none did. */
  together(first: string, second: string): number;
  /** Files that some commit changed along with it. */
  partners(path: string): ReadonlyMap<string, number>;
}

export function changedTogether(history: ProjectHistory): ChangedTogether {
  const commits = new Map<string, number[]>();
  const pairs = new Map<string, Map<string, number>>();
  for (const [number, paths] of history.changeSets().entries())
    for (const path of paths) {
      const own = commits.get(path);
      if (own) own.push(number);
      else commits.set(path, [number]);
      let partners = pairs.get(path);
      if (!partners) pairs.set(path, (partners = new Map()));
      for (const other of paths) if (other !== path) partners.set(other, (partners.get(other) ?? 0) + 1);
    }
  const none: ReadonlyMap<string, number> = new Map();
  return {
    commits,
    partners: (path) => pairs.get(path) ?? none,
    together: (first, second) => pairs.get(first)?.get(second) ?? 0,
  };
}
