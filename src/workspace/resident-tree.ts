/**
 * A tree whose index stays open: a watcher marks what changed, and whoever asks gets a refreshed answer. Other processes may
 * write the same index; this one then reads it anew.
 */
import path from 'node:path';
import { ensureFolder } from '#base/folders.ts';
import { type Emit, silent } from '#base/progress.ts';
import { TrowelError } from '#base/errors.ts';
import { fromWalked, type IndexedFile } from '#index/indexed-file.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { SourceFile } from '#model/source-file.ts';
import { fileStamp } from '#scan/file-stamp.ts';
import { type FactsStore, openFactsStore } from '#stores/facts-store.ts';
import { makeIndexFolder } from '#stores/index-folders.ts';
import { openIndexForReading, openIndexForWriting } from '#stores/index-store.ts';
import type { Connection } from '#stores/sqlite.ts';
import { acquireWriterLock } from '#stores/writer-lock.ts';
import { makeIndexer } from './make-indexer.ts';
import { openSnapshot } from './open-snapshot.ts';
import type { RefreshReport, TreeIndexer } from './tree-indexer.ts';
import { type ScanSettings, walkTree } from './walk-tree.ts';

export interface ResidentRequest {
  readonly settings: ScanSettings;
  readonly dataFolder: string;
  readonly emit?: Emit;
  readonly signal?: AbortSignal | undefined;
}

export class ResidentTree {
  readonly root: string;
  readonly indexFolder: string;
  readonly #request: ResidentRequest;
  readonly #emit: Emit;
  #facts: FactsStore;
  #connection: Connection;
  #indexer: TreeIndexer;
  /** Changed since the last refresh; undefined: everything may have. */
  #dirty: Set<string> | undefined;
  /** Commits by others show here. */
  #version = -1;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(request: ResidentRequest) {
    ensureFolder(request.dataFolder);
    this.#request = request;
    this.#emit = request.emit ?? silent;
    this.root = request.settings.root;
    this.indexFolder = makeIndexFolder(request.dataFolder, this.root);
    this.#facts = openFactsStore(request.dataFolder);
    this.#connection = openIndexForWriting(this.indexFolder).connection;
    this.#indexer = this.#makeIndexer();
  }

  /** Relative paths of the tree that were made, changed or deleted. */
  markDirty(paths: Iterable<string>): void {
    if (!this.#dirty) return;
    for (const changed of paths) this.#dirty.add(changed);
  }

  /** Whatever was noted is not to be trusted: the next refresh walks. */
  markAllDirty(): void {
    this.#dirty = undefined;
  }

  get isDirty(): boolean {
    return this.#dirty === undefined || this.#dirty.size > 0;
  }

  /** Brings the index up to date, one refresh at a time. Undefined: there was nothing to do. */
  refresh(): Promise<RefreshReport | undefined> {
    const next = this.#busy.then(() => this.#refresh());
    this.#busy = next.catch(() => undefined);
    return next;
  }

  /** The index as it stands. Close it. */
  snapshot(): Snapshot {
    const connection = openIndexForReading(this.indexFolder);
    if (!connection)
      throw new TrowelError('index-damaged', 'The index cannot be read.', { hint: 'Run: trowel dig --fresh' });
    return openSnapshot({
      root: this.root,
      connection,
      facts: () => openFactsStore(this.#request.dataFolder, { readOnly: true }),
      asOf: Date.now(),
    });
  }

  async close(): Promise<void> {
    await this.#busy;
    this.#connection.close();
    this.#facts.close();
  }

  async #refresh(): Promise<RefreshReport | undefined> {
    if (!this.#facts.isInPlace()) this.#reopenFacts();
    if (!this.isDirty) return undefined;
    const lock = await acquireWriterLock(this.indexFolder, { patience: Infinity, signal: this.#request.signal });
    if (!lock) return undefined;
    const dirty = this.#dirty;
    this.#dirty = new Set();
    try {
      this.#adoptForeignCommits();
      const startedAt = Date.now();
      const sources = dirty && this.#restat(dirty);
      if (sources)
        return sources.length === 0
          ? undefined
          : await this.#indexer.refreshFiles(sources, startedAt, this.#emit, this.#request.signal);
      const tree = await walkTree(this.#request.settings, this.#emit, this.#request.signal);
      return await this.#indexer.refresh(tree, this.#emit, this.#request.signal);
    } catch (error) {
      this.#dirty = undefined;
      if (error instanceof TrowelError && error.code === 'index-damaged') this.#reopen();
      throw error;
    } finally {
      this.#version = this.#dataVersion();
      lock.release();
    }
  }

  /**
   * The changed files that are indexed and still there, with their stamps; undefined when more than content changed: a file
   * came or went, or one that decides what belongs to the tree.
   */
  #restat(dirty: ReadonlySet<string>): SourceFile[] | undefined {
    const sources: SourceFile[] = [];
    for (const relative of dirty) {
      if (decidesTheTree.has(path.posix.basename(relative))) return undefined;
      const indexed = this.#indexer.files.get(relative);
      const stamp = fileStamp(this.root, {
        path: relative,
        raw: indexed?.rawPath === undefined ? undefined : Buffer.from(indexed.rawPath, 'latin1'),
      });
      if (!indexed && stamp === undefined) continue;
      if (!indexed || stamp === undefined || typeof stamp === 'string') return undefined;
      sources.push({ ...walkedSource(indexed), stamp });
    }
    return sources;
  }

  #adoptForeignCommits(): void {
    if (this.#version >= 0 && this.#dataVersion() !== this.#version) this.#indexer = this.#makeIndexer();
  }

  #dataVersion(): number {
    return this.#connection.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? -1;
  }

  #reopen(): void {
    this.#connection.close();
    this.#connection = openIndexForWriting(this.indexFolder).connection;
    this.#indexer = this.#makeIndexer();
  }

  /** The walk that follows makes the facts that the new store does not have. */
  #reopenFacts(): void {
    this.#facts.close();
    this.#facts = openFactsStore(this.#request.dataFolder);
    this.#indexer = this.#makeIndexer();
    this.markAllDirty();
  }

  #makeIndexer(): TreeIndexer {
    const { settings, dataFolder } = this.#request;
    return makeIndexer({ connection: this.#connection, facts: this.#facts, settings, dataFolder });
  }
}

const decidesTheTree = new Set(['.gitignore', '.trowelignore', '.gitmodules', '.git', 'trowel.config.json']);

/** The file as the walk saw it, before its content was read. */
function walkedSource({ path: at, rawPath, walked, stamp }: IndexedFile): SourceFile {
  return { path: at, ...fromWalked(walked), stamp, ...(rawPath === undefined ? {} : { rawPath }) };
}
