/** open → refresh → snapshot: what every read goes through. */
import { existsSync } from 'node:fs';
import { TrowelError } from '#base/errors.ts';
import { ensureFolder } from '#base/folders.ts';
import { type Emit, silent } from '#base/progress.ts';
import type { Config } from '#config/schema.ts';
import { readRefused } from '#index/index-writer.ts';
import { hasFailedFiles, type IndexedFile, readIndexedFiles } from '#index/indexed-file.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { SourceFile } from '#model/source-file.ts';
import { readSource } from '#scan/read-source.ts';
import { factsIdentity, openFactsStore } from '#stores/facts-store.ts';
import { folderBytes, indexFolderOf, makeIndexFolder } from '#stores/index-folders.ts';
import { openIndexForReading, openIndexForWriting, readMeta, removeIndex } from '#stores/index-store.ts';
import type { Connection } from '#stores/sqlite.ts';
import { acquireWriterLock } from '#stores/writer-lock.ts';
import { compareTree } from './compare-tree.ts';
import { localPath } from './local-path.ts';
import { type LocatedTree, locateTree } from './locate-tree.ts';
import { openSnapshot } from './open-snapshot.ts';
import { askResident } from './resident-socket.ts';
import { treeMark } from './tree-mark.ts';
import { type ScanSettings, walkTree } from './walk-tree.ts';
import type { RefreshReport, ScannedTree } from './tree-indexer.ts';
import { modelNameFor } from './search-model.ts';
import { isOfModel } from './search-model-id.ts';

export interface OpenRequest {
  /** A folder, a file or a git URL; default: where the command was given. */
  readonly path?: string | undefined;
  readonly workingFolder: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  configFor(root: string): Config;
  /** Throws the index away and builds it from nothing: every file is parsed again. */
  readonly rebuild?: boolean;
  /** Parses files again whose extractor failed the last time. */
  readonly retryFailed?: boolean;
  /** How long to wait for another process that is writing, in milliseconds; then the answer is of its last commit. */
  readonly patience?: number;
  readonly emit?: Emit;
  readonly signal?: AbortSignal | undefined;
}

export interface OpenedWorkspace {
  readonly snapshot: Snapshot;
  readonly root: string;
  /** The part of the tree that was asked for, with `/`; empty for all of it. */
  readonly scope: string;
  readonly indexFolder: string;
  /** What was done to bring the index up to date; undefined when another process is at it. */
  readonly report: RefreshReport | undefined;
  readonly notes: readonly string[];
  /** Of the index on disk. */
  readonly indexBytes: number;
  readonly milliseconds: number;
}

/** Reading operations do not wait for a first dig to end: they answer from what it has committed. */
const READ_PATIENCE = 1_500;

export async function openWorkspace(request: OpenRequest): Promise<OpenedWorkspace> {
  const start = performance.now();
  const emit = request.emit ?? silent;
  const located = locateTree(request.workingFolder, await localPath(request, emit));
  const config = request.configFor(located.root);
  const settings: ScanSettings = { root: located.root, config, environment: request.environment };
  const kept = request.rebuild ? undefined : await fromResident(request, located.root);
  if (kept)
    return {
      ...kept,
      ...located,
      notes: [],
      indexBytes: folderBytes(kept.indexFolder),
      milliseconds: performance.now() - start,
    };
  const tree = await walkTree(settings, emit, request.signal);
  emit({ type: 'stage-done', stage: 'scan', milliseconds: performance.now() - start });
  const refreshed = await refresh(request, located, settings, tree, emit);
  return {
    ...refreshed,
    root: located.root,
    scope: located.scope,
    notes: tree.notes,
    indexBytes: folderBytes(refreshed.indexFolder),
    milliseconds: performance.now() - start,
  };
}

/** Where a resident process keeps the index fresh, it is asked to, and nothing is walked. */
async function fromResident({ dataFolder }: OpenRequest, root: string): Promise<Refreshed | undefined> {
  const indexFolder = indexFolderOf(dataFolder, root);
  const answer = await askResident(indexFolder);
  const connection = answer && openIndexForReading(indexFolder);
  if (!connection) return undefined;
  const facts = (): ReturnType<typeof openFactsStore> => openFactsStore(dataFolder, { readOnly: true });
  const snapshot = openSnapshot({ root, connection, facts, asOf: answer.asOf });
  const { revision } = snapshot.freshness;
  return { snapshot, indexFolder, report: answer.report ?? unchanged(snapshot.fileCount, revision) };
}

