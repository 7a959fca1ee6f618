/** A parse worker: files come in batches, facts go back as transferred buffers; words are read when all is parsed. */
import { parentPort, workerData } from 'node:worker_threads';
import { ParserDied } from '#languages/parser-died.ts';
import type { SegmentInput } from '#search/make-segment.ts';
import { openFactsStore } from '#stores/facts-store.ts';
import { makeSegment, readFacts } from '#workspace/parse-job.ts';
import { acquirePermit, releasePermit } from '#workspace/permits.ts';
import type {
  LateSegment,
  ParseJob,
  ParseOutcome,
  WorkerReply,
  WorkerRequest,
  WorkerSettings,
} from '#workspace/parse-protocol.ts';

const port = parentPort!;
const { root, dataFolder, lookUp, maxFileBytes, model, keep, current, permits } = workerData as WorkerSettings;
const cell = new Int32Array(current);
const facts = lookUp ? openFactsStore(dataFolder, { readOnly: true }) : undefined;

/** Segments in one message. */
const BATCH_SEGMENTS = 64;

/** Files whose segments are put off. */
let kept: { readonly index: number; readonly words: SegmentInput }[] = [];
let keptUnits = 0;

// The first buffer that leaves a thread makes V8 throw away all code that was compiled in the belief that none ever does.
const first = new ArrayBuffer(1);
structuredClone(first, { transfer: [first] });

port.on('message', (request: WorkerRequest) => {
  if (request.kind === 'make-segments') makeKeptSegments();
  else void parseBatch(request.jobs);
});

async function parseBatch(jobs: readonly ParseJob[]): Promise<void> {
  const outcomes: ParseOutcome[] = [];
  const buffers = new Set<ArrayBuffer>();
  for (const job of jobs) {
    Atomics.store(cell, 0, job.index);
    const outcome = await attempt(job);
    outcomes.push(outcome);
    if (outcome.kind === 'parsed') {
      for (const bytes of [outcome.encoded, outcome.packed, outcome.segment])
        if (isTransferable(bytes)) buffers.add(bytes.buffer as ArrayBuffer);
    }
  }
  Atomics.store(cell, 0, -1);
  port.postMessage({ kind: 'parsed', outcomes } satisfies WorkerReply, [...buffers]);
}

/** A view on Node's pooled memory must be copied: its buffer is shared with others. */
function isTransferable(bytes: Uint8Array | undefined): bytes is Uint8Array {
  return bytes !== undefined && bytes.byteLength === bytes.buffer.byteLength;
}

async function attempt(job: ParseJob): Promise<ParseOutcome> {
  const { index } = job;
  try {
    const { outcome, words } = await readFacts(job, { root, maxFileBytes, facts });
    if (!words || outcome.kind !== 'parsed') return outcome;
    if (keptUnits + words.text.length > keep) return { ...outcome, segment: makeSegment(words, model) };
    kept.push({ index, words });
    keptUnits += words.text.length;
    return outcome;
  } catch (error) {
    // In no state to go on: this ends the worker, and the next one starts clean.
    if (error instanceof ParserDied) throw error;
    return { kind: 'failed', index, message: error instanceof Error ? error.message : String(error) };
  }
}

function makeKeptSegments(): void {
  const queue = kept;
  kept = [];
  acquirePermit(permits);
  for (let start = 0; start < queue.length; start += BATCH_SEGMENTS) {
    const segments: LateSegment[] = [];
    for (const { index, words } of queue.slice(start, start + BATCH_SEGMENTS)) {
      Atomics.store(cell, 0, index);
      try {
        segments.push({ index, segment: makeSegment(words, model) });
      } catch {
        segments.push({ index, segment: undefined });
      }
    }
    const buffers = segments.map(({ segment }) => segment).filter(isTransferable);
    port.postMessage(
      { kind: 'segments', segments, last: false } satisfies WorkerReply,
      buffers.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }
  releasePermit(permits);
  Atomics.store(cell, 0, -1);
  port.postMessage({ kind: 'segments', segments: [], last: true } satisfies WorkerReply);
}
