import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { permitsFor, releasePermit } from './permits.ts';

const source = `
import { parentPort, workerData } from 'node:worker_threads';
const { acquirePermit, releasePermit } = await import(workerData.module);
const inside = new Int32Array(workerData.inside);
acquirePermit(workerData.permits);
const now = Atomics.add(inside, 0, 1) + 1;
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
Atomics.sub(inside, 0, 1);
releasePermit(workerData.permits);
parentPort.postMessage(now);
`;

function together(permits: SharedArrayBuffer, count: number): Promise<number[]> {
  const inside = new SharedArrayBuffer(4);
  const module = new URL('permits.ts', import.meta.url).href;
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<number>((resolve, reject) => {
          const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
          const worker = new Worker(url, { workerData: { permits, inside, module } });
          worker.once('message', resolve).once('error', reject);
        }),
    ),
  );
}

it('lets in as many threads as there are permits, and in the end each of them', async () => {
  expect(Math.max(...(await together(permitsFor(1), 4)))).toBe(1);
  expect(Math.max(...(await together(permitsFor(2), 4)))).toBeLessThanOrEqual(2);
});

it('threads that wait go on when permits are added', async () => {
  const permits = permitsFor(0);
  const ended = together(permits, 2);
  releasePermit(permits, 2);
  expect(await ended).toHaveLength(2);
});
