/** Runs git: never prompting, never through a shell, in a fixed locale, with the user's own configuration for credentials. */
import { spawn } from 'node:child_process';
import { TrowelError } from './errors.ts';

export interface GitOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  /** Bytes for standard input. */
  readonly input?: string;
  /** Receives standard output in pieces; without it the whole is returned. */
  readonly onData?: (chunk: Buffer) => void;
  /** Receives standard error in pieces (progress of clone and fetch). */
  readonly onError?: (chunk: Buffer) => void;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const STDERR_LIMIT = 64 * 1024;

/** Runs git and returns its result whatever the exit code; throws `git-missing` or `cancelled`. */
export function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'core.quotepath=off', '-c', 'color.ui=false', ...args], {
      cwd: options.cwd,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GCM_INTERACTIVE: 'never', LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const chunks: Buffer[] = [];
    let stderr = '';
    let failure: unknown;
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        if (options.onData) options.onData(chunk);
        else chunks.push(chunk);
      } catch (error) {
        failure = error;
        child.kill();
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      options.onError?.(chunk);
      if (stderr.length < STDERR_LIMIT) stderr += chunk.toString();
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') reject(new TrowelError('cancelled', 'Stopped.', { cause: error }));
      else if (error.code === 'ENOENT')
        reject(
          new TrowelError('git-missing', 'git was not found.', {
            hint: 'Install git, or put it on the PATH.',
            cause: error,
          }),
        );
      else reject(error);
    });
    child.on('close', (code) => {
      if (failure !== undefined) reject(failure);
      else resolve({ exitCode: code ?? 1, stdout: Buffer.concat(chunks), stderr });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}

/** Standard output as text, trimmed; undefined when git fails (the question has no answer here). */
export async function askGit(args: readonly string[], cwd: string, signal?: AbortSignal): Promise<string | undefined> {
  const result = await runGit(args, { cwd, signal });
  return result.exitCode === 0 ? result.stdout.toString().trim() : undefined;
}
