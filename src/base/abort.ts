import { TrowelError } from './errors.ts';

/** Throws `cancelled` once the signal has fired. Long loops call it every few hundred steps. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new TrowelError('cancelled', 'Stopped.', { cause: signal.reason });
}
