/** One connection that carries both output streams in frames: a byte of 1 or 2, three zeros, the length (32 bits, big end first). */
import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';

const HEADER = 8;

export interface AttachedStreams {
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
}

export function attachedStreams(connection: Duplex): AttachedStreams {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let waiting: Buffer = Buffer.alloc(0);
  connection.on('data', (chunk: Buffer) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    while (waiting.length >= HEADER) {
      const length = waiting.readUInt32BE(4);
      if (waiting.length < HEADER + length) break;
      (waiting[0] === 2 ? stderr : stdout).write(waiting.subarray(HEADER, HEADER + length));
      waiting = waiting.subarray(HEADER + length);
    }
  });
  const end = (): void => {
    stdout.end();
    stderr.end();
  };
  connection.on('end', end);
  connection.on('close', end);
  connection.on('error', end);
  return { stdout, stderr };
}
