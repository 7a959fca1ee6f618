import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { posix } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { TrowelError } from '#base/errors.ts';
import { procFolderOf, proportionalBytes, useOfNamespace } from '../process-tree.ts';
import type { SandboxCommand, SandboxExit, SandboxLimits } from '../sandbox.ts';
import type { WatchedProcess } from '../watched-process.ts';
import { exitOfSignal, watchedProcess } from '../watched-process.ts';
import { HOME, SYSTEM_PATH } from './bubblewrap-words.ts';

export interface StartRequest {
  readonly root: string;
  /** Whose namespaces are entered. */
  readonly holder: number;
  readonly bubblewrap: string;
  readonly viewWords: readonly string[];
  readonly searchPath: readonly string[];
  readonly seccomp: Uint8Array;
  readonly limits: SandboxLimits;
  /** Bytes that commands wrote, where only a watcher limits them. */
  readonly writtenBytes: (() => Promise<number>) | undefined;
}

const STATUS = 3;
const SECCOMP = 4;
const INFORMATION = 5;

/**
 * Sets what a process may have of each and says on descriptor 3 how the command ended. A shell writes a line to standard error
 * ("Killed") when a signal ended its child; standard error is descriptor 3 here, and the command's own is 5. This tells an exit
 * code of 137 from a SIGKILL. $1 open files, $2 processes, $3 seconds of processor time or "unlimited".
 */
const wrapper = `
ulimit -c 0
ulimit -n "$1"
{ ulimit -u "$2" || ulimit -p "$2"; } 2>/dev/null
ulimit -t "$3"
shift 3
exec 5>&2 2>&${STATUS}
(exec 2>&5 5>&- ${STATUS}>&-; exec "$@")
echo "=$?" >&${STATUS}
`;

/** Threads count against this one, which is only a wall behind the watcher that counts processes. */
const TASKS_PER_PROCESS = 24;

export async function startCommand(
  request: StartRequest,
  command: SandboxCommand,
  signal?: AbortSignal,
): Promise<WatchedProcess> {
  const { limits, root } = request;
  const folder = posix.resolve(root, command.folder ?? '.');
  if (folder !== root && !folder.startsWith(`${root}/`))
    throw new TrowelError('usage', `${command.folder} is not a folder of the tree.`);
  const environment = {
    PATH: [...request.searchPath, SYSTEM_PATH].join(':'),
    HOME,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    TMPDIR: '/tmp',
    USER: 'sandbox',
    ...command.environment,
  };
  const processorSeconds =
    limits.processorMilliseconds === undefined
      ? 'unlimited'
      : String(Math.ceil(limits.processorMilliseconds / 1000) + 1);
  const words = [
    ...['--target', String(request.holder), '--user', '--mount', '--preserve-credentials', '--', request.bubblewrap],
    ...request.viewWords,
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--seccomp', String(SECCOMP), '--json-status-fd', String(INFORMATION), '--chdir', folder, '--'],
    ...['/bin/sh', '-c', wrapper, 'sh', String(limits.openFiles)],
    ...[String(limits.processes * TASKS_PER_PROCESS), processorSeconds, command.program, ...command.arguments],
  ];
  const child = spawn('nsenter', words, {
    cwd: '/',
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  }) as ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };
  const pipes = child.stdio as readonly unknown[];
  const seccomp = pipes[SECCOMP] as Writable;
  seccomp.on('error', () => {});
  seccomp.end(request.seccomp);
  const status = keepText(pipes[STATUS] as Readable);
  const information = keepText(pipes[INFORMATION] as Readable);
  const init = (): number | undefined => Number(/"child-pid": (\d+)/.exec(information.text)?.[1]) || undefined;
  let foundFolder: string | undefined;
  const procFolder = (): string | undefined => {
    const pid = init();
    return (foundFolder ??= pid === undefined ? undefined : procFolderOf(pid));
  };
  const process = watchedProcess({
    child,
    limits,
    signal,
    watch: {
      use: () => {
        const folder = procFolder();
        return folder === undefined ? undefined : useOfNamespace(folder, OURS);
      },
      exactBytes: () => {
        const folder = procFolder();
        return folder === undefined ? 0 : proportionalBytes(folder);
      },
      ...(request.writtenBytes && { writtenBytes: request.writtenBytes }),
    },
    kill: () => kill(child.pid, init()),
    exitOf: () => exitOf(status.text),
  });
  await started(child, information);
  return process;
}

/** Inside: bubblewrap's first process, and the shell that runs `wrapper`. */
const OURS: ReadonlySet<string> = new Set(['1', '2']);

/** The end of its first process ends a process namespace; bubblewrap then ends when all of it has gone. */
function kill(pid: number | undefined, init: number | undefined): void {
  for (const target of init === undefined ? [pid] : [init]) {
    try {
      if (target !== undefined) process.kill(target, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function exitOf(status: string): SandboxExit {
  const code = /^=(\d+)$/m.exec(status)?.[1];
  if (code === undefined) return exitOfSignal(9);
  const wasSignalled = status.replace(/^=\d+$/m, '').trim() !== '';
  // A shell says nothing of SIGINT and SIGPIPE.
  if (Number(code) > 128 && (wasSignalled || code === '130' || code === '141')) return exitOfSignal(Number(code) - 128);
  return { kind: 'exited', code: Number(code) };
}

interface KeptText {
  readonly text: string;
  onText?: () => void;
}

const KEPT = 4096;

function keepText(stream: Readable): KeptText {
  const kept = { text: '', onText: undefined as (() => void) | undefined };
  stream.on('data', (chunk: Buffer) => {
    if (kept.text.length < KEPT) kept.text += chunk.toString('latin1');
    kept.onText?.();
  });
  stream.on('error', () => {});
  return kept as KeptText;
}

/** Resolves when the first process runs. Throws where bubblewrap did not get that far. */
function started(child: ChildProcess, information: KeptText): Promise<void> {
  return new Promise((resolve, reject) => {
    information.onText = resolve;
    child.on('error', (cause) =>
      reject(new TrowelError('sandbox-unavailable', 'nsenter was not found.', { hint: 'Install util-linux.', cause })),
    );
    child.on('exit', () => resolve());
  });
}
