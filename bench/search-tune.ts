/** `sh scripts/node.sh bench/search-tune.ts [--held-out] [--misses]`: nDCG of the ranking as it stands, by kind and package. */
import { readShippedModel } from '../src/embedders/model-folder.ts';
import { queryEncoder } from '../src/search/encode-query.ts';
import { find } from '../src/search/find.ts';
import { evaluatedKinds, type JudgedQuery, readEvaluationSet } from './search/evaluation-set.ts';
import { meets, ndcg, type Place } from './search/judge.ts';
import { openPackage } from './search/open-package.ts';
import { evaluatedPackages } from './search/packages.ts';

const encoder = process.argv.includes('--no-vectors') ? undefined : queryEncoder(readShippedModel());
const heldOut = process.argv.includes('--held-out');
const misses = process.argv.includes('--misses');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const mean = (values: readonly number[]): string =>
  values.length === 0 ? '–' : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
const all: { kind: string; name: string; score: number }[] = [];
const faults: string[] = [];
for (const evaluated of evaluatedPackages) {
  if (only.length > 0 && !only.includes(evaluated.name)) continue;
  const { snapshot } = await openPackage(evaluated);
  const set = readEvaluationSet(evaluated.name, snapshot);
  faults.push(...set.faults);
  const filters = { scope: '', accepts: () => true, kinds: new Set<string>() };
  for (const judged of set.queries.filter((query) => query.heldOut === heldOut)) {
    const { hits, kind } = find({
      query: judged.query,
      snapshot,
      filters,
      offset: 0,
      limit: 10,
      snippetLines: 0,
      encoder,
    });
    const score = ndcg(hits, judged.answers);
    all.push({ kind: judged.kind, name: evaluated.name, score });
    if (misses && score < 0.75) show(evaluated.name, judged, kind, score, hits);
  }
  snapshot.close();
}
for (const fault of faults) console.log('FAULT', fault);
for (const { name } of evaluatedPackages) {
  const own = all.filter((entry) => entry.name === name);
  if (own.length > 0)
    console.log(
      name.padEnd(8),
      mean(own.map(({ score }) => score)),
      evaluatedKinds
        .map((kind) => mean(own.filter((entry) => entry.kind === kind).map(({ score }) => score)))
        .join(' '),
    );
}
console.log(
  'ALL'.padEnd(8),
  mean(all.map(({ score }) => score)),
  evaluatedKinds.map((kind) => mean(all.filter((entry) => entry.kind === kind).map(({ score }) => score))).join(' '),
);

function show(
  name: string,
  judged: JudgedQuery,
  kind: string,
  score: number,
  hits: readonly (Place & { name: string; kind: string; score: number })[],
): void {
  console.log(`\n${name} ${judged.kind}/${kind} ${score.toFixed(2)}: ${judged.query}`);
  console.log(
    `   wanted: ${judged.answers.map(({ path, ranges, grade }) => `${path}${ranges ? `:${ranges[0]![0]}` : ''}(${grade})`).join(' ')}`,
  );
  for (const hit of hits.slice(0, 8))
    console.log(
      `   ${judged.answers.some((answer) => meets(hit, answer)) ? '*' : ' '} ${hit.score.toFixed(2)} ${hit.kind} ${hit.name} ${hit.path}:${hit.line}`,
    );
}
