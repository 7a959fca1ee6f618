/**
 * Does the risk model's order predict which files later bug fixes touch, better than lines alone and churn alone? For each history:
 * learned from what lay before a moment (80 % of its commits) and from the other histories, judged on the bug fixes after it. AUC: how
 * often a file that was mended stands above one that was not. Effort: the share of the lines mended later that lie in the first fifth
 * of all lines, read in the order of the ranking (Mende and Koschke 2010).
 */
import { usualRisk } from '../src/debt/usual-risk.ts';
import type { LogisticModel } from '../src/debt/logistic.ts';
import { featuresAt, fitRisk, fixedBetween, learnRisk, riskExamples, risksOf } from '../src/debt/risk-model.ts';
import { COMMIT_STRIDE, CommitColumn } from '../src/model/history.ts';
import type { Bench } from './bench.ts';
import { areaUnderCurve, fixedLinesBetween, mendedInFirstFifth, median } from './debt/effort.ts';
import { isSource, type ReadHistory, readHistories } from './debt/histories.ts';
import { MOST_RELEASES } from './debt/release-packages.ts';

const orders = ['model', 'lines', 'churn'] as const;
type Order = (typeof orders)[number];

interface Scores {
  readonly auc: number;
  readonly effort: number;
}

interface JudgedHistory {
  readonly name: string;
  readonly grain: 'commits' | 'releases';
  readonly commits: number;
  readonly files: number;
  readonly mended: number;
  readonly model: string;
  readonly scores: Readonly<Record<Order, Scores>>;
}

/** `usual` was learned without this history. */
function judge({ name, grain, history }: ReadHistory, usual: LogisticModel): JudgedHistory {
  const times = Array.from(
    { length: history.hashes.length },
    (_, at) => history.commits[at * COMMIT_STRIDE + CommitColumn.time]!,
  ).sort((a, b) => a - b);
  const moment = times[Math.floor(times.length * 0.8)]!;
  const model = learnRisk(history, moment, isSource, usual);
  const until = history.headTime + 1;
  const fixed = fixedBetween(history, moment, until);
  const mendedLines = fixedLinesBetween(history, moment, until);
  // Files that are gone by then, or hold nothing, cannot be read.
  const files = [...featuresAt(history, moment)].filter(([file, row]) => isSource(history.paths[file]!) && row[5]! > 0);
  const label = files.map(([file]) => fixed.has(file));
  const lines = files.map(([, row]) => Math.expm1(row[5]!));
  const mended = files.map(([file]) => mendedLines.get(file) ?? 0);
  const values: Readonly<Record<Order, readonly number[]>> = {
    model: risksOf(
      model,
      files.map(([, row]) => row),
    ),
    lines,
    churn: files.map(([, row]) => row[4]!),
  };
  const scores = Object.fromEntries(
    orders.map((order) => [
      order,
      { auc: areaUnderCurve(values[order], label), effort: mendedInFirstFifth(values[order], lines, mended) },
    ]),
  ) as Record<Order, Scores>;
  return {
    name,
    grain,
    commits: history.hashes.length,
    files: files.length,
    mended: label.filter(Boolean).length,
    model: model.kind,
    scores,
  };
}

export const debt: Bench = async ({ say }) => {
  const judged: JudgedHistory[] = [];
  const skipped: string[] = [];
  const read = await readHistories(say);
  const examples = new Map(
    read
      .filter(({ grain }) => grain === 'releases')
      .map((one) => [one, riskExamples(one.history, one.history.headTime + 1, isSource)]),
  );
  for (const one of read) {
    say(one.name);
    const others = [...examples].flatMap(([other, tables]) => (other === one ? [] : tables));
    const found = judge(one, others.length === 0 ? usualRisk : fitRisk(others));
    if (found.mended < 5 || found.mended === found.files)
      skipped.push(`${found.name} (${found.mended} of ${found.files} files mended)`);
    else judged.push(found);
  }
  const share = (value: number): string => value.toFixed(3);
  const rows = judged.map(({ name, grain, commits, files, mended, model, scores }) => [
    name,
    `${commits} ${grain}`,
    String(files),
    String(mended),
    model,
    ...orders.map((order) => share(scores[order].auc)),
    ...orders.map((order) => share(scores[order].effort)),
  ]);
  const middle = (pick: (scores: Scores) => number): string[] =>
    orders.map((order) => share(median(judged.map(({ scores }) => pick(scores[order])))));
  rows.push(['median', '', '', '', '', ...middle(({ auc }) => auc), ...middle(({ effort }) => effort)]);
  const wins = (pick: (scores: Scores) => number, rival: Order): number =>
    judged.filter(({ scores }) => pick(scores.model) > pick(scores[rival])).length;
  return {
    summary: 'Later bug fixes predicted from the log before them: the risk model beside lines alone and churn alone.',
    tables: [
      {
        title: 'Per history',
        columns: [
          'history',
          'grain',
          'files',
          'mended later',
          'model',
          ...orders.map((order) => `${order}, AUC`),
          ...orders.map((order) => `${order}, mended lines in the first 20 %`),
        ],
        rows,
        notes: [
          `The model is above lines in ${wins(({ auc }) => auc, 'lines')} of ${judged.length} histories by AUC and in ${wins(({ effort }) => effort, 'lines')} by effort; above churn in ${wins(({ auc }) => auc, 'churn')} and ${wins(({ effort }) => effort, 'churn')}.`,
          `A grain of releases: each of a package's last ${MOST_RELEASES} releases is one commit, dated by its changelog or its registry; a fix is a release whose changelog speaks mostly of fixes, else a patch version. Authors are not known then, and one commit holds what many did.`,
          ...(skipped.length > 0 ? [`Too short, or with too few files that were mended: ${skipped.join(', ')}.`] : []),
        ],
      },
    ],
    data: judged,
  };
};
