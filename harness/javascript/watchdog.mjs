/** Ends the process when a piece of work takes too long, even one that never gives the thread back. */
import fs from 'node:fs';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

/** How often the other thread looks, in milliseconds. */
const INTERVAL = 20;

/**
 * `arm(number, milliseconds)` before a piece of work, `disarm()` behind it. When the time is over, `{"event":"timeout","work":number}`
 * is written to the file of that descriptor and the process is killed.
 */
export function startWatchdog(descriptor) {
  const state = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(new URL(import.meta.url), { workerData: { state, descriptor }, stdin: false });
  worker.unref();
  const started = Date.now();
  return {
    arm(work, milliseconds) {
      state[1] = work;
      Atomics.store(state, 0, Date.now() - started + Math.ceil(milliseconds));
    },
    disarm() {
      Atomics.store(state, 0, 0);
    },
    stop: () => worker.terminate(),
  };
}

if (!isMainThread && workerData && workerData.state) {
  const { state, descriptor } = workerData;
  const started = Date.now();
  for (;;) {
    Atomics.wait(state, 3, 0, INTERVAL);
    const deadline = Atomics.load(state, 0);
    if (deadline > 0 && Date.now() - started > deadline) {
      fs.writeSync(descriptor, `${JSON.stringify({ event: 'timeout', work: state[1] })}\n`);
      process.kill(process.pid, 'SIGKILL');
    }
  }
}
