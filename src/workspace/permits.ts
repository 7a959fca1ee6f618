/** A semaphore that worker threads share: how many of them may work at a time while the main thread does. */

export function permitsFor(count: number): SharedArrayBuffer {
  const cell = new SharedArrayBuffer(4);
  new Int32Array(cell)[0] = count;
  return cell;
}

/** Blocks the thread until there is one: never call it on the main thread. */
export function acquirePermit(permits: SharedArrayBuffer): void {
  const cell = new Int32Array(permits);
  for (;;) {
    const left = Atomics.load(cell, 0);
    if (left <= 0) Atomics.wait(cell, 0, left);
    else if (Atomics.compareExchange(cell, 0, left, left - 1) === left) return;
  }
}

export function releasePermit(permits: SharedArrayBuffer, count = 1): void {
  const cell = new Int32Array(permits);
  Atomics.add(cell, 0, count);
  Atomics.notify(cell, 0, count);
}