type Refreshed = Pick<OpenedWorkspace, 'snapshot' | 'indexFolder' | 'report'>;

async function refresh(
  request: OpenRequest,
  { root }: LocatedTree,
  settings: ScanSettings,
  tree: ScannedTree,
  emit: Emit,
): Promise<Refreshed> {
  const { dataFolder } = request;
  const indexFolder = indexFolderOf(dataFolder, root);
  const facts = (): ReturnType<typeof openFactsStore> => openFactsStore(dataFolder, { readOnly: true });
  // An index without the facts that it was made of answers half of the questions.
  const identity = request.rebuild ? undefined : factsIdentity(dataFolder);
  const current =
    identity === undefined
      ? undefined
      : upToDate(indexFolder, tree, {
          model: modelNameFor(dataFolder, root, settings.config.search.model),
          facts: identity,
          retryFailed: request.retryFailed ?? false,
        });
  if (current) {
    return {
      snapshot: openSnapshot({ root, connection: current.connection, facts, asOf: tree.startedAt }),
      indexFolder,
      report: current.report,
    };
  }
  const read = (connection: Connection, asOf: number | undefined): Snapshot =>
    openSnapshot({ root, connection, facts, asOf });
  try {
    const report = await write(request, root, settings, tree, emit);
    const connection = openIndexForReading(indexFolder);
    if (!connection) {
      if (report)
        throw new TrowelError('index-damaged', 'The index that was just written cannot be read.', {
          hint: 'Run: trowel dig --fresh',
        });
      throw new TrowelError('index-busy', 'Another process is indexing this tree for the first time.', {
        hint: 'Try again in a moment.',
      });
    }
    return { snapshot: read(connection, report ? tree.startedAt : undefined), indexFolder, report };
  } catch (error) {
    if (request.rebuild || !(error instanceof TrowelError) || error.code !== 'data-folder') throw error;
    // The folder cannot be written to: the index still answers if it is true.
    const sealed = upToDate(indexFolder, tree, {
      model: modelNameFor(dataFolder, root, settings.config.search.model),
      isSame: (files, suspects) => suspects.every((source) => hasContent(root, source, files.get(source.path)?.hash)),
    });
    if (!sealed) throw error;
    return { snapshot: read(sealed.connection, tree.startedAt), indexFolder, report: sealed.report };
  }
}

function hasContent(root: string, source: SourceFile, hash: string | undefined): boolean {
  const content = readSource(root, source, Number.MAX_SAFE_INTEGER);
  return content.kind === 'read' && content.content.hash === hash;
}

/** Brings the index up to date; undefined when another process is at it and the patience has run out. */
async function write(
  request: OpenRequest,
  root: string,
  settings: ScanSettings,
  tree: ScannedTree,
  emit: Emit,
): Promise<RefreshReport | undefined> {
  ensureFolder(request.dataFolder);
  const indexFolder = makeIndexFolder(request.dataFolder, root);
  let waited = false;
  const lock = await acquireWriterLock(indexFolder, {
    patience: request.patience ?? READ_PATIENCE,
    signal: request.signal,
    onWait: (holder) => {
      waited = true;
      emit({
        type: 'note',
        message: `Another process${holder === undefined ? '' : ` (${holder})`} is indexing this tree: waiting for it.`,
      });
    },
  });
  if (!lock) {
    emit({ type: 'note', message: 'Another process is indexing this tree: this is what it has committed so far.' });
    return undefined;
  }
  try {
    if (request.rebuild) removeIndex(indexFolder);
    const now = waited ? await walkTree(settings, emit, request.signal) : tree;
    return await build(request, settings, indexFolder, now, emit);
  } finally {
    lock.release();
  }
}

