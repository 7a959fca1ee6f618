/**
 * Worker threads that parse. A worker that dies or hangs is replaced; the file it was on is given up, the others go on. When all is
 * parsed they read the words of the files that they kept, beside whatever the main thread does then.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { throwIfAborted } from '#base/abort.ts';
import { isCodeLanguage } from '#languages/catalogue.ts';
import { setEngineForWorkers } from './worker-engine.ts';
import { permitsFor, releasePermit } from './permits.ts';
import type { ParseJob, ParseOutcome, WorkerReply, WorkerRequest, WorkerSettings } from './parse-protocol.ts';

/** Bytes of source in one message: large enough to hide its cost, small enough that workers end together. */
const BATCH_BYTES = 128 * 1024;
const BATCH_FILES = 64;
/** One file's limit, in milliseconds. */
const FILE_LIMIT = 20_000;
const WATCH_INTERVAL = 1_000;
const MAX_WORKERS = 8;
/** Batches that wait in the main thread before workers pause: bounds what is in memory at a time. */
const MOST_READY = 24;
/** Source that all workers together may keep until all is parsed, in bytes; of a tree with more nothing is kept, to save memory. */
const MOST_KEPT = 32 * 1024 * 1024;

export interface PoolRequest {
  readonly jobs: readonly ParseJob[];
  readonly settings: Omit<WorkerSettings, 'current' | 'permits' | 'keep'>;
  /** 0 for one a core. */
  readonly workers: number;
  /** One file's limit, in milliseconds. */
  readonly fileLimit?: number;
  readonly signal?: AbortSignal | undefined;
}

/** By job. */
export type LateSegments = ReadonlyMap<number, Uint8Array | undefined>;

export interface ParseRun {
  /** As they come, in batches; every job has exactly one. */
  readonly outcomes: AsyncIterable<readonly ParseOutcome[]>;
  /**
   * After the outcomes: segments of those that came without, by job. Undefined where one cannot be made; where a worker was lost
   * before its turn, there is no entry.
   */
  readonly lateSegments: () => Promise<LateSegments>;
  /** Ends the workers; to be called in any case. */
  readonly close: () => Promise<void>;
}

export function parseInWorkers(request: PoolRequest): ParseRun {
  const pool = new Pool(request);
  async function* outcomes(): AsyncGenerator<readonly ParseOutcome[]> {
    for (;;) {
      throwIfAborted(request.signal);
      const batch = await pool.next();
      if (!batch) return;
      yield batch;
    }
  }
  return { outcomes: outcomes(), lateSegments: () => pool.lateSegments(), close: () => pool.close() };
}

interface Slot {
  readonly worker: Worker;
  readonly cell: Int32Array;
  /** Takes its work from the end of what is left, not from its beginning. */
  readonly fromEnd: boolean;
  jobs: readonly ParseJob[];
  /** It has no more files to parse. */
  isLate: boolean;
  seen: number;
  since: number;
}

class Pool {
  readonly #request: PoolRequest;
  readonly #pending: (readonly ParseJob[])[];
  readonly #ready: (readonly ParseOutcome[])[] = [];
  readonly #slots = new Set<Slot>();
  /** Workers without work until the main thread has caught up. */
  readonly #paused: Slot[] = [];
  readonly #segments = new Map<number, Uint8Array | undefined>();
  readonly #permits: SharedArrayBuffer;
  readonly #keep: number;
  readonly #watchdog: NodeJS.Timeout;
  readonly #resetEngine: () => void;
  #wake: (() => void) | undefined;
  #error: unknown;

