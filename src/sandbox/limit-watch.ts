/** Looks at what a command uses, often enough that a bomb stays small, and says which limit it went over. */
import type { ProcessUse } from './process-tree.ts';
import type { SandboxLimit, SandboxLimits } from './sandbox.ts';

export interface LimitWatchRequest {
  readonly limits: SandboxLimits;
  /** Undefined when the command has ended. */
  use(): ProcessUse | undefined;
  /** Where `use` counts shared pages more than once: the true number, asked for only when it matters. */
  exactBytes?(): number;
  /** The wall of the kernel that something in the command ran into. */
  wallHit?(): SandboxLimit | undefined;
  /** Bytes written so far, where nothing else limits them. */
  writtenBytes?(): Promise<number>;
  onLimit(limit: SandboxLimit): void;
}

export interface LimitWatch {
  stop(): void;
  peakBytes(): number;
  /** Resolves when what was there before is known: a command that starts then cannot pass for having found what it wrote. */
  readonly ready: Promise<void>;
  /** After the end: what happened between two looks. */
  lateLimit(): Promise<SandboxLimit | undefined>;
}

const SHORTEST = 8;
const LONGEST = 40;
const WRITTEN_PAUSE = 200;

export function watchLimits(request: LimitWatchRequest): LimitWatch {
  const { limits } = request;
  let peak = 0;
  let pause = SHORTEST;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
    clearTimeout(writtenTimer);
  };
  const exceed = (limit: SandboxLimit): void => {
    stop();
    request.onLimit(limit);
  };
  const look = (): void => {
    if (isStopped) return;
    const hit = request.wallHit?.();
    if (hit) return exceed(hit);
    const use = request.use();
    if (use) {
      peak = Math.max(peak, use.residentBytes);
      if (use.processes > limits.processes) return exceed('processes');
      if (limits.processorMilliseconds !== undefined && use.processorMilliseconds > limits.processorMilliseconds)
        return exceed('processor');
      if (use.residentBytes > limits.memoryBytes && (request.exactBytes?.() ?? Infinity) > limits.memoryBytes)
        return exceed('memory');
      const isNear = use.residentBytes * 2 > limits.memoryBytes || use.processes * 2 > limits.processes;
      pause = isNear ? SHORTEST : Math.min(LONGEST, pause * 1.3);
    }
    timer = setTimeout(look, pause);
  };
  let atFirst: number | undefined;
  let writtenTimer: NodeJS.Timeout | undefined;
  const lookAtWritten = async (writtenBytes: () => Promise<number>): Promise<void> => {
    const bytes = await writtenBytes();
    if (isStopped) return;
    // A command that comes after one which wrote too much may clean up.
    atFirst ??= bytes;
    if (bytes > Math.max(limits.diskBytes, atFirst)) return exceed('disk');
    writtenTimer = setTimeout(() => void lookAtWritten(writtenBytes), WRITTEN_PAUSE);
  };
  const ready = request.writtenBytes ? lookAtWritten(request.writtenBytes).catch(() => {}) : Promise.resolve();
  const lateLimit = async (): Promise<SandboxLimit | undefined> => {
    const hit = request.wallHit?.();
    if (hit || !request.writtenBytes) return hit;
    return (await request.writtenBytes()) > Math.max(limits.diskBytes, atFirst ?? 0) ? 'disk' : undefined;
  };
  timer = setTimeout(look, 2);
  return { stop, peakBytes: () => peak, ready, lateLimit };
}
