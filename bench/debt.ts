/**
 * Does the risk model's order predict which files later bug fixes touch, better than lines alone and churn alone? For each history:
 * learned from what lay before a moment (80 % of its commits), judged on the bug fixes after it. AUC: how often a file that was mended
 * stands above one that was not; effort: the share of later mends among the first fifth of the files.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readLog } from '../src/history/read-log.ts';
import { COMMIT_STRIDE, CommitColumn } from '../src/model/history.ts';
import { featuresAt, fixedBetween, learnRisk, riskOf } from '../src/debt/risk-model.ts';
import type { Bench } from './bench.ts';
import { repository } from './measure/environment.ts';
import { dataFolder } from './trowel.ts';

/** Fewer commits say nothing of a later time. */
const ENOUGH_COMMITS = 200;
const source = /\.(?:[cm]?[jt]sx?|py|go|java|rs|c|cc|cpp|h|rb|php|kt|swift|scala|cs)$/;

/** Repositories that this machine has with their history: this one, and clones laid into bench/data/histories by hand. */
function histories(): string[] {
  const folder = path.join(dataFolder, 'histories');
  const laid = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  return [repository, ...laid];
}

export const debt: Bench = async ({ say }) => {
  const rows: string[][] = [];
  const data: unknown[] = [];
  const skipped: string[] = [];
  for (const root of histories()) {
    const name = root === repository ? 'trowel' : path.basename(root);
    const history = await readLog({ root, maximumCommits: 50_000, emit: () => {} });
    if (typeof history === 'string' || history.hashes.length < ENOUGH_COMMITS) {
      skipped.push(name);
      continue;
    }
    say(name);
    const times = Array.from(
      { length: history.hashes.length },
      (_, at) => history.commits[at * COMMIT_STRIDE + CommitColumn.time]!,
    ).sort((a, b) => a - b);
    const moment = times[Math.floor(times.length * 0.8)]!;
    const isSource = (file: string): boolean => source.test(file);
    const model = learnRisk(history, moment, isSource);
    const fixed = fixedBetween(history, moment, history.headTime + 1);
    const files = [...featuresAt(history, moment)].filter(([file]) => isSource(history.paths[file]!));
    const label = files.map(([file]) => fixed.has(file));
    const mended = label.filter(Boolean).length;
    const orders = {
      model: files.map(([, features]) => riskOf(model, features)),
      lines: files.map(([, features]) => features[5]!),
      churn: files.map(([, features]) => features[4]!),
    };
    const scores = Object.fromEntries(
      Object.entries(orders).map(([order, values]) => [
        order,
        { auc: auc(values, label), effort: firstFifth(values, label) },
      ]),
    ) as Record<keyof typeof orders, { auc: number; effort: number }>;
    rows.push([
      name,
      String(history.hashes.length),
      String(files.length),
      String(mended),
      model.kind,
      ...(['model', 'lines', 'churn'] as const).flatMap((order) => [
        scores[order].auc.toFixed(3),
        scores[order].effort.toFixed(2),
      ]),
    ]);
    data.push({ name, commits: history.hashes.length, files: files.length, mended, model: model.kind, scores });
  }
  return {
    summary: 'Later bug fixes predicted from the log before them: the risk model beside lines alone and churn alone.',
    tables: [
      {
        title: 'Per history',
        columns: [
          'history',
          'commits',
          'files',
          'mended later',
          'model',
          'model AUC',
          'in first 20 %',
          'lines AUC',
          'in first 20 %',
          'churn AUC',
          'in first 20 %',
        ],
        rows,
        notes: [
          `Histories that could be had: ${rows.length}${skipped.length > 0 ? `; too short or none: ${skipped.join(', ')}` : ''}. Six are wanted: lay clones into bench/data/histories/.`,
        ],
      },
    ],
    data,
  };
};

/** Mann–Whitney: ties count a half. */
function auc(values: readonly number[], label: readonly boolean[]): number {
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

function firstFifth(values: readonly number[], label: readonly boolean[]): number {
  const first = values
    .map((value, at) => ({ value, mended: label[at]! }))
    .sort((a, b) => b.value - a.value)
    .slice(0, Math.ceil(values.length / 5));
  const all = label.filter(Boolean).length;
  return all === 0 ? Number.NaN : first.filter(({ mended }) => mended).length / all;
}
