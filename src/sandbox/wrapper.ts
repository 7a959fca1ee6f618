/** The shell that stands between bubblewrap and a command, and what it tells on its own descriptor. */
import type { Duplex } from 'node:stream';
import type { SandboxExit, SandboxLimits } from './sandbox.ts';
import { exitOfSignal } from './watched-process.ts';

export const CONTROL = 3;

/**
 * It says `up` and waits for `go`: when Trowel died in between, nothing is run. It sets what a process may have of each, and says
 * how the command ended: a shell writes a line to standard error ("Killed") when a signal ended its child; standard error is the
 * control descriptor here, and the command's own is 5. This tells an exit code of 137 from a SIGKILL. $1 open files, $2 tasks,
 * $3 seconds of processor time or "unlimited".
 */
const script = `
echo up >&${CONTROL}
read -r go <&${CONTROL} || exit 125
ulimit -c 0
ulimit -n "$1"
{ ulimit -u "$2" || ulimit -p "$2"; } 2>/dev/null
ulimit -t "$3"
shift 3
exec 5>&2 2>&${CONTROL}
(exec 2>&5 5>&- ${CONTROL}>&-; exec "$@")
echo "=$?" >&${CONTROL}
`;

/**
 * The same where no process namespace ends all at once: a second shell ends the group when Trowel has gone, the first one when the
 * command has ended.
 */
const groupScript = `${script.replace(
  'ulimit -c 0',
  `(exec >/dev/null 2>&1; read -r end <&${CONTROL}; kill -9 0) &
ulimit -c 0`,
)}kill -9 0
`;

/** Threads count against this one, which is only a wall behind the watcher that counts processes. */
const TASKS_PER_PROCESS = 24;

/** The words that run a command inside; the command's own follow. */
export function wrapperWords(limits: SandboxLimits): string[] {
  return wordsOf(script, limits);
}

export function groupWrapperWords(limits: SandboxLimits): string[] {
  return wordsOf(groupScript, limits);
}

function wordsOf(script: string, limits: SandboxLimits): string[] {
  const { processorMilliseconds: milliseconds } = limits;
  const seconds = milliseconds === undefined ? 'unlimited' : String(Math.ceil(milliseconds / 1000) + 1);
  return [
    '/bin/sh',
    '-c',
    script,
    'sh',
    String(limits.openFiles),
    String(limits.processes * TASKS_PER_PROCESS),
    seconds,
  ];
}

export interface Control {
  /** Resolves to true when the command may start; false when the descriptor closed before. */
  readonly up: Promise<boolean>;
  go(): void;
  /** Undefined where the wrapper did not come to its end. */
  exit(): SandboxExit | undefined;
}

/** More than the wrapper says; a command that finds the descriptor fills no memory of ours. */
const KEPT = 4096;

export function controlOf(stream: Duplex): Control {
  let said = '';
  const up = new Promise<boolean>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      if (said.length < KEPT) said += chunk.toString('latin1');
      if (said.startsWith('up\n')) resolve(true);
    });
    stream.on('close', () => resolve(false));
    stream.on('error', () => resolve(false));
  });
  return {
    up,
    go: () => void stream.write('go\n'),
    exit: () => exitOfStatus(said.slice('up\n'.length)),
  };
}

export function exitOfStatus(said: string): SandboxExit | undefined {
  const code = /^=(\d+)$/m.exec(said)?.[1];
  if (code === undefined) return undefined;
  const wasSignalled = said.replace(/^=\d+$/m, '').trim() !== '';
  // A shell says nothing of SIGINT and SIGPIPE.
  if (Number(code) > 128 && (wasSignalled || code === '130' || code === '141')) return exitOfSignal(Number(code) - 128);
  return { kind: 'exited', code: Number(code) };
}
