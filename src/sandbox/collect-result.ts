/** Runs a command to its end: `run` in terms of `start`, alike for all runners. */
import type { SandboxResult } from './sandbox.ts';
import type { WatchedProcess } from './watched-process.ts';

export async function collectResult(start: () => Promise<WatchedProcess>): Promise<SandboxResult> {
  const began = performance.now();
  const process = await start();
  process.endInput();
  const [output, errors, exit] = await Promise.all([text(process.output), text(process.errors), process.exit]);
  return {
    exit,
    output,
    errors,
    milliseconds: performance.now() - began,
    peakMemoryBytes: process.peakMemoryBytes(),
  };
}

async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Uint8Array[] = [];
  for await (const chunk of chunks) kept.push(chunk);
  return Buffer.concat(kept).toString('utf8');
}