/** Under the lock. An index that turns out to be damaged on the way is built again once. */
async function build(
  request: OpenRequest,
  settings: ScanSettings,
  indexFolder: string,
  tree: ScannedTree,
  emit: Emit,
): Promise<RefreshReport> {
  // Extractors and the linker are half of the program: a question that finds the index up to date starts without them.
  const { makeIndexer } = await import('./make-indexer.ts');
  for (let attempt = 0; ; attempt++) {
    const { connection, rebuilt } = openIndexForWriting(indexFolder);
    if (rebuilt !== undefined) emit({ type: 'note', message: `The index is built again: ${rebuilt}.` });
    let closed = false;
    const close = (): void => {
      if (!closed) connection.close();
      closed = true;
    };
    try {
      const facts = openFactsStore(request.dataFolder);
      try {
        return await makeIndexer({
          connection,
          facts,
          settings,
          dataFolder: request.dataFolder,
          parseAll: request.rebuild,
          retryFailed: request.retryFailed,
        }).refresh(tree, emit, request.signal);
      } finally {
        facts.close();
      }
    } catch (error) {
      if (attempt > 0 || !(error instanceof TrowelError) || error.code !== 'index-damaged') throw error;
      emit({ type: 'note', message: `The index is built again: ${error.message}` });
      close();
      removeIndex(indexFolder);
    } finally {
      close();
    }
  }
}

/** The index, open for reading, when the walk found nothing that it does not know. */
function upToDate(
  indexFolder: string,
  tree: ScannedTree,
  rules: SameRules,
): { readonly connection: Connection; readonly report: RefreshReport } | undefined {
  if (!existsSync(indexFolder)) return undefined;
  const connection = openIndexForReading(indexFolder);
  if (!connection) return undefined;
  let report: RefreshReport | undefined;
  try {
    connection.begin('DEFERRED');
    report = nothingToDo(connection, tree, rules);
  } catch (error) {
    // Whoever opens it for writing finds the note that was left, and makes it anew.
    if (!(error instanceof TrowelError) || error.code !== 'index-damaged') throw error;
  } finally {
    if (!report) {
      connection.rollback();
      connection.close();
    }
  }
  return report && { connection, report };
}

interface SameRules {
  /** What `modelNameFor` says: another model, other vectors. */
  readonly model: string;
  /** The store of facts that the index must have been written beside; another one may not know its files. */
  readonly facts?: string;
  /** Whether files that may have changed have not. */
  readonly isSame?: (files: ReadonlyMap<string, IndexedFile>, suspects: readonly SourceFile[]) => boolean;
  /** Files whose extractor failed are something to do. */
  readonly retryFailed?: boolean;
}

function nothingToDo(connection: Connection, tree: ScannedTree, rules: SameRules): RefreshReport | undefined {
  if (rules.retryFailed === true && hasFailedFiles(connection)) return undefined;
  const meta = readMeta(connection);
  if (meta.get('partial') !== 'false' || !isOfModel(meta.get('searchModel'), rules.model)) return undefined;
  if (rules.facts !== undefined && meta.get('facts') !== rules.facts) return undefined;
  const revision = meta.get('revision') ?? '';
  if (meta.get('walk') === treeMark(tree)) return unchanged(tree.files.length, revision);
  const files = new Map(readIndexedFiles(connection).map((file) => [file.path, file]));
  const refused = readRefused(connection);
  const { suspects, removed } = compareTree(files, new Map(refused.map((file) => [file.path, file])), tree.files);
  if (
    removed.length > 0 ||
    !sameSkips(refused, tree) ||
    (suspects.length > 0 && rules.isSame?.(files, suspects) !== true)
  )
    return undefined;
  return unchanged(tree.files.length, revision);
}

function unchanged(files: number, revision: string): RefreshReport {
  return {
    added: 0,
    changed: 0,
    removed: 0,
    unchanged: files,
    reused: 0,
    linked: 0,
    revision,
    milliseconds: { parse: 0, link: 0, index: 0 },
  };
}

function sameSkips(refused: ReturnType<typeof readRefused>, tree: ScannedTree): boolean {
  const before = refused.filter(({ stamp }) => stamp === undefined).map(({ path, reason }) => `${path}\0${reason}`);
  return (
    before.length === tree.skipped.length &&
    before.sort().join('\n') ===
      tree.skipped
        .map(({ path, reason }) => `${path}\0${reason}`)
        .sort()
        .join('\n')
  );
}
