/** Composition root of the command line. */
import { enableCompileCache } from 'node:module';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { resolveFolders } from '#base/folders.ts';

function packageVersion(): string {
  const text = readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The first interrupt asks for a clean stop, the second ends at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

/** `trowel … | head`: when nobody reads any more, there is nothing left to do. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.stderr.on('error', () => {});
}

async function readInput(mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= mostBytes) continue;
    throw new TrowelError('too-large', `Standard input is longer than ${mostBytes} bytes.`, {
      hint: 'Pass a shorter piece.',
    });
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const version = packageVersion();
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    process.stdout.write(`${version}\n`);
    return;
  }
  const signal = interruptSignal();
  endWithReader();
  const { cache } = resolveFolders({ platform: process.platform, environment: process.env, home: os.homedir() });
  enableCompileCache(path.join(cache, 'compiled'));
  const { runCommandLine } = await import('#doors/cli/run-command-line.ts');
  const { makeServices } = await import('./make-services.ts');
  const { operationCatalogue } = await import('#operations/registry.ts');
  const code = await runCommandLine({
    words,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    version,
    catalogue: operationCatalogue,
    signal,
    services: (configFlags) => makeServices({ version, configFlags, operations: operationCatalogue, readInput }),
  });
  process.exit(code);
}

await main();
