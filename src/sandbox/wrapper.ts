/** The shell that stands between bubblewrap and a command, and what it tells on its own descriptor. */
import type { Duplex } from 'node:stream';
import type { SandboxExit, SandboxLimits } from './sandbox.ts';
import { exitOfSignal } from './watched-process.ts';

export const CONTROL = 3;

/**
 * It says `up` and waits for `go`: when Trowel died in between, nothing is run. It sets what a process may have of each, and says
 * how the command ended: a shell writes a line to standard error ("Killed") when a signal ended its child; standard error is the
 * control descriptor here, and the command's own is 5. This tells an exit code of 137 from a SIGKILL. $1 open files, $2 tasks,
 * $3 seconds of processor time or "unlimited", $4 the descriptors through which control groups are entered.
 */
const script = `
for door in $4; do eval "echo 0 >&$door; exec $door>&-" 2>/dev/null; done
echo up >&${CONTROL}
read -r go <&${CONTROL} || exit 125
ulimit -c 0
ulimit -n "$1"
{ ulimit -u "$2" || ulimit -p "$2"; } 2>/dev/null
ulimit -t "$3"
shift 4
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

/** What the kernel holds for a command. */
export interface KernelWalls {
  /** Of the user in the command's namespace, the sandbox's own processes with them. Does not bind the machine's root. */
  readonly tasksOfUser: number;
  readonly doors?: readonly number[];
}

/** The words that run a command inside; the command's own follow. */
export function wrapperWords(limits: SandboxLimits, walls: KernelWalls): string[] {
  return wordsOf(script, limits, walls);
}

export function groupWrapperWords(limits: SandboxLimits, walls: KernelWalls): string[] {
  return wordsOf(groupScript, limits, walls);
}

function wordsOf(script: string, limits: SandboxLimits, { tasksOfUser, doors = [] }: KernelWalls): string[] {
  const { processorMilliseconds: milliseconds } = limits;
  const seconds = milliseconds === undefined ? 'unlimited' : String(Math.ceil(milliseconds / 1000) + 1);
  return ['/bin/sh', '-c', script, 'sh', String(limits.openFiles), String(tasksOfUser), seconds, doors.join(' ')];
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
