/**
 * One writer per index. The lock is SQLite's own on an empty database: the system drops it when the process dies, however it
 * dies, so that no lock is ever stale. A note beside it says who holds it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import { folderError } from '#base/folders.ts';
import { Connection } from './sqlite.ts';

export interface WriterLock {
  release(): void;
}

export interface LockRequest {
  /** How long to wait, in milliseconds; Infinity waits as long as the signal lets it. */
  readonly patience: number;
  /** Called once, when the wait begins, with the holder's process number if it is known. */
  readonly onWait?: (holder: number | undefined) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Undefined when the patience ran out. */
export async function acquireWriterLock(indexFolder: string, request: LockRequest): Promise<WriterLock | undefined> {
  const note = path.join(indexFolder, 'writer.json');
  const start = performance.now();
  let waited = false;
  for (;;) {
    throwIfAborted(request.signal);
    const connection = tryLock(path.join(indexFolder, 'writer.lock'));
    if (connection) {
      try {
        writeFileSync(note, JSON.stringify({ pid: process.pid }));
      } catch (error) {
        connection.close();
        throw folderError(indexFolder, error);
      }
      return {
        release: () => {
          rmSync(note, { force: true });
          connection.rollback();
          connection.close();
        },
      };
    }
    if (performance.now() - start >= request.patience) return undefined;
    if (!waited) request.onWait?.(holderOf(note));
    waited = true;
    await sleep(25);
  }
}

function tryLock(file: string): Connection | undefined {
  let connection: Connection | undefined;
  try {
    connection = new Connection(file, { busyTimeout: 0, rollbackJournal: true });
    connection.begin('EXCLUSIVE');
    return connection;
  } catch (error) {
    connection?.close();
    if (error instanceof TrowelError && error.code === 'index-busy') return undefined;
    throw error;
  }
}

function holderOf(note: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(note, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' ? pid : undefined;
  } catch {
    return undefined;
  }
}