  constructor(request: PoolRequest) {
    this.#request = request;
    this.#pending = batches(inOrder(request.jobs));
    this.#resetEngine = setEngineForWorkers();
    const wanted = request.workers > 0 ? request.workers : Math.min(availableParallelism(), MAX_WORKERS);
    const workers = Math.min(wanted, this.#pending.length);
    // The main thread has work of its own meanwhile.
    this.#permits = permitsFor(Math.max(1, workers - 1));
    const bytes = request.jobs.reduce((sum, { source }) => sum + source.stamp.size, 0);
    this.#keep = bytes <= MOST_KEPT ? bytes : 0;
    for (let i = 0; i < workers; i++) this.#start(i % 2 === 1);
    this.#watchdog = setInterval(() => this.#watch(), WATCH_INTERVAL);
    request.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  readonly #onAbort = (): void => this.#wake?.();

  /** Undefined when all is done. */
  async next(): Promise<readonly ParseOutcome[] | undefined> {
    while (this.#ready.length === 0) {
      if (this.#error !== undefined) throw this.#error;
      throwIfAborted(this.#request.signal);
      if ([...this.#slots].every(({ isLate }) => isLate)) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const outcomes = this.#ready.shift();
    for (const slot of this.#paused.splice(0)) if (this.#slots.has(slot)) this.#feed(slot);
    return outcomes;
  }

  async lateSegments(): Promise<LateSegments> {
    releasePermit(this.#permits, this.#slots.size);
    while (this.#slots.size > 0) {
      throwIfAborted(this.#request.signal);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#segments;
  }

  async close(): Promise<void> {
    clearInterval(this.#watchdog);
    this.#request.signal?.removeEventListener('abort', this.#onAbort);
    const slots = [...this.#slots];
    this.#slots.clear();
    await Promise.all(slots.map(({ worker }) => worker.terminate()));
    this.#resetEngine();
  }

  #start(fromEnd: boolean): void {
    const current = new SharedArrayBuffer(4);
    const settings: WorkerSettings = {
      ...this.#request.settings,
      current,
      permits: this.#permits,
      keep: this.#keep,
    };
    const worker = new Worker(workerFile(), { workerData: settings, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    const cell = new Int32Array(current).fill(-1);
    const slot: Slot = { worker, cell, fromEnd, jobs: [], isLate: false, seen: -1, since: performance.now() };
    this.#slots.add(slot);
    worker.on('message', (reply: WorkerReply) => {
      if (!this.#slots.has(slot)) return;
      if (reply.kind === 'segments') {
        for (const { index, segment } of reply.segments) this.#segments.set(index, segment);
        if (reply.last) this.#end(slot);
        return;
      }
      slot.jobs = [];
      this.#deliver(reply.outcomes);
      if (this.#ready.length < MOST_READY) this.#feed(slot);
      else this.#paused.push(slot);
    });
    worker.on('error', (error) => this.#replace(slot, error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#replace(slot, 'the worker ended'));
    this.#feed(slot);
  }

  #feed(slot: Slot): void {
    const jobs = slot.fromEnd ? this.#pending.pop() : this.#pending.shift();
    if (jobs) {
      slot.jobs = jobs;
      slot.since = performance.now();
      slot.worker.postMessage({ kind: 'parse', jobs } satisfies WorkerRequest);
      return;
    }
    slot.isLate = true;
    slot.worker.postMessage({ kind: 'make-segments' } satisfies WorkerRequest);
    this.#wake?.();
  }

  #end(slot: Slot): void {
    this.#slots.delete(slot);
    void slot.worker.terminate();
    this.#wake?.();
  }

  #deliver(outcomes: readonly ParseOutcome[]): void {
    if (outcomes.length > 0) this.#ready.push(outcomes);
    this.#wake?.();
  }

  /** The job at hand is given up; the batch's others are done again by a new worker. */
  #replace(slot: Slot, reason: string): void {
    if (!this.#slots.delete(slot)) return;
    const index = slot.cell[0]!;
    const rest = slot.jobs.filter((job) => job.index !== index);
    if (index < 0 && slot.jobs.length > 0) {
      this.#error = new Error(`A parse worker could not start: ${reason}`);
      this.#wake?.();
      return;
    }
    if (rest.length > 0) this.#pending.unshift(rest);
    if (index >= 0 && slot.isLate) this.#segments.set(index, undefined);
    else if (index >= 0) this.#deliver([{ kind: 'failed', index, message: reason }]);
    void slot.worker.terminate();
    if (this.#pending.length > 0) this.#start(slot.fromEnd);
    else this.#wake?.();
  }

  #watch(): void {
    const limit = this.#request.fileLimit ?? FILE_LIMIT;
    const now = performance.now();
    for (const slot of this.#slots) {
      const index = slot.cell[0]!;
      if (index !== slot.seen) {
        slot.seen = index;
        slot.since = now;
      } else if (index >= 0 && now - slot.since > limit) {
        this.#replace(slot, `it took longer than ${Math.round(limit / 1000)} s`);
      }
    }
  }
}

/**
 * Language by language, and the workers begin at both ends: what V8 compiles for a language is then compiled by few of them.
 * What the native JavaScript parser reads comes first: the buffer that it takes makes V8 collect all garbage and with it much
 * of what was compiled, which is little then.
 */
function inOrder(jobs: readonly ParseJob[]): readonly ParseJob[] {
  const rank = ({ source: { language } }: ParseJob): number =>
    scriptLanguages.has(language) ? 0 : isCodeLanguage(language) ? 1 : 2;
  const language = (job: ParseJob): string => job.source.language;
  return jobs.toSorted(
    (a, b) => rank(a) - rank(b) || (language(a) < language(b) ? -1 : language(a) > language(b) ? 1 : 0),
  );
}

const scriptLanguages: ReadonlySet<string> = new Set([
  'javascript',
  'jsx',
  'typescript',
  'tsx',
  'vue',
  'svelte',
  'astro',
  'html',
]);

function batches(jobs: readonly ParseJob[]): (readonly ParseJob[])[] {
  const made: ParseJob[][] = [];
  let batch: ParseJob[] = [];
  let bytes = 0;
  for (const job of jobs) {
    batch.push(job);
    bytes += job.source.stamp.size;
    if (bytes >= BATCH_BYTES || batch.length >= BATCH_FILES) {
      made.push(batch);
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) made.push(batch);
  return made;
}

/** Beside the bundle, or the source it is made from. */
function workerFile(): string {
  const bundled = path.join(import.meta.dirname, 'parse-worker.mjs');
  return existsSync(bundled) ? bundled : path.join(import.meta.dirname, '../parse-worker.ts');
}
