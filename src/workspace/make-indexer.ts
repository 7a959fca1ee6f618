/** Joins what a tree's indexer works with: stores, workers, the project around the files. */
import type { FactsStore } from '#stores/facts-store.ts';
import { readSource } from '#scan/read-source.ts';
import { readMeta } from '#stores/index-store.ts';
import type { Connection } from '#stores/sqlite.ts';
import type { SourceFile } from '#model/source-file.ts';
import { runParseJob } from './parse-job.ts';
import { type ParseRun, parseInWorkers } from './parse-pool.ts';
import type { ParseJob, ParseOutcome } from './parse-protocol.ts';
import { embedFiles, openOutsideEncoder } from './outside-encoder.ts';
import { isOfModel, isOutsideEncoder, searchModelId } from './search-model-id.ts';
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
  const isOutside = isOutsideEncoder(modelName);
  const model = isOutside ? undefined : searchModel(dataFolder, modelName);
  const inPool = (jobs: readonly ParseJob[], signal: AbortSignal | undefined): ParseRun =>
    parseInWorkers({
      jobs,
      settings: { root, dataFolder, lookUp: !parseAll && !facts.isEmpty(), maxFileBytes, model },
      workers: config.parse.workers,
      signal,
    });
  const here = (job: ParseJob, plain: boolean): Promise<ParseOutcome> =>
    runParseJob(job, { root, maxFileBytes, facts: parseAll || plain ? undefined : facts, plain }, model);

  function parse(sources: readonly SourceFile[], signal: AbortSignal | undefined): ParseRun {
    const jobs = sources.map((source, index): ParseJob => ({ index, source }));
    const isSmall =
      jobs.length <= FEW_FILES && jobs.reduce((sum, job) => sum + job.source.stamp.size, 0) <= SMALL_BYTES;
    return isSmall
      ? parseHere(
          jobs,
          (job) => here(job, false),
          (job) => inPool([job], signal),
        )
      : inPool(jobs, signal);
  }

  return new TreeIndexer({
    connection,
    facts,
    project: new TreeProject(root),
    modelId: isOutside ? storedModelId(connection, modelName) : searchModelId(modelName, model?.id ?? 'none'),
    embed: isOutside
      ? async (files, emit, signal) => {
          const { environment } = settings;
          const choice = { name: modelName, url: config.search.url, dataFolder, environment };
          const encoder = await openOutsideEncoder(choice, signal);
          const read = files.map(({ source, segment }) => ({ text: textOf(source, settings), segment }));
          const segments = await embedFiles(encoder, dataFolder, read, emit, signal);
          return { modelId: searchModelId(modelName, encoder.id), segments };
        }
      : undefined,
    retryFailed,
    parse,
    parseHere: async (source, plain) => {
      const outcome = await here({ index: 0, source }, plain);
      return outcome.kind === 'parsed' ? outcome : undefined;
    },
  });
}

/** Of what lies in the index; nothing where another model made it. */
function storedModelId(connection: Connection, modelName: string): string {
  const stored = readMeta(connection).get('searchModel');
  return stored !== undefined && isOfModel(stored, modelName) ? stored : searchModelId(modelName, '');
}

/** As it is now: where it has changed since it was parsed, its next refresh is due anyway. */
function textOf(source: SourceFile, { root, config }: ScanSettings): string {
  const read = readSource(root, source, config.scan.maxFileBytes);
  return read.kind === 'read' ? read.content.text : '';
}

/** On this thread; what its parser cannot survive goes to a worker. */
function parseHere(
  jobs: readonly ParseJob[],
  parse: (job: ParseJob) => Promise<ParseOutcome>,
  inWorker: (job: ParseJob) => ParseRun,
): ParseRun {
  const segments = new Map<number, Uint8Array | undefined>();
  async function* outcomes(): AsyncGenerator<readonly ParseOutcome[]> {
    for (const job of jobs) {
      const outcome = await parse(job).catch(() => undefined);
      if (outcome) {
        yield [outcome];
        continue;
      }
      const run = inWorker(job);
      try {
        yield* run.outcomes;
        for (const [index, segment] of await run.lateSegments()) segments.set(index, segment);
      } finally {
        await run.close();
      }
    }
  }
  return { outcomes: outcomes(), lateSegments: () => Promise.resolve(segments), close: () => Promise.resolve() };
}
