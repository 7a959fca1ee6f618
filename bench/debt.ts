/**
 * Does the risk model's order predict which files later bug fixes touch, better than lines alone and churn alone? For each history:
 * learned from what lay before a moment (80 % of its commits), judged on the bug fixes after it. AUC: how often a file that was mended
 * stands above one that was not. Effort: the share of the lines that were mended later which lie in the first fifth of all lines, read
 * in the order of the ranking (Mende and Koschke 2010).
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readLog } from '../src/history/read-log.ts';
import type { HistoryFacts } from '../src/model/history.ts';
import { COMMIT_STRIDE, CommitColumn } from '../src/model/history.ts';
import { featuresAt, fixedBetween, learnRisk, riskOf } from '../src/debt/risk-model.ts';
import type { Bench } from './bench.ts';
import { areaUnderCurve, fixedLinesBetween, mendedInFirstFifth, median } from './debt/effort.ts';
import { releaseHistory } from './debt/release-history.ts';
import { LEAST_RELEASES, MOST_RELEASES, releasedPackages } from './debt/release-packages.ts';
import { repository } from './measure/environment.ts';
import { Absent } from './trees/install.ts';
import { dataFolder } from './trowel.ts';

const source = /\.(?:[cm]?[jt]sx?|py|go|java|rs|c|cc|cpp|h|rb|php|kt|swift|scala|cs)$/;
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

/** Repositories with their history: this one, clones laid into bench/data/histories, and what is made of registries' releases. */
function histories(
  say: (message: string) => void,
): { readonly root: string; readonly grain: 'commits' | 'releases' }[] {
  const folder = path.join(dataFolder, 'histories');
  const laid = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  const made = releasedPackages.flatMap((asked) => {
    try {
      return [releaseHistory(path.join(dataFolder, 'release-histories'), asked, say)];
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      say(`${asked.name} is absent: ${error.message}`);
      return [];
    }
  });
  return [
    ...[repository, ...laid].map((root) => ({ root, grain: 'commits' as const })),
    ...made.map((root) => ({ root, grain: 'releases' as const })),
  ];
}

function judge(name: string, grain: JudgedHistory['grain'], history: HistoryFacts): JudgedHistory {
  const times = Array.from(
    { length: history.hashes.length },
    (_, at) => history.commits[at * COMMIT_STRIDE + CommitColumn.time]!,
  ).sort((a, b) => a - b);
  const moment = times[Math.floor(times.length * 0.8)]!;
  const isSource = (file: string): boolean => source.test(file);
  const model = learnRisk(history, moment, isSource);
  const until = history.headTime + 1;
  const fixed = fixedBetween(history, moment, until);
  const mendedLines = fixedLinesBetween(history, moment, until);
  // Files that are gone by then, or hold nothing, cannot be read.
  const files = [...featuresAt(history, moment)].filter(([file, row]) => isSource(history.paths[file]!) && row[5]! > 0);
  const label = files.map(([file]) => fixed.has(file));
  const lines = files.map(([, row]) => Math.expm1(row[5]!));
  const mended = files.map(([file]) => mendedLines.get(file) ?? 0);
  const values: Readonly<Record<Order, readonly number[]>> = {
    model: files.map(([, row]) => riskOf(model, row)),
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
  for (const { root, grain } of histories(say)) {
    const name = root === repository ? 'trowel' : path.basename(root);
    const history = await readLog({ root, maximumCommits: 50_000, emit: () => {} });
    if (typeof history === 'string' || history.hashes.length < LEAST_RELEASES) {
      skipped.push(name);
      continue;
    }
    say(name);
    const one = judge(name, grain, history);
    if (one.mended < 5 || one.mended === one.files)
      skipped.push(`${name} (${one.mended} of ${one.files} files mended)`);
    else judged.push(one);
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
