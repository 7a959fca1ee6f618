/**
 * `sh scripts/node.sh bench/search-fit.ts [rounds] [--fold k/n]`: coordinate ascent on the numbers of the ranking that are not
 * tables, for questions in words, on the half of the evaluation set that is not held out. What is raised is the mean of nDCG by
 * place and by file. With a fold, every n-th package from the k-th on is left out, and is judged before and after: what a
 * repository gains that was not tuned on. Prints what it arrived at; what is taken over is for a person to say.
 */
import { readShippedModel } from '../src/embedders/model-folder.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import { queryEncoder } from '../src/search/encode-query.ts';
import { find } from '../src/search/find.ts';
import { type RankingWeights, rankingWeights } from '../src/search/ranking-weights.ts';
import { type JudgedQuery, readEvaluationSet } from './search/evaluation-set.ts';
import { ndcg, ndcgOfFiles } from './search/judge.ts';
import { openPackage } from './search/open-package.ts';
import { evaluatedPackages } from './search/packages.ts';

type AllWeights = Record<keyof typeof rankingWeights, RankingWeights>;
interface Opened {
  readonly snapshot: Snapshot;
  readonly queries: readonly JudgedQuery[];
}
const fold = /--fold (\d+)\/(\d+)/.exec(process.argv.join(' '))?.slice(1).map(Number);
const tuned: Opened[] = [];
const leftOut: Opened[] = [];
for (const [at, evaluated] of evaluatedPackages.entries()) {
  const { snapshot } = await openPackage(evaluated);
  const queries = readEvaluationSet(evaluated.name, snapshot).queries.filter(
    ({ kind, heldOut }) => kind !== 'symbol' && !heldOut,
  );
  const isLeftOut = fold !== undefined && fold[0] === at % fold[1]!;
  (isLeftOut ? leftOut : tuned).push({ snapshot, queries });
}
const encoder = queryEncoder(readShippedModel());
const filters = { scope: '', accepts: () => true, acceptsAll: true, kinds: new Set<string>() };

interface Score {
  readonly total: number;
  readonly places: number;
  readonly files: number;
}

function judge(packages: readonly Opened[], weights: AllWeights): Score {
  let [places, files, count] = [0, 0, 0];
  for (const { snapshot, queries } of packages) {
    for (const { query, answers } of queries) {
      const { hits } = find({ query, snapshot, filters, offset: 0, limit: 10, snippetLines: 0, weights, encoder });
      places += ndcg(hits, answers);
      files += ndcgOfFiles(hits, answers);
      count++;
    }
  }
  return { total: (places + files) / 2 / count, places: places / count, files: files / count };
}

const show = ({ total, places, files }: Score): string =>
  `${total.toFixed(4)} (places ${places.toFixed(3)}, files ${files.toFixed(3)})`;
const kinds = ['words', 'architecture'] as const;
let best: AllWeights = structuredClone(rankingWeights) as unknown as AllWeights;
let score = judge(tuned, best);
console.log('start', show(score), fold ? `left out ${show(judge(leftOut, best))}` : '');
for (let round = 0; round < Number(process.argv[2] ?? 1); round++) {
  for (const kind of kinds) {
    for (const [name, now] of Object.entries(best[kind]).filter(([, value]) => typeof value === 'number')) {
      const at = now as number;
      for (const value of at === 0 ? [0.1, 0.3] : [0, at * 0.6, at * 1.5]) {
        const tried = { ...best, [kind]: { ...best[kind], [name]: value } };
        const got = judge(tuned, tried);
        // Less than this is noise of a set of a hundred questions.
        if (got.total <= score.total + 0.0012) continue;
        [best, score] = [tried, got];
        console.log(kind, name, at, '→', value.toFixed(3), show(score));
      }
    }
  }
  console.log('round', round, show(score), fold ? `left out ${show(judge(leftOut, best))}` : '');
}
