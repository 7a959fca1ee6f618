/** A parse worker: files come in batches, facts go back as transferred buffers. */
import { parentPort, workerData } from 'node:worker_threads';
import { ParserDied } from '#languages/parser-died.ts';
import { openFactsStore } from '#stores/facts-store.ts';
import { runParseJob } from '#workspace/parse-job.ts';
import { searchModel } from '#workspace/search-model.ts';
import type { BatchReply, BatchRequest, ParseOutcome, WorkerSettings } from '#workspace/parse-protocol.ts';

const port = parentPort!;
const { root, dataFolder, lookUp, maxFileBytes, model, current } = workerData as WorkerSettings;
const cell = new Int32Array(current);
const facts = lookUp ? openFactsStore(dataFolder, { readOnly: true }) : undefined;

// The first buffer that leaves a thread makes V8 throw away all code that was compiled in the belief that none ever does.
const first = new ArrayBuffer(1);
structuredClone(first, { transfer: [first] });

port.on('message', (request: BatchRequest) => {
  void parseBatch(request);
});

async function parseBatch({ jobs }: BatchRequest): Promise<void> {
  const outcomes: ParseOutcome[] = [];
  const buffers = new Set<ArrayBuffer>();
  for (const job of jobs) {
    Atomics.store(cell, 0, job.index);
    const outcome = await attempt(
      () => runParseJob(job, { root, maxFileBytes, facts, model: searchModel(dataFolder, model) }),
      job.index,
    );
    outcomes.push(outcome);
    if (outcome.kind === 'parsed') {
      for (const bytes of [outcome.encoded, outcome.packed, outcome.segment])
        if (isTransferable(bytes)) buffers.add(bytes.buffer as ArrayBuffer);
    }
  }
  Atomics.store(cell, 0, -1);
  port.postMessage({ outcomes } satisfies BatchReply, [...buffers]);
}

/** A view on Node's pooled memory must be copied: its buffer is shared with others. */
function isTransferable(bytes: Uint8Array | undefined): bytes is Uint8Array {
  return bytes !== undefined && bytes.byteLength === bytes.buffer.byteLength;
}

async function attempt(work: () => Promise<ParseOutcome>, index: number): Promise<ParseOutcome> {
  try {
    return await work();
  } catch (error) {
    // In no state to go on: this ends the worker, and the next one starts clean.
    if (error instanceof ParserDied) throw error;
    return { kind: 'failed', index, message: error instanceof Error ? error.message : String(error) };
  }
}
