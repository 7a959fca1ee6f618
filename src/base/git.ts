/** Runs git: never prompting, never through a shell, in a fixed locale, with the user's own configuration for credentials. */
import { spawn } from 'node:child_process';
import { TrowelError } from './errors.ts';

export interface GitOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  /** Settings for this run that win over the repository's. */
  readonly settings?: readonly (readonly [string, string])[];
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

/** A repository's configuration can name programs; reading it must not run them. */
function readingEnvironment(overrides: readonly (readonly [string, string])[]): Record<string, string> {
  return {
    ...ownGitVariables(process.env),
    ...gitSettings([['core.fsmonitor', 'false'], ['core.hooksPath', '/dev/null'], ['core.pager', 'cat'], ...overrides]),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // A partial clone would fetch what it lacks.
    GIT_NO_LAZY_FETCH: '1',
    GCM_INTERACTIVE: 'never',
    LC_ALL: 'C',
  };
}

const STDERR_LIMIT = 64 * 1024;

/** Runs git and returns its result whatever the exit code; throws `git-missing` or `cancelled`. */
export function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'core.quotepath=off', '-c', 'color.ui=false', ...args], {
      cwd: options.cwd,
      env: readingEnvironment(options.settings ?? []),
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

/**
 * Settings that turn off the clean filters which a repository's configuration names: comparing the work tree would run them.
 */
export async function withoutFilters(
  cwd: string,
  signal?: AbortSignal,
): Promise<readonly (readonly [string, string])[]> {
  const names = await runGit(
    ['config', '-z', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|smudge|process|required)$'],
    { cwd, signal },
  );
  return names.stdout
    .toString()
    .split('\0')
    .filter((name) => name !== '')
    .map((name) => [name, name.endsWith('.required') ? 'false' : ''] as const);
}

/** Standard output as text, trimmed; undefined when git fails (the question has no answer here). */
export async function askGit(args: readonly string[], cwd: string, signal?: AbortSignal): Promise<string | undefined> {
  const result = await runGit(args, { cwd, signal });
  return result.exitCode === 0 ? result.stdout.toString().trim() : undefined;
}

/** Variables of git that say where credentials and keys are; all others (`GIT_DIR`, …) would make git look elsewhere. */
const kept = new Set([
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_SSH_VARIANT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_SSL_NO_VERIFY',
  'GIT_EXEC_PATH',
  'GIT_TRACE',
]);

/** An environment in which git looks where it is told to, whatever called Trowel (a hook sets `GIT_DIR`). */
export function ownGitVariables(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined && (!name.startsWith('GIT_') || kept.has(name))) variables[name] = value;
  return variables;
}

/** Settings as variables: they win over the repository's own, and a name may hold any character. */
export function gitSettings(settings: readonly (readonly [string, string])[]): Record<string, string> {
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  settings.forEach(([key, value], at) => {
    variables[`GIT_CONFIG_KEY_${at}`] = key;
    variables[`GIT_CONFIG_VALUE_${at}`] = value;
  });
  return variables;
}
