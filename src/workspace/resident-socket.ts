/**
 * How a one-shot command asks a resident process for a refresh instead of walking the tree itself: one line there, one line
 * back. No data crosses: both read the same index.
 */
import { existsSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { RefreshReport } from './tree-indexer.ts';

/** Longest path of a Unix socket on the systems that we support, in bytes. */
const MAX_PATH = 100;
/** A resident process answers at once or not at all; a refresh may then take its time. */
const CONNECT_LIMIT = 200;
const ANSWER_LIMIT = 60_000;
/** A watcher gathers events for up to this long before it tells of them. */
export const WATCH_LATENCY = 500;

export interface ResidentAnswer {
  /** Undefined: nothing had changed. */
  readonly report: RefreshReport | undefined;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

function socketPath(indexFolder: string): string | undefined {
  const place = path.join(indexFolder, 'resident.sock');
  return process.platform === 'win32' || Buffer.byteLength(place) > MAX_PATH ? undefined : place;
}

/** Undefined where the path is too long for a socket. */
export async function serveRefreshes(
  indexFolder: string,
  refresh: () => Promise<RefreshReport | undefined>,
): Promise<net.Server | undefined> {
  const place = socketPath(indexFolder);
  if (place === undefined) return undefined;
  if (existsSync(place) && (await askResident(indexFolder))) return undefined;
  rmSync(place, { force: true });
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const asOf = Date.now() - WATCH_LATENCY;
      refresh().then(
        (report) => socket.end(`${JSON.stringify({ report, asOf })}\n`),
        () => socket.destroy(),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, resolve);
  });
  server.unref();
  return server;
}

/** Undefined when no resident process answers: the caller walks. */
export function askResident(indexFolder: string): Promise<ResidentAnswer | undefined> {
  const place = socketPath(indexFolder);
  if (place === undefined || !existsSync(place)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = net.connect(place);
    let text = '';
    // What was not heard in time ends in `close` with nothing, or half an answer, to parse.
    socket.setTimeout(CONNECT_LIMIT, () => socket.destroy());
    socket.on('connect', () => {
      socket.setTimeout(ANSWER_LIMIT);
      socket.write('refresh\n');
    });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(parsed(text)));
  });
}

function parsed(text: string): ResidentAnswer | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as ResidentAnswer);
  } catch {
    return undefined;
  }
}
