/** Workers that judge big trees. A file on which a rule hangs or that kills its worker is given up; the others go on. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { throwIfAborted } from '#base/abort.ts';
import type { FileText } from '#judge/file-reporter.ts';
import type { FileJudgement } from '#judge/judge-file.ts';
import type { JudgeReply, JudgeRequest, JudgeWorkerSettings } from './judge-protocol.ts';

const BATCH_UNITS = 256 * 1024;
const BATCH_FILES = 48;
/** One file's limit, in milliseconds. */
const FILE_LIMIT = 20_000;
const WATCH_INTERVAL = 500;
const MAX_WORKERS = 8;

export type PooledFile = FileText & { readonly index: number };

export interface JudgePoolRequest {
  /** Read when a worker has room: what is in memory at a time is bounded. */
  readonly files: Iterator<PooledFile>;
  readonly settings: Omit<JudgeWorkerSettings, 'current'>;
  /** 0 for one a core. */
  readonly workers: number;
  readonly fileLimit?: number;
  readonly onJudged: (index: number, judgement: FileJudgement) => void;
  readonly signal: AbortSignal;
}

/** Every file that the iterator yields is judged exactly once. */
export async function judgeInWorkers(request: JudgePoolRequest): Promise<void> {
  const { files, settings, signal, onJudged } = request;
  const wanted = request.workers > 0 ? request.workers : Math.min(availableParallelism(), MAX_WORKERS);
  const again: PooledFile[] = [];
  const nextBatch = (): PooledFile[] => {
    const batch = again.splice(0, BATCH_FILES);
    let units = batch.reduce((sum, { text }) => sum + text.length, 0);
    while (units < BATCH_UNITS && batch.length < BATCH_FILES) {
      const { value, done } = files.next();
      if (done === true) break;
      batch.push(value);
      units += value.text.length;
    }
    return batch;
  };
  const runWorker = async (): Promise<void> => {
    for (let batch = nextBatch(); batch.length > 0;) {
      throwIfAborted(signal);
      const { rest, failed } = await work(batch);
      if (failed) onJudged(failed.index, givenUp(failed.reason));
      if (!failed) return;
      again.push(...rest);
      batch = nextBatch();
    }
  };
  /** One worker until there is nothing left, or until it dies: then with what it had not done. */
  const work = (
    first: readonly PooledFile[],
  ): Promise<{ rest: readonly PooledFile[]; failed?: { index: number; reason: string } }> =>
    new Promise((resolve, reject) => {
      const cell = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
      const worker = new Worker(workerFile(), {
        workerData: { ...settings, current: cell.buffer } satisfies JudgeWorkerSettings,
        resourceLimits: { maxOldGenerationSizeMb: 1024 },
      });
      let batch = first;
      let seen = -1;
      let since = performance.now();
      let ended = false;
      const end = (): void => {
        ended = true;
        clearInterval(watchdog);
        signal.removeEventListener('abort', onAbort);
        void worker.terminate();
      };
      const giveUp = (reason: string): void => {
        if (ended) return;
        const index = cell[0]!;
        end();
        if (index < 0) reject(new Error(`A worker that judges could not start: ${reason}`));
        else resolve({ rest: batch.filter((file) => file.index !== index), failed: { index, reason } });
      };
      const onAbort = (): void => {
        if (ended) return;
        end();
        try {
          throwIfAborted(signal);
        } catch (error) {
          reject(error as Error);
        }
      };
      const watchdog = setInterval(() => {
        const index = cell[0]!;
        if (index !== seen) {
          seen = index;
          since = performance.now();
        } else if (index >= 0 && performance.now() - since > (request.fileLimit ?? FILE_LIMIT))
          giveUp(`it took longer than ${Math.round((request.fileLimit ?? FILE_LIMIT) / 1000)} s`);
      }, WATCH_INTERVAL);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.on('message', ({ judged }: JudgeReply) => {
        if (ended) return;
        for (const { index, judgement } of judged) onJudged(index, judgement);
        batch = nextBatch();
        if (batch.length > 0) worker.postMessage({ files: batch } satisfies JudgeRequest);
        else {
          end();
          resolve({ rest: [] });
        }
      });
      worker.on('error', (error) => giveUp(error instanceof Error ? error.message : String(error)));
      worker.on('exit', () => giveUp('the worker ended'));
      worker.postMessage({ files: batch } satisfies JudgeRequest);
    });
  await Promise.all(Array.from({ length: wanted }, runWorker));
}

function givenUp(reason: string): FileJudgement {
  return { problems: [], notes: [], suppressions: [], isPartial: true, failures: [{ rule: '*', message: reason }] };
}

/** Beside the bundle, or the source it is made from. */
function workerFile(): string {
  const bundled = path.join(import.meta.dirname, 'judge-worker.mjs');
  return existsSync(bundled) ? bundled : path.join(import.meta.dirname, '../judge-worker.ts');
}
