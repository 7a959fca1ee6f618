/**
 * `sh scripts/node.sh bench/search-fit.ts [rounds]`: coordinate ascent on the numbers of the ranking, on the half of the
 * evaluation set that is not held out. Prints what it arrived at; what is taken over is for a person to say.
 */
import { readShippedModel } from '../src/embedders/model-folder.ts';
import { queryEncoder } from '../src/search/encode-query.ts';
import { find } from '../src/search/find.ts';
import { type RankingWeights, rankingWeights } from '../src/search/ranking-weights.ts';
import { evaluatedKinds, type JudgedQuery, readEvaluationSet } from './search/evaluation-set.ts';
import { ndcg } from './search/judge.ts';
import { openPackage } from './search/open-package.ts';
import { evaluatedPackages } from './search/packages.ts';
import type { Snapshot } from '../src/model/snapshot.ts';

type AllWeights = Record<keyof typeof rankingWeights, RankingWeights>;
const packages: { readonly snapshot: Snapshot; readonly queries: readonly JudgedQuery[] }[] = [];
for (const evaluated of evaluatedPackages) {
  const { snapshot } = await openPackage(evaluated);
  packages.push({ snapshot, queries: readEvaluationSet(evaluated.name, snapshot).queries });
}
const encoder = queryEncoder(readShippedModel());
const filters = { scope: '', accepts: () => true, kinds: new Set<string>() };

function judge(weights: AllWeights, heldOut: boolean): { total: number; byKind: readonly number[] } {
  const sums = evaluatedKinds.map(() => ({ sum: 0, count: 0 }));
  for (const { snapshot, queries } of packages) {
    for (const { kind, query, answers, heldOut: held } of queries) {
      if (held !== heldOut) continue;
      const { hits } = find({ query, snapshot, filters, offset: 0, limit: 10, snippetLines: 0, weights, encoder });
      const entry = sums[evaluatedKinds.indexOf(kind)]!;
      entry.sum += ndcg(hits, answers);
      entry.count++;
    }
  }
  const byKind = sums.map(({ sum, count }) => sum / count);
  return { total: byKind.reduce((sum, value) => sum + value, 0) / byKind.length, byKind };
}

/** Every number of the weights, by its path. */
function numbers(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbers(inner, [...path, key]));
}

function at(root: unknown, path: readonly string[]): number {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], root) as number;
}

function withNumber<Root>(root: Root, path: readonly string[], value: number): Root {
  const copy = structuredClone(root);
  const last = path.at(-1)!;
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], copy);
  (holder as Record<string, number>)[last] = value;
  return copy;
}

let best: AllWeights = structuredClone(rankingWeights) as unknown as AllWeights;
let score = judge(best, false);
const show = ({ total, byKind }: ReturnType<typeof judge>): string =>
  `${total.toFixed(4)} (${byKind.map((value) => value.toFixed(3)).join(' ')})`;
console.log('start', show(score), 'held out', show(judge(best, true)));
for (let round = 0; round < Number(process.argv[2] ?? 2); round++) {
  for (const path of numbers(best, []).filter(([kind]) => kind !== 'symbol')) {
    const now = at(best, path);
    const steps = now === 0 ? [0.05, 0.2] : [now * 0.6, now * 0.8, now * 1.25, now * 1.6];
    for (const value of steps) {
      if (path.includes('b') && value > 1) continue;
      const tried = withNumber(best, path, Math.round(value * 1000) / 1000);
      const got = judge(tried, false);
      if (got.total <= score.total + 0.0008) continue;
      best = tried;
      score = got;
      console.log(path.join('.'), now, '→', value.toFixed(3), show(score));
    }
  }
  console.log('round', round, show(score), 'held out', show(judge(best, true)));
}
console.log(JSON.stringify(best));
