/** nDCG@10 of `find` on public packages: what each signal is worth, and rivals beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readShippedModel } from '../src/embedders/model-folder.ts';
import { queryEncoder } from '../src/search/encode-query.ts';
import { find } from '../src/search/find.ts';
import type { Bench } from './bench.ts';
import type { Table } from './measure/report.ts';
import { runChild } from './measure/run-child.ts';
import { codegraph } from './rivals/codegraph.ts';
import { evaluatedKinds, type JudgedQuery, readEvaluationSet } from './search/evaluation-set.ts';
import { ndcg, ndcgOfFiles, type Place } from './search/judge.ts';
import { openPackage } from './search/open-package.ts';
import { evaluatedPackages } from './search/packages.ts';
import { ablation } from './search/variants.ts';
import { wordGrep } from './search/word-grep.ts';
import { Absent } from './trees/install.ts';
import { dataFolder } from './trowel.ts';

interface Judged {
  readonly system: string;
  readonly kind: string;
  readonly language: string;
  readonly heldOut: boolean;
  readonly score: number;
  /** By file: the first hit in it counts. */
  readonly files: number;
}

export const search: Bench = async ({ say, without }) => {
  const judged: Judged[] = [];
  const absent: string[] = [];
  let queryCount = 0;
  for (const evaluated of evaluatedPackages) {
    let opened: Awaited<ReturnType<typeof openPackage>>;
    try {
      opened = await openPackage(evaluated);
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      absent.push(`${evaluated.name}: ${error.message}`);
      continue;
    }
    const { snapshot, folder } = opened;
    const { queries, faults } = readEvaluationSet(evaluated.name, snapshot);
    for (const fault of faults) say(`not in the package: ${fault}`);
    queryCount += queries.length;
    const take = (system: string, query: JudgedQuery, places: readonly Place[]): void => {
      const { kind, heldOut, answers } = query;
      const [score, files] = [ndcg(places, answers), ndcgOfFiles(places, answers)];
      judged.push({ system, kind, heldOut, language: evaluated.language, score, files });
    };
    const filters = { scope: '', accepts: () => true, kinds: new Set<string>() };
    const encoder = queryEncoder(readShippedModel());
    for (const { name, weights } of ablation) {
      for (const query of queries) {
        const request = { query: query.query, snapshot, filters, offset: 0, limit: 10, snippetLines: 0 };
        take(name, query, find({ ...request, weights, encoder }).hits);
      }
    }
    for (const query of queries) take('files by words (grep)', query, wordGrep(snapshot, query.query));
    if (!without.has('codegraph')) {
      const answers = await codegraphAnswers(folder, queries);
      if (typeof answers === 'string') absent.push(`codegraph on ${evaluated.name}: ${answers}`);
      else queries.forEach((query, at) => take('codegraph search', query, answers[at]!));
    }
    snapshot.close();
    say(`${evaluated.name}: ${queries.length} queries`);
  }
  return {
    summary: `nDCG@10 of ${queryCount} judged queries on ${evaluatedPackages.length} public packages (bench/search/queries). A hit meets an answer in the same file where their lines overlap; an answer counts once. "files": the same by file, where a further hit in a file counts nothing. Half of the queries were held out while numbers were tuned.`,
    versions: { codegraph: codegraph().version },
    tables: [bySystem(judged, absent), byLanguage(judged)],
    data: { systems: bySystem(judged, absent).rows, languages: byLanguage(judged).rows, absent },
  };
};

function mean(entries: readonly Judged[], by: 'score' | 'files' = 'score'): string {
  return entries.length === 0 ? '' : (entries.reduce((sum, entry) => sum + entry[by], 0) / entries.length).toFixed(3);
}

function bySystem(judged: readonly Judged[], absent: readonly string[]): Table {
  return {
    title: 'What each signal is worth, and rivals',
    columns: [
      '',
      'all',
      'held out',
      'files',
      'files, held out',
      ...evaluatedKinds,
      ...evaluatedKinds.map((kind) => `${kind}, held out`),
    ],
    rows: [...Map.groupBy(judged, ({ system }) => system)].map(([system, own]) => {
      const held = own.filter(({ heldOut }) => heldOut);
      const ofKind = (entries: readonly Judged[], kind: string): string =>
        mean(entries.filter((entry) => entry.kind === kind));
      return [
        system,
        mean(own),
        mean(held),
        mean(own, 'files'),
        mean(held, 'files'),
        ...evaluatedKinds.map((kind) => ofKind(own, kind)),
        ...evaluatedKinds.map((kind) => ofKind(held, kind)),
      ];
    }),
    notes: [
      'Each line of the first seven holds what the one before holds. codegraph answers symbols, grep whole files (which meet an answer anywhere in the file).',
      ...absent,
    ],
  };
}

function byLanguage(judged: readonly Judged[]): Table {
  const full = ablation.at(-1)!.name;
  const tuned = ablation[1]!.name;
  const of = (language: string, system: string): readonly Judged[] =>
    judged.filter((entry) => entry.language === language && entry.system === system);
  return {
    title: 'By language',
    columns: ['', 'queries', 'find', 'find, held out', 'BM25, tuned', 'codegraph'],
    rows: [...new Set(judged.map(({ language }) => language))].map((language) => [
      language,
      String(of(language, full).length),
      mean(of(language, full)),
      mean(of(language, full).filter(({ heldOut }) => heldOut)),
      mean(of(language, tuned)),
      mean(of(language, 'codegraph search')),
    ]),
  };
}

/** Places of each query's answer, or why there are none. */
async function codegraphAnswers(folder: string, queries: readonly JudgedQuery[]): Promise<Place[][] | string> {
  try {
    const rival = codegraph();
    const indexed = await runChild(rival.command('init', '-y', folder), { timeoutSeconds: rival.timeoutSeconds });
    if (indexed.outcome !== 'ok') return indexed.message;
    const [asked, output] = ['queries', 'answers'].map((name) => path.join(dataFolder, 'search', `${name}.json`));
    writeFileSync(asked!, JSON.stringify(queries.map(({ query }) => query)));
    const script = path.join(import.meta.dirname, 'rivals', 'codegraph-search.mjs');
    const ran = await runChild(rival.script(script, folder, asked!, output!), {
      timeoutSeconds: rival.timeoutSeconds,
    });
    if (ran.outcome !== 'ok') return ran.message;
    return JSON.parse(readFileSync(output!, 'utf8')) as Place[][];
  } catch (error) {
    if (error instanceof Absent) return error.message;
    throw error;
  }
}
