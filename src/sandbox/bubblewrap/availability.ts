/** Whether bubblewrap can do here what we ask of it: found by doing it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { SandboxAvailability } from '../sandbox.ts';
import { controllersHere } from '../control-groups/control-groups.ts';
import { SYSTEM_PATH } from './bubblewrap-words.ts';
import { seccompProgram } from './seccomp.ts';

export const bubblewrapProgram = 'bwrap';

interface Answer {
  readonly code: number | string;
  readonly output: string;
}

function ask(program: string, words: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...words],
      { timeout: 10_000, env: { PATH: SYSTEM_PATH, LC_ALL: 'C' } },
      (error, stdout, stderr) =>
        resolve({
          code: error ? ((error.code as number | string | null) ?? 1) : 0,
          output: `${stdout}${stderr}`.trim(),
        }),
    );
  });
}

let known: Promise<SandboxAvailability> | undefined;

export function bubblewrapAvailability(): Promise<SandboxAvailability> {
  known ??= findOut();
  return known;
}

async function findOut(): Promise<SandboxAvailability> {
  if (process.platform !== 'linux')
    return no('bubblewrap is for Linux only', 'On macOS, Seatbelt does the same; elsewhere, a container.');
  if (seccompProgram(process.arch) === undefined)
    return no(`system calls of ${process.arch} cannot be filtered`, 'Use a container.');
  const version = await ask(bubblewrapProgram, ['--version']);
  if (version.code !== 0)
    return no('bubblewrap is not installed', 'Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap.');
  for (const program of ['unshare', 'nsenter'])
    if ((await ask(program, ['--version'])).code === 'ENOENT')
      return no(`${program} is not installed`, 'Install util-linux.');
  const namespaces = await ask('unshare', ['--user', '--map-root-user', '--mount', '--propagation', 'private', 'true']);
  if (namespaces.code !== 0) return no(`user namespaces are denied (${namespaces.output})`, namespaceHint());
  const probe = await ask('unshare', [
    ...['--user', '--map-root-user', '--mount', '--propagation', 'private', bubblewrapProgram, '--unshare-all'],
    ...['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', 'true'],
  ]);
  if (probe.code !== 0)
    return no(
      `bubblewrap cannot set up a sandbox (${probe.output})`,
      'Inside a container, allow it a fresh /proc: docker run --security-opt systempaths=unconfined --security-opt seccomp=unconfined.',
    );
  return { available: true, version: version.output.replace(/^bubblewrap /, ''), walls: wallsInWords() };
}

/** Which of them there is, the strongest first. */
function wallsInWords(): string {
  const held = controllersHere();
  const isBound = process.getuid!() !== 0;
  const processes = held.includes('pids')
    ? 'processes held by a control group'
    : isBound
      ? 'processes held by a limit of the kernel'
      : 'processes watched only (root is bound by no limit, and no control group can be made here)';
  return `${processes}, memory ${held.includes('memory') ? 'by a control group, too' : 'watched'}`;
}

const no = (reason: string, hint: string): SandboxAvailability => ({ available: false, reason, hint });

function namespaceHint(): string {
  const setting = (file: string): string | undefined => {
    try {
      return readFileSync(`/proc/sys/${file}`, 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  if (setting('kernel/unprivileged_userns_clone') === '0')
    return 'sysctl kernel.unprivileged_userns_clone=1 allows them.';
  if (setting('user/max_user_namespaces') === '0') return 'sysctl user.max_user_namespaces=10000 allows them.';
  if (setting('kernel/apparmor_restrict_unprivileged_userns') === '1')
    return 'sysctl kernel.apparmor_restrict_unprivileged_userns=0 allows them, or an AppArmor profile for bwrap and unshare.';
  return 'Inside a container, allow user namespaces (docker run --security-opt seccomp=unconfined), or use the container runner.';
}
