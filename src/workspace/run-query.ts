/** `query` in a child process with limits: whatever the statement does, the caller goes on. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';

export type QueryValue = string | number | null;

export interface QueryRequest {
  readonly indexFolder: string;
  readonly dataFolder: string;
  readonly sql: string;
  readonly maxRows: number;
}

export interface QueryRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly QueryValue[])[];
  /** There were more rows than asked for. */
  readonly truncated: boolean;
}

export type QueryReply =
  ({ readonly kind: 'rows' } & QueryRows) | { readonly kind: 'failed'; readonly message: string };

/** In MiB: of the child's heap. */
const MEMORY = 512;
/** Of what the child may print. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** @param limit in milliseconds */
export async function runQuery(request: QueryRequest, limit: number, signal?: AbortSignal): Promise<QueryRows> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${MEMORY}`, childFile()],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let why: TrowelError | undefined;
  const end = (error: TrowelError): void => {
    why ??= error;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(
    () =>
      end(
        new TrowelError('query-limit', `The query took longer than ${limit / 1000} s.`, {
          hint: 'Narrow it, or give it longer with --limit-seconds.',
        }),
      ),
    limit,
  );
  const onAbort = (): void => end(new TrowelError('cancelled', 'Stopped.'));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const out: Buffer[] = [];
    let bytes = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES)
        end(
          new TrowelError('query-limit', 'The result is larger than 256 MB.', {
            hint: 'Select fewer columns or rows.',
          }),
        );
    });
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString().slice(0, 2000)));
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(request));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (why) throw why;
    if (code !== 0) {
      if (/heap|out of memory/i.test(complaint))
        throw new TrowelError('query-limit', `The query needs more than ${MEMORY} MB.`, {
          hint: 'Select fewer columns or rows.',
        });
      throw new Error(`the query process ended with ${code}: ${complaint}`);
    }
    const reply = JSON.parse(Buffer.concat(out).toString()) as QueryReply;
    if (reply.kind === 'rows') return reply;
    throw new TrowelError('query-invalid', refusal(reply.message), {
      hint: '`trowel query --schema` lists the views and their columns.',
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function refusal(message: string): string {
  if (/not authorized|access to .* is prohibited/.test(message))
    return `Only SELECT on the documented views is allowed (${message}).`;
  return `SQL: ${message}.`;
}

function childFile(): string {
  const bundled = path.join(import.meta.dirname, 'query-worker.mjs');
  return existsSync(bundled) ? bundled : path.join(import.meta.dirname, '../query-worker.ts');
}
