/** Findings: precision and recall on labelled twins by category, beside linters in the same run; and the speed of all rules. */
import path from 'node:path';
import type { Bench } from './bench.ts';
import { judgeCase, type JudgedCase } from './judge/judge-case.ts';
import { labelledCases } from './judge/cases.ts';
import { type JudgedPattern, judgePatterns } from './judge/judge-patterns.ts';
import { linters, type Linter } from './judge/linters.ts';
import { speedRows } from './judge/speed.ts';
import { flowTwins } from './judge/flow-twins.ts';
import { newerTwins } from './judge/newer-twins.ts';
import { twins as olderTwins } from './judge/twins.ts';
import { Absent } from './trees/install.ts';
import { dataFolder } from './trowel.ts';

const twins = [...olderTwins, ...newerTwins, ...flowTwins];

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));

export const judge: Bench = async (options) => {
  const cases = labelledCases(twins);
  const judged: JudgedCase[] = [];
  for (const one of cases) judged.push(await judgeCase(one));
  const byCategory = Map.groupBy(judged, ({ labelled }) => labelled.rule.category);
  const tally = (list: readonly JudgedCase[]): readonly string[] => {
    const sum = (pick: (one: JudgedCase) => number): number => list.reduce((total, one) => total + pick(one), 0);
    const [right, wrong, missed] = [sum((one) => one.right), sum((one) => one.wrong), sum((one) => one.missed)];
    return [
      String(list.length),
      String(right),
      String(wrong),
      String(missed),
      share(right, right + wrong),
      share(right, right + missed),
    ];
  };
  const rows = [...byCategory].map(([category, list]) => [category, ...tally(list)]);
  rows.push(
    ['all', ...tally(judged)],
    ['twins alone', ...tally(judged.filter(({ labelled }) => labelled.from === 'twin'))],
  );
  const versions: Record<string, string> = {};
  const beside: string[][] = [];
  for (const linter of linters) {
    if (options.without.has(linter.name)) continue;
    try {
      beside.push(await compare(linter, versions));
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      options.say(`${linter.name} is absent: ${error.message}`);
    }
  }
  const patterns = await judgePatterns();
  const patternRows = [
    ...[...Map.groupBy(patterns, ({ pattern }) => pattern)].map(([pattern, list]) => [pattern, ...tallyPatterns(list)]),
    ['all', ...tallyPatterns(patterns)],
    ['written apart', ...tallyPatterns(patterns.filter(({ isNew }) => isNew))],
  ];
  const speed = await speedRows(options);
  return {
    summary: `${cases.length} labelled cases: the rules' own examples, and ${twins.length} pairs written apart from them. A twin differs from its faulty sister in the one thing that matters.`,
    tables: [
      {
        title: 'Trowel by category',
        columns: ['category', 'cases', 'right', 'wrong', 'missed', 'precision', 'recall'],
        rows,
      },
      {
        title: 'Linters on the same twins',
        columns: ['linter', 'pairs in its languages', 'told apart', 'share', 'Trowel on these'],
        rows: beside,
        notes: [
          'Told apart: some rule speaks of the faulty one and not of its sister. All of a linter’s rules that need no types are on.',
        ],
      },
      {
        title: 'Design patterns',
        columns: ['pattern', 'cases', 'right', 'wrong', 'missed', 'precision', 'recall'],
        rows: patternRows,
        notes: [
          'Python, TypeScript and Java; each pattern with a twin that lacks the one thing that makes it. Right: the class in the leading role is named. Written apart: neither the finders nor their tests have seen them.',
        ],
      },
      {
        title: 'Speed of all rules',
        columns: ['tree', 'lines', 'first check, s', 'processor, s', 'unchanged, s', 'one file changed, s', 'findings'],
        rows: speed,
        notes: ['Whole processes from the command line, the index up to date; judgements are kept after the first.'],
      },
    ],
    versions,
    data: {
      rows,
      beside,
      patterns: patternRows,
      speed,
      missed: judged
        .filter(({ wrong, missed }) => wrong + missed > 0)
        .map(({ labelled, right, wrong, missed }) => ({
          rule: labelled.rule.id,
          text: labelled.text,
          right,
          wrong,
          missed,
        })),
    },
  };
};

function tallyPatterns(list: readonly JudgedPattern[]): readonly string[] {
  const there = list.filter(({ isThere }) => isThere).length;
  const right = list.reduce((total, one) => total + one.right, 0);
  const wrong = list.reduce((total, one) => total + one.wrong, 0);
  const counts = [list.length, right, wrong, there - right].map(String);
  return [...counts, share(right, right + wrong), share(right, there)];
}

async function compare(linter: Linter, versions: Record<string, string>): Promise<string[]> {
  const own = twins.filter(([, language]) => linter.languages.includes(language));
  const texts = own.flatMap(([, language, bad, good]) => [bad, good].map((text) => ({ language, text })));
  const { version, found } = await linter.lint(texts, path.join(dataFolder, 'rivals'));
  versions[linter.name] = version;
  const told = own.filter((_, index) => {
    const good = new Set(found[index * 2 + 1]);
    return found[index * 2]!.some((rule) => !good.has(rule));
  }).length;
  const cases = labelledCases(own).filter(({ from }) => from === 'twin');
  const ours: JudgedCase[] = [];
  for (const one of cases) ours.push(await judgeCase(one));
  const oursTold = own.filter((_, index) => ours[index * 2]!.right > 0 && ours[index * 2 + 1]!.wrong === 0).length;
  return [linter.name, String(own.length), String(told), share(told, own.length), share(oursTold, own.length)];
}
