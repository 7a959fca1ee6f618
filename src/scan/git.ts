/** Runs git so that it never asks, never runs a repository's hooks and never hangs on a dead line. */
import { spawn } from 'node:child_process';
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import { gitSettings, ownGitVariables } from '#base/git.ts';
import type { GitAddress } from './git-address.ts';
import { withoutCredentials } from './git-address.ts';

export interface GitRun {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whose credentials and protocol this run may use. */
  readonly address: GitAddress;
  /** Protocols beside the address's own, for submodules. */
  readonly protocols?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Lines of git's progress, as they come. */
  readonly onProgress?: (line: string) => void;
}

export type GitResult =
  { readonly ok: true; readonly output: string } | { readonly ok: false; readonly message: string };

/** A failing git is a value; a missing one and a cancelled run are errors. */
export async function runGit(words: readonly string[], run: GitRun): Promise<GitResult> {
  throwIfAborted(run.signal);
  const child = spawn('git', words, {
    cwd: run.folder,
    env: gitEnvironment(run),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  let errors = '';
  let pending = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-20_000);
    const lines = (pending + text).split(/[\r\n]+/);
    pending = lines.pop() ?? '';
    for (const line of lines) run.onProgress?.(line);
  });
  let forced: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    forced = setTimeout(() => child.kill('SIGKILL'), 3000);
  };
  run.signal?.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    throwIfAborted(run.signal);
    if (code === 0) return { ok: true, output };
    const said =
      errors
        .split(/[\r\n]+/)
        .filter((line) => /^(?:fatal|error|ssh|remote|Host key|Permission denied|git@|warning: Could not)/i.test(line))
        .slice(-4)
        .join(' ') || errors.trim().slice(-400);
    return { ok: false, message: withoutCredentials(said, run.address) || `git ended with ${String(code)}` };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new TrowelError('git-missing', 'There is no git on this machine.', {
        hint: 'Install git, or give a folder instead of an address.',
        cause,
      });
    throw cause;
  } finally {
    clearTimeout(forced);
    run.signal?.removeEventListener('abort', stop);
  }
}

function gitEnvironment({ environment, address, protocols = [] }: GitRun): Record<string, string> {
  const variables = ownGitVariables(environment);
  // prettier-ignore
  const settings: (readonly [string, string])[] = [
    ['core.hooksPath', '/dev/null'], ['core.fsmonitor', 'false'], ['core.askPass', ''], ['core.longPaths', 'true'], ['credential.interactive', 'false'], ['advice.detachedHead', 'false'],
    // A line that carries less than this many bytes a second for so many seconds is dead.
    ['http.lowSpeedLimit', '100'], ['http.lowSpeedTime', '60'], ['gc.auto', '0'], ['maintenance.auto', 'false'], ['fetch.fsckObjects', 'false'], ['submodule.fetchJobs', '4'],
  ];
  if (address.credentials) {
    const { user, password } = address.credentials;
    // In the environment a secret is neither in the list of processes nor in the clone's configuration.
    settings.push([
      `http.${new URL(address.url).origin}/.extraHeader`,
      `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    ]);
  }
  return {
    ...variables,
    ...gitSettings(settings),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    GIT_SSH_COMMAND: `${variables['GIT_SSH_COMMAND'] ?? (variables['GIT_SSH'] === undefined ? 'ssh' : `"${variables['GIT_SSH']}"`)} -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15`,
    GIT_ALLOW_PROTOCOL: [address.protocol, ...protocols].join(':'),
    GIT_LFS_SKIP_SMUDGE: '1',
    LC_ALL: 'C',
  };
}
