import { changedTogether, type ChangedTogether } from '../analysis/changed-together.ts';
import { defineRule, type MadeUpHistory } from '../rule.ts';

/**
 * Palomba et al. (HIST, TSE 2015): two sets or more of parts, each of which changes by itself. They look at methods; a log knows
 * files, so a set here is a group of other files with which the file changed for one reason, and three are asked for.
 */
const REASONS = 3;
/** Changes for one reason. */
const SUPPORT = 4;
/** Of all its changes, those that belong to one of the reasons. */
const EXPLAINED = 0.5;
/** A smaller file is a list or a switchboard: registries change with all that they list. */
const LINES = 200;

const large = 'def f(a):\n    return a\n\n\n'.repeat(130);
const each = (count: number, set: readonly string[]): MadeUpHistory => Array.from({ length: count }, () => set);
const reasons = [
  ['example.py', 'mail/send.py', 'mail/templates.py'],
  ['example.py', 'tax/rates.py', 'tax/report.py'],
  ['example.py', 'web/forms.py', 'web/views.py'],
] as const;
const files = Object.fromEntries(reasons.flat().map((path) => [path, 'x = 1\n']));

export const rule = defineRule({
  id: 'divergent-change',
  title: 'File that changes for several unrelated reasons',
  reason:
    'Groups of files that never change together each took it along: it answers to several masters, and each change risks what the others need. Split it along those reasons.',
  category: 'smell',
  severity: 2,
  references: ['Fowler: Divergent Change', 'Martin: Single Responsibility', 'Palomba et al. 2015: HIST'],
  languages: [],
  minutes: 120,
  evidence: 'history',
  *project({ history, snapshot }) {
    if (!history) return;
    const all = changedTogether(history);
    for (const [path, own] of all.commits) {
      const file = snapshot.fileByPath(path);
      if (!file || file.codeLines < LINES || own.length < REASONS * SUPPORT) continue;
      const groups = reasonsOf(path, all).filter(
        ({ commits, files: group }) => commits.size >= SUPPORT && group.some((other) => snapshot.fileByPath(other)),
      );
      const explained = new Set(groups.flatMap(({ commits }) => [...commits]));
      if (groups.length < REASONS || explained.size / own.length < EXPLAINED) continue;
      yield {
        message: `It changed ${own.length} times, for ${groups.length} reasons that have nothing to do with each other: with ${groups
          .slice(0, 4)
          .map(
            ({ files: group, commits }) =>
              `\`${group[0]!}\`${group.length > 1 ? ` and ${group.length - 1} more` : ''} (${commits.size} times)`,
          )
          .join(', with ')}.`,
        place: { path, startLine: 1, startColumn: 0, endLine: 1, endColumn: 0 },
        identity: path.slice(path.lastIndexOf('/') + 1),
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: large,
      good: large,
      files,
      history: {
        bad: reasons.flatMap((reason) => each(5, reason)),
        // The same files, but the reasons are one: they change with each other, too.
        good: [...reasons.flatMap((reason) => each(5, reason)), ...each(2, reasons.flat().slice(1, 9))],
      },
    },
    {
      language: 'python',
      bad: large,
      good: 'x = 1\n',
      files,
      history: {
        bad: [...reasons.flatMap((reason) => each(4, reason)), ...each(5, ['example.py'])],
        good: reasons.flatMap((reason) => each(5, reason)),
      },
    },
  ],
});

interface Reason {
  /** Most often changed with it first. */
  readonly files: readonly string[];
  /** Commits of the file that changed one of them. */
  readonly commits: ReadonlySet<number>;
}

/** Its partners, in groups between which no commit at all ever joined two files. */
function reasonsOf(path: string, { partners, together, commits }: ChangedTogether): readonly Reason[] {
  const close = [...partners(path)]
    .filter(([, both]) => both >= 2)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([other]) => other);
  const own = new Set(commits.get(path));
  const left = new Set(close);
  const groups: Reason[] = [];
  for (const start of close) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const member of group)
      for (const other of left)
        if (together(member, other) > 0) {
          left.delete(other);
          group.push(other);
        }
    groups.push({
      files: group,
      commits: new Set(group.flatMap((other) => (commits.get(other) ?? []).filter((commit) => own.has(commit)))),
    });
  }
  return groups;
}
