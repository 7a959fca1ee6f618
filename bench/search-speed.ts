/** `find` in an index that is held open: milliseconds of each query, and what text and vectors weigh on disk. */
import path from 'node:path';
import { configOf } from '../src/config/schema.ts';
import { readShippedModel } from '../src/embedders/model-folder.ts';
import { queryEncoder } from '../src/search/encode-query.ts';
import { find } from '../src/search/find.ts';
import { openWorkspace } from '../src/workspace/open-workspace.ts';
import type { Bench } from './bench.ts';
import { figure } from './measure/report.ts';
import { quantile } from './measure/statistics.ts';
import { prepareTree } from './trees/prepare-tree.ts';
import { isTreeName, type TreeName } from './trees/tree-sources.ts';
import { dataFolder } from './trowel.ts';

/** Questions of every kind; no two rounds ask the same, so that nothing is answered from memory. */
const questions = [
  'where is the cache invalidated',
  'parse the configuration file',
  'error handling of the request',
  'Model',
  'get_queryset',
  'how does the template engine work',
  'convert a string to a number',
  'sort the terms of an expression',
  'database connection',
  'validate user input',
  'simplify',
  'write a file to disk',
  'load plugins at start',
  'permission denied error',
  'matrix inverse',
  'module structure overview',
  'http response headers',
  'split words at whitespace',
  'resolve a relative path',
  'Field.clean',
];
const variations = [
  '',
  ' fast',
  ' twice',
  ' safely',
  ' again',
  ' lazily',
  ' by name',
  ' in order',
  ' at once',
  ' of a list',
];

export const searchSpeed: Bench = async ({ trees, say }) => {
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const name of (trees?.filter(isTreeName) ?? ['django', 'sympy']) as TreeName[]) {
    const tree = prepareTree(name);
    const config = configOf({ scan: {}, search: {}, parse: {}, history: {}, check: {} });
    const opening = performance.now();
    const { snapshot } = await openWorkspace({
      path: tree.folder,
      workingFolder: tree.folder,
      dataFolder: path.join(dataFolder, 'indexes', 'search-speed'),
      environment: {},
      configFor: () => config,
      patience: Infinity,
    });
    const encoder = queryEncoder(readShippedModel());
    const filters = { scope: '', accepts: () => true, acceptsAll: true, kinds: new Set<string>() };
    const ask = (query: string, snippetLines: number): number => {
      const started = performance.now();
      find({ query, snapshot, filters, offset: 0, limit: 10, snippetLines, encoder });
      return performance.now() - started;
    };
    const opened = performance.now() - opening;
    const first = ask(questions[0]!, 0);
    const queries = variations.flatMap((more) => questions.map((question) => question + more));
    for (const query of queries.slice(0, 40)) ask(query, 0);
    const before = process.cpuUsage();
    const bare = queries.map((query) => ask(query, 0));
    const spent = process.cpuUsage(before);
    const processor = (spent.user + spent.system) / 1000 / queries.length;
    const whole = queries.map((query) => ask(query, 3));
    const stored = snapshot.search();
    const bytes = ['terms', 'blocks', 'offsets', 'postings', 'documents', 'lengths', 'names', 'vectors'].reduce(
      (sum, part) => sum + (stored.part(part)?.length ?? 0),
      0,
    );
    rows.push([
      tree.title,
      String(tree.codeLines),
      figure(first, 1),
      figure(quantile(bare, 0.5), 2),
      figure(quantile(bare, 0.99), 2),
      figure(processor, 2),
      figure(quantile(whole, 0.5), 2),
      figure(quantile(whole, 0.99), 2),
      figure(bytes / 1e6, 1),
    ]);
    data.push({ name, opened, first, bare, processor, whole, bytes });
    snapshot.close();
    say(`${name}: ${queries.length} queries`);
  }
  return {
    summary: `Milliseconds of a query in an index that is held open, ${questions.length * variations.length} different ones, answers not remembered.`,
    tables: [
      {
        title: 'find, resident',
        columns: [
          '',
          'lines',
          'first ms',
          'p50 ms',
          'p99 ms',
          'mean CPU ms',
          'p50 with lines',
          'p99 with lines',
          'image MB, unpacked',
        ],
        rows,
      },
    ],
    data,
  };
};
