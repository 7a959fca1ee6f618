/**
 * A tree that a resident process answers for: its index follows the tree, and its snapshot stays open between questions. Where
 * another process (`dig --watch`, another server) is resident for the tree already, that one is asked, and nothing is watched
 * twice; when it goes, this one takes over.
 */
import type { Server } from 'node:net';
import { TrowelError } from '#base/errors.ts';
import { throwIfAborted } from '#base/abort.ts';
import { type Emit, silent } from '#base/progress.ts';
import { openIndexForReading } from '#stores/index-store.ts';
import { indexFolderOf } from '#stores/index-folders.ts';
import { openFactsStore } from '#stores/facts-store.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { openSnapshot } from './open-snapshot.ts';
import type { OpenedWorkspace } from './open-workspace.ts';
import { askResident, serveRefreshes, WATCH_LATENCY } from './resident-socket.ts';
import { ResidentTree } from './resident-tree.ts';
import { SharedSnapshot } from './shared-snapshot.ts';
import type { RefreshReport } from './tree-indexer.ts';
import type { ScanSettings } from './walk-tree.ts';
import { type Watching, watchTree } from './watch-tree.ts';

/** Milliseconds that a question waits for a refresh: clients give up after a minute, as a rule. */
const PATIENCE = 20_000;

export interface ReaderRequest {
  readonly settings: ScanSettings;
  readonly dataFolder: string;
  /** What is no answer to a question: that the tree cannot be watched, that a refresh in the background failed. */
  readonly emit: Emit;
}

interface Own {
  readonly tree: ResidentTree;
  readonly watching: Watching;
  readonly server: Server | undefined;
}

interface Fresh {
  readonly report: RefreshReport | undefined;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

export class ResidentReader {
  readonly root: string;
  readonly #request: ReaderRequest;
  readonly #indexFolder: string;
  /** Who is asking now, and hears of progress. */
  readonly #listeners = new Set<Emit>();
  #own: Promise<Own> | undefined;
  #shared: SharedSnapshot | undefined;
  #closed = false;

  constructor(request: ReaderRequest) {
    this.#request = request;
    this.root = request.settings.root;
    this.#indexFolder = indexFolderOf(request.dataFolder, this.root);
  }

  /**
   * The index, up to date, and what was done for it. Where that takes long (a first dig), what is committed so far, which its
   * freshness says. Close the snapshot. A signal stops the waiting, not the refresh.
   */
  async open(scope: string, emit: Emit = silent, signal?: AbortSignal): Promise<OpenedWorkspace> {
    const started = performance.now();
    this.#listeners.add(emit);
    try {
      const refreshing = orAborted(this.#refresh(), signal);
      const early = await Promise.race([refreshing, after(PATIENCE)]);
      const committed = early ? undefined : this.#newest();
      const fresh = early ?? (committed ? undefined : await refreshing);
      if (committed) refreshing.catch(() => undefined);
      const shared = committed ?? this.#newest();
      if (!shared)
        throw new TrowelError('index-damaged', 'The index cannot be read.', { hint: 'Ask again: it is made anew.' });
      return {
        snapshot: shared.lease(fresh?.asOf),
        root: this.root,
        scope,
        indexFolder: this.#indexFolder,
        report: fresh?.report,
        notes: [],
        indexBytes: 0,
        milliseconds: performance.now() - started,
      };
    } finally {
      this.#listeners.delete(emit);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#shared?.supersede();
    this.#shared = undefined;
    const own = await this.#own?.catch(() => undefined);
    if (!own) return;
    own.server?.close();
    await own.watching.stop();
    await own.tree.close();
  }

  async #refresh(): Promise<Fresh> {
    if (!this.#own) {
      const answer = await askResident(this.#indexFolder);
      if (answer) return answer;
      this.#own ??= this.#takeOver();
      // What did not come about is tried again by the next question.
      this.#own.catch(() => (this.#own = undefined));
    }
    const { tree } = await this.#own;
    const report = await tree.refresh();
    return { report, asOf: Date.now() - WATCH_LATENCY };
  }

  async #takeOver(): Promise<Own> {
    const { settings, dataFolder } = this.#request;
    const tell: Emit = (event) => {
      for (const listener of this.#listeners) listener(event);
    };
    const tree = new ResidentTree({ settings, dataFolder, emit: tell });
    const refreshInBackground = (): void => {
      if (this.#closed) return;
      tree.refresh().catch((error: unknown) => {
        this.#request.emit({ type: 'warning', message: error instanceof Error ? error.message : String(error) });
      });
    };
    try {
      // Watch first: what changes during the first refresh is then not missed.
      const watching = await watchTree(tree, refreshInBackground, this.#request.emit);
      const server = await serveRefreshes(this.#indexFolder, () => tree.refresh());
      return { tree, watching, server };
    } catch (error) {
      await tree.close();
      throw error;
    }
  }

  /** The open snapshot where it is still of the index's revision, else a new one; undefined where there is no index. */
  #newest(): SharedSnapshot | undefined {
    const { dataFolder } = this.#request;
    const connection = openIndexForReading(this.#indexFolder);
    if (!connection) return undefined;
    const facts = (): ReturnType<typeof openFactsStore> => openFactsStore(dataFolder, { readOnly: true });
    const newest = openSnapshot({ root: this.root, connection, facts, asOf: undefined });
    const before = this.#shared;
    const state = ({ freshness: { revision, level, partial } }: Pick<Snapshot, 'freshness'>): string =>
      `${revision} ${level} ${partial}`;
    if (before && state(before) === state(newest)) {
      newest.close();
      return before;
    }
    this.#shared = new SharedSnapshot(newest);
    before?.supersede();
    return this.#shared;
  }
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
}

/** Waits no longer than the caller wants; the work goes on for others. */
function orAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work;
  throwIfAborted(signal);
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      try {
        throwIfAborted(signal);
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
