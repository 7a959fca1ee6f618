/** The official client, talking to the command line as a user's client does. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { projectRoot } from '../e2e/run-trowel.ts';
import type { SampleRepository } from '../e2e/sample-repository.ts';

const program = path.join(projectRoot, 'bin/trowel');
export const eras = ['2025-11-25', '2026-07-28'] as const;
export type Era = (typeof eras)[number];

function environmentOf(
  repository: SampleRepository,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TROWEL_DATA: repository.data, ...extra };
}

function clientOf(era: Era, options: ClientOptions): Client {
  return new Client(
    { name: 'test', version: '1' },
    { ...options, versionNegotiation: { mode: era === '2025-11-25' ? 'legacy' : { pin: era } } },
  );
}

export async function overStdio(
  repository: SampleRepository,
  era: Era,
  words: readonly string[] = [],
  options: ClientOptions = {},
  prepare: (client: Client) => void = () => {},
): Promise<Client> {
  const client = clientOf(era, options);
  prepare(client);
  await client.connect(
    new StdioClientTransport({
      command: program,
      args: ['mcp', ...words],
      cwd: repository.root,
      env: environmentOf(repository),
      stderr: 'ignore',
    }),
  );
  return client;
}

export interface HttpServer {
  readonly url: URL;
  connect(era: Era, headers?: Readonly<Record<string, string>>): Promise<Client>;
  stop(): Promise<number | null>;
}

export async function overHttp(
  repository: SampleRepository,
  words: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<HttpServer> {
  const child = spawn(program, ['mcp', '--http', '--port', '0', ...words], {
    cwd: repository.root,
    env: environmentOf(repository, environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  let said = '';
  const url = await new Promise<URL>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      said += `${line}\n`;
      const found = /http:\/\/\S+\/mcp/.exec(line);
      if (found) resolve(new URL(found[0]));
    });
    child.on('close', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  return {
    url,
    async connect(era, headers = {}) {
      const client = clientOf(era, {});
      await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
      return client;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

interface RawAnswer {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A server to which a test speaks bytes. */
export class RawServer {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  readonly lines: string[] = [];
  #waiting: (() => void) | undefined;

  constructor(repository: SampleRepository, words: readonly string[] = []) {
    this.child = spawn(program, ['mcp', ...words], {
      cwd: repository.root,
      env: environmentOf(repository),
      stdio: 'pipe',
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', resolve);
    });
    createInterface(this.child.stdout).on('line', (line) => {
      this.lines.push(line);
      this.#waiting?.();
    });
    this.child.stdin.on('error', () => {});
    this.child.stderr.resume();
  }

  send(message: unknown): void {
    this.child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
  }

  async open(): Promise<void> {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
    this.send({ jsonrpc: '2.0', id: 'open', method: 'initialize', params });
    await this.answer('open');
    this.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  /** The response to a request. */
  async answer(
    id: unknown,
  ): Promise<{ readonly result?: unknown; readonly error?: { readonly code: number; readonly message: string } }> {
    for (;;) {
      for (const line of this.lines) {
        const message = JSON.parse(line) as RawAnswer;
        if (message.id === id && !('method' in message)) return message;
      }
      await new Promise<void>((resolve, reject) => {
        this.#waiting = resolve;
        void this.ended.then((code) => reject(new Error(`the server ended with ${code}`)));
      });
    }
  }
}
