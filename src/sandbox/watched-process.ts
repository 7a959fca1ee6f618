/** A started program as a `SandboxProcess`: streams, time, output, limits and the reason of its end, alike for all runners. */
import type { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { chunkQueue } from './chunk-queue.ts';
import type { LimitWatch, LimitWatchRequest } from './limit-watch.ts';
import { watchLimits } from './limit-watch.ts';
import type { SandboxExit, SandboxLimit, SandboxLimits, SandboxProcess } from './sandbox.ts';

export interface WatchedRequest {
  /** A child process, or what behaves like one: `close` comes once, when it has ended and its streams have. */
  readonly child: Pick<EventEmitter, 'on'> & {
    readonly stdin: Writable;
    readonly stdout: Readable;
    readonly stderr: Readable;
  };
  readonly limits: SandboxLimits;
  readonly signal: AbortSignal | undefined;
  readonly watch?: Omit<LimitWatchRequest, 'limits' | 'onLimit'>;
  /** Ends the whole process tree at once. May be called when it has gone. */
  kill(): void;
  /** How the command itself ended, where the child's own status does not say. */
  exitOf(code: number | null, signal: string | null): SandboxExit;
}

export interface WatchedProcess extends SandboxProcess {
  /** Bytes; undefined where nothing watched. */
  peakMemoryBytes(): number | undefined;
  /** What the command is measured against is known. */
  readonly isWatched: Promise<void>;
}

/** setTimeout fires at once for longer ones. */
const LONGEST_TIMER = 2 ** 31 - 1;

export function watchedProcess(request: WatchedRequest): WatchedProcess {
  const { child, limits, signal } = request;
  const output = chunkQueue();
  const errors = chunkQueue();
  let forced: SandboxExit | undefined;
  let hasEnded = false;
  let watch: LimitWatch | undefined;
  const end = (reason: SandboxExit): void => {
    if (hasEnded) return;
    forced ??= reason;
    request.kill();
  };
  const onLimit = (limit: SandboxLimit): void => end({ kind: 'limit', limit });
  let left = limits.outputBytes;
  for (const [stream, queue] of [
    [child.stdout, output],
    [child.stderr, errors],
  ] as const) {
    stream.on('data', (chunk: Buffer) => {
      if (left > 0) queue.push(chunk.length > left ? chunk.subarray(0, left) : chunk);
      left -= chunk.length;
      if (left < 0) onLimit('output');
    });
    stream.on('error', () => {});
  }
  child.stdin.on('error', () => {});
  const wall = setTimeout(() => onLimit('wall'), Math.min(limits.wallMilliseconds, LONGEST_TIMER));
  const onAbort = (): void => end({ kind: 'stopped' });
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  if (request.watch) watch = watchLimits({ ...request.watch, limits, onLimit });

  const exit = new Promise<SandboxExit>((resolve) => {
    const finish = (code: number | null, name: string | null): void => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(wall);
      watch?.stop();
      signal?.removeEventListener('abort', onAbort);
      output.end();
      errors.end();
      const own = forced ?? request.exitOf(code, name);
      if (forced || !watch) return resolve(own);
      void watch.lateLimit().then(
        (limit) => resolve(limit ? { kind: 'limit', limit } : own),
        () => resolve(own),
      );
    };
    child.on('close', finish);
    child.on('error', () => finish(null, null));
  });
  return {
    write: (chunk) => void child.stdin.write(chunk),
    endInput: () => child.stdin.end(),
    output,
    errors,
    exit,
    async stop() {
      end({ kind: 'stopped' });
      await exit;
    },
    peakMemoryBytes: () => watch?.peakBytes(),
    isWatched: watch?.ready ?? Promise.resolve(),
  };
}

/** Of two names for one number the usual one comes first (SIGABRT, SIGIOT). */
const signalNames = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name]),
);

export function exitOfSignal(number: number): SandboxExit {
  return { kind: 'signalled', signal: signalNames.get(number) ?? `signal ${number}` };
}
