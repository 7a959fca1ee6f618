/** The Docker Engine API over its unix socket, as Docker and Podman speak it. https://docs.docker.com/reference/api/engine/ */
import http from 'node:http';
import type { Duplex } from 'node:stream';
import { TrowelError } from '#base/errors.ts';

export interface EngineAnswer {
  readonly status: number;
  /** Parsed where it is JSON, else text. */
  readonly body: unknown;
}

export interface Engine {
  /** Throws `sandbox-failed` with the engine's words for a status of 400 and above, unless it is among `expected`. */
  ask(method: string, path: string, body?: unknown, expected?: readonly number[]): Promise<EngineAnswer>;
  /** The connection itself, once the engine has answered. */
  hijack(path: string): Promise<Duplex>;
}

const VERSION = '/v1.40';

export function engineAt(socketPath: string): Engine {
  const request = (method: string, path: string, headers: http.OutgoingHttpHeaders): http.ClientRequest =>
    http.request({
      socketPath,
      method,
      path: `${VERSION}${path}`,
      headers: { host: 'localhost', ...headers },
      agent: false,
    });
  return {
    ask(method, path, body, expected = []) {
      return new Promise((resolve, reject) => {
        const isBytes = body instanceof Uint8Array;
        const text = body === undefined || isBytes ? body : JSON.stringify(body);
        const asked = request(method, path, {
          ...(text !== undefined && {
            'content-type': isBytes ? 'application/x-tar' : 'application/json',
            'content-length': Buffer.byteLength(text),
          }),
        });
        asked.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const status = response.statusCode ?? 0;
            const answer = { status, body: parsed(Buffer.concat(chunks).toString()) };
            if (status < 400 || expected.includes(status)) resolve(answer);
            else reject(new TrowelError('sandbox-failed', `The container engine refused: ${messageOf(answer.body)}`));
          });
        });
        asked.on('error', reject);
        asked.end(text);
      });
    },
    hijack(path) {
      return new Promise((resolve, reject) => {
        const asked = request('POST', path, { connection: 'Upgrade', upgrade: 'tcp', 'content-length': 0 });
        asked.on('upgrade', (_response, socket, head) => {
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
        });
        asked.on('response', (response) => {
          let said = '';
          response.on('data', (chunk: Buffer) => (said += chunk.toString()));
          response.on('end', () =>
            reject(
              new TrowelError('sandbox-failed', `The container engine did not attach: ${messageOf(parsed(said))}`),
            ),
          );
        });
        asked.on('error', reject);
        asked.end();
      });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function messageOf(body: unknown): string {
  const said = typeof body === 'object' && body !== null ? (body as { message?: unknown }).message : body;
  return String(said).trim();
}
