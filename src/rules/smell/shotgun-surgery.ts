import { changedTogether } from '../analysis/changed-together.ts';
import { folderOf } from '../analysis/module-imports.ts';
import { defineRule, type MadeUpHistory } from '../rule.ts';

/**
 * Palomba et al. (HIST, ASE 2013 and TSE 2015) mine rules "who changes this, changes that, too" with a confidence of 0.7 and speak
 * of shotgun surgery where more than three other classes follow. Files stand for classes here.
 */
const FOLLOWERS = 3;
const CONFIDENCE = 0.7;
/** Fewer changes make rules by chance. */
const CHANGES = 8;

const change: readonly string[] = ['example.py', 'a/one.py', 'b/two.py', 'c/three.py', 'd/four.py'];
const each = (count: number, set: readonly string[]): MadeUpHistory => Array.from({ length: count }, () => set);
const files = Object.fromEntries(change.slice(1).map((path) => [path, 'x = 1\n']));

export const rule = defineRule({
  id: 'shotgun-surgery',
  title: 'File whose changes always take others with them',
  reason:
    'Whoever changed it had to change the same other files, in other folders: one decision is spread over them, and the next change will forget one. Bring what changes together into one place.',
  category: 'smell',
  severity: 2,
  references: ['Fowler: Shotgun Surgery', 'Palomba et al. 2015: HIST'],
  languages: [],
  minutes: 90,
  evidence: 'history',
  *project({ history, snapshot }) {
    if (!history) return;
    const { commits, partners } = changedTogether(history);
    const found = [...commits].flatMap(([path, own]) => {
      if (own.length < CHANGES || !snapshot.fileByPath(path)) return [];
      // What lies beside it is one component with it.
      const followers = [...partners(path)]
        .filter(([other, both]) => both / own.length >= CONFIDENCE && folderOf(other) !== folderOf(path))
        .filter(([other]) => snapshot.fileByPath(other) !== undefined)
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      const folders = new Set(followers.map(([other]) => folderOf(other)));
      return followers.length > FOLLOWERS && folders.size > 1 ? [{ path, own, followers }] : [];
    });
    found.sort(
      (a, b) => b.followers.length - a.followers.length || b.own.length - a.own.length || (a.path < b.path ? -1 : 1),
    );
    // Of files that change together, one speaks for all.
    const told = new Set<string>();
    for (const { path, own, followers } of found) {
      if (told.has(path)) continue;
      for (const [other] of [[path] as const, ...followers]) told.add(other);
      const [most] = followers;
      yield {
        message: `Of its ${own.length} changes, at least ${Math.round(CONFIDENCE * 100)} % also changed ${followers.length} files elsewhere: ${followers
          .slice(0, 4)
          .map(([other]) => `\`${other}\``)
          .join(', ')}${followers.length > 4 ? ', …' : ''} (${most![1]} of ${own.length} for the first).`,
        place: { path, startLine: 1, startColumn: 0, endLine: 1, endColumn: 0 },
        identity: path.slice(path.lastIndexOf('/') + 1),
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: 'x = 1\n',
      good: 'x = 1\n',
      files,
      history: {
        bad: [...each(7, change), ...each(2, ['example.py'])],
        good: [...each(4, change), ...each(9, ['example.py'])],
      },
    },
    {
      language: 'python',
      bad: 'x = 1\n',
      good: 'x = 2\n',
      files: { ...files, 'one.py': 'x = 1\n', 'two.py': 'x = 1\n', 'three.py': 'x = 1\n', 'four.py': 'x = 1\n' },
      history: {
        bad: [...each(9, change), change.slice(0, 3)],
        // Files that lie side by side are one component; sweeping commits say nothing.
        good: [
          ...each(9, ['example.py', 'one.py', 'two.py', 'three.py', 'four.py']),
          ...each(9, [...change, ...Array.from({ length: 30 }, (_, at) => `gone/${at}.py`)]),
        ],
      },
    },
  ],
});
