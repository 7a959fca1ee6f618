/** Joins what a tree's indexer works with: stores, workers, the project around the files. */
import type { FactsStore } from '#stores/facts-store.ts';
import type { Connection } from '#stores/sqlite.ts';
import type { SourceFile } from '#model/source-file.ts';
import { runParseJob } from './parse-job.ts';
import { parseInWorkers } from './parse-pool.ts';
import type { ParseJob, ParseOutcome } from './parse-protocol.ts';
import { modelNameFor, searchModel } from './search-model.ts';
import { TreeIndexer } from './tree-indexer.ts';
import { TreeProject } from './tree-project.ts';
import type { ScanSettings } from './walk-tree.ts';

export interface IndexerRequest {
  readonly connection: Connection;
  readonly facts: FactsStore;
  readonly settings: ScanSettings;
  readonly dataFolder: string;
  /** Parses every file, whether or not its facts are in the store. */
  readonly parseAll?: boolean | undefined;
  /** Parses files again whose extractor failed. */
  readonly retryFailed?: boolean | undefined;
}

/** Few and small files are parsed sooner here than a worker starts. */
const FEW_FILES = 8;
const SMALL_BYTES = 128 * 1024;

export function makeIndexer({
  connection,
  facts,
  settings,
  dataFolder,
  parseAll,
  retryFailed = false,
}: IndexerRequest): TreeIndexer {
  const { root, config } = settings;
  const { maxFileBytes } = config.scan;
  const modelName = modelNameFor(dataFolder, root, config.search.model);
  const model = searchModel(dataFolder, modelName);
  const inPool = (jobs: readonly ParseJob[], signal: AbortSignal | undefined): AsyncIterable<readonly ParseOutcome[]> =>
    parseInWorkers({
      jobs,
      settings: { root, dataFolder, lookUp: !parseAll && !facts.isEmpty(), maxFileBytes, model: modelName },
      workers: config.parse.workers,
      signal,
    });

  async function* parse(
    sources: readonly SourceFile[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<readonly ParseOutcome[]> {
    const jobs = sources.map((source, index): ParseJob => ({ index, source }));
    const small = jobs.length <= FEW_FILES && jobs.reduce((sum, job) => sum + job.source.stamp.size, 0) <= SMALL_BYTES;
    if (!small) {
      if (jobs.length > 0) yield* inPool(jobs, signal);
      return;
    }
    for (const job of jobs) {
      try {
        yield [await runParseJob(job, { root, maxFileBytes, facts: parseAll ? undefined : facts, model })];
      } catch {
        yield* inPool([job], signal);
      }
    }
  }

  async function plainFacts(source: SourceFile): Promise<Extract<ParseOutcome, { kind: 'parsed' }> | undefined> {
    const outcome = await runParseJob(
      { index: 0, source },
      { root, maxFileBytes, facts: undefined, model, plain: true },
    );
    return outcome.kind === 'parsed' ? outcome : undefined;
  }

  return new TreeIndexer({
    connection,
    facts,
    project: new TreeProject(root),
    modelId: `${modelName}=${model?.id ?? 'none'}`,
    retryFailed,
    parse,
    plainFacts,
  });
}
