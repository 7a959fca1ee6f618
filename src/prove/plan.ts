import type { Snapshot } from '#model/snapshot.ts';
import type { StudiedFile } from './proving-language.ts';

export interface PlannedModule {
  readonly path: string;
  readonly score: number;
  readonly reasons: readonly string[];
}

export interface PlanFacts {
  readonly snapshot: Snapshot | undefined;
  /** Files that the change asked for touches. */
  readonly changed: ReadonlySet<string>;
  /** Changes of the last year by path, where history is known. */
  readonly changes: ReadonlyMap<string, number>;
}

/** Modules in the order in which they are worth a test, with why: no test reaches them, complex, used by many, changed often. */
export function planModules(files: readonly StudiedFile[], { snapshot, changed, changes }: PlanFacts): PlannedModule[] {
  return files
    .map(({ path, text }): PlannedModule => {
      const reasons: { readonly worth: number; readonly text: string }[] = [];
      const facts = snapshot && factsOf(snapshot, path);
      if (changed.has(path)) reasons.push({ worth: 100, text: 'changed' });
      if (facts && !facts.tested) reasons.push({ worth: 10, text: 'no test reaches it' });
      if (facts && facts.complexity > 0)
        reasons.push({ worth: Math.min(20, facts.complexity / 5), text: `cyclomatic complexity ${facts.complexity}` });
      if (facts && facts.users > 0)
        reasons.push({
          worth: Math.min(15, facts.users / 3),
          text: `used in ${facts.users} ${facts.users === 1 ? 'place' : 'places'}`,
        });
      const often = changes.get(path) ?? 0;
      if (often > 0)
        reasons.push({
          worth: Math.min(10, often / 2),
          text: `changed ${often} ${often === 1 ? 'time' : 'times'} in a year`,
        });
      if (reasons.length === 0)
        reasons.push({ worth: Math.min(10, text.length / 2000), text: `${text.split('\n').length} lines` });
      reasons.sort((a, b) => b.worth - a.worth);
      return {
        path,
        score: reasons.reduce((sum, { worth }) => sum + worth, 0),
        reasons: reasons.map((reason) => reason.text),
      };
    })
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

function factsOf(
  snapshot: Snapshot,
  path: string,
): { readonly complexity: number; readonly users: number; readonly tested: boolean } | undefined {
  const file = snapshot.fileByPath(path);
  if (!file) return undefined;
  let complexity = 0;
  let users = 0;
  let tested = false;
  for (const symbol of snapshot.symbolsOf(file.id)) {
    complexity += Math.max(0, symbol.metrics?.cyclomatic ?? 0);
    users += snapshot.userCount(symbol.id);
    tested ||= snapshot
      .edgesTo(symbol.id, ['calls', 'imports'])
      .some(({ source }) =>
        /(?:^|\/)(?:tests?|__tests__|specs?)\/|[._-](?:test|spec)\./.test(snapshot.symbol(source).path),
      );
  }
  return { complexity, users, tested };
}
