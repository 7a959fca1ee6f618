import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { TrowelError } from '#base/errors.ts';
import type { ControlGroup } from '../control-groups/control-groups.ts';
import { coverInherited, withNothing } from '../inherited-descriptors.ts';
import { openProxyDoor, proxyEnvironment } from '../proxy-door.ts';
import { procFolderOf, proportionalBytes, useOfNamespace } from '../process-tree.ts';
import type { SandboxCommand, SandboxLimits } from '../sandbox.ts';
import type { WatchedProcess } from '../watched-process.ts';
import { exitOfSignal, watchedProcess } from '../watched-process.ts';
import { HOME, SYSTEM_PATH } from './bubblewrap-words.ts';
import type { KernelWalls } from '../wrapper.ts';
import { CONTROL, controlOf, wrapperWords } from '../wrapper.ts';
import { countsByNamespace } from './kernel.ts';

export interface StartRequest {
  readonly root: string;
  /** Whose namespaces are entered. */
  readonly holder: number;
  readonly bubblewrap: string;
  readonly viewWords: readonly string[];
  readonly searchPath: readonly string[];
  readonly seccomp: Uint8Array;
  readonly limits: SandboxLimits;
  /** Of this command alone; undefined where none can be had. */
  readonly group: ControlGroup | undefined;
  /** Bytes that commands wrote, where only a watcher limits them. */
  readonly writtenBytes: (() => Promise<number>) | undefined;
  /** Lets the command reach the registries: the socket of their proxy, and what programs are told. */
  readonly proxy: { readonly socket: string; readonly environment: Readonly<Record<string, string>> } | undefined;
}

const SECCOMP = 4;
const INFORMATION = 5;
const FIRST_DOOR = 6;

/** Inside: bubblewrap's first process, and the shell of the wrapper. */
const OURS: ReadonlySet<string> = new Set(['1', '2']);

/** Resolves when the command runs. Throws `sandbox-failed` where bubblewrap did not get that far. */
export async function startCommand(
  request: StartRequest,
  command: SandboxCommand,
  signal?: AbortSignal,
): Promise<WatchedProcess> {
  const { limits, group } = request;
  const child = withNothing((nothing) => {
    const doors = group?.doors ?? [];
    const others = coverInherited(FIRST_DOOR + doors.length, nothing);
    return spawn('nsenter', commandWords(request, command), {
      cwd: '/',
      env: { PATH: SYSTEM_PATH, LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', ...doors, ...others],
    });
  }) as ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };
  const pipes = child.stdio as readonly unknown[];
  const seccomp = pipes[SECCOMP] as Writable;
  seccomp.on('error', () => {});
  seccomp.end(request.seccomp);
  const control = controlOf(pipes[CONTROL] as Duplex);
  const init = firstProcess(pipes[INFORMATION] as Readable);
  let foundFolder: string | undefined;
  const procFolder = (): string | undefined => (foundFolder ??= procFolderOf(init.pid));
  let spawnError: NodeJS.ErrnoException | undefined;
  child.on('error', (error) => (spawnError = error));
  const running = watchedProcess({
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
      ...(group && { wallHit: () => group.wallHit() }),
      ...(request.writtenBytes && { writtenBytes: request.writtenBytes }),
    },
    kill: init.kill,
    exitOf: () => control.exit() ?? exitOfSignal(9),
  });
  await running.isWatched;
  if (await control.up) {
    if (request.proxy && init.pid !== undefined) {
      const door = await openProxyDoor(init.pid, request.proxy.socket, ['--user', '--net', '--preserve-credentials']);
      if (door) void running.exit.then(() => door.close());
    }
    if (group && !group.isEntered()) enterFromOutside(group, init.pid);
    control.go();
  } else await failUnlessForced(running, command, spawnError);
  return running;
}

function commandWords(request: StartRequest, command: SandboxCommand): string[] {
  const { root } = request;
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
    ...(request.proxy && { ...proxyEnvironment, ...request.proxy.environment }),
    ...command.environment,
  };
  return [
    ...['--target', String(request.holder), '--user', '--mount', '--preserve-credentials', '--', request.bubblewrap],
    ...request.viewWords,
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--seccomp', String(SECCOMP), '--json-status-fd', String(INFORMATION), '--chdir', folder, '--'],
    ...wrapperWords(request.limits, wallsOf(request)),
    command.program,
    ...command.arguments,
  ];
}

/** Two processes of the sandbox itself that the kernel counts for the command's user, and one more than allowed: the watcher sees it. */
const OWN_TASKS = 3;
/** Where all processes of the user are counted, not only those of the command's namespace. */
const USERS_TASKS = 8192;

function wallsOf({ limits, group }: StartRequest): KernelWalls {
  return {
    tasksOfUser: limits.processes + (countsByNamespace ? OWN_TASKS : USERS_TASKS),
    doors: (group?.doors ?? []).map((_, at) => FIRST_DOOR + at),
  };
}

/** Before Linux 5.16 it matters who writes, not who opened the file: what stands inside may be refused. */
function enterFromOutside(group: ControlGroup, init: number | undefined): void {
  try {
    const children = readFileSync(`/proc/${init}/task/${init}/children`, 'utf8').split(' ').filter(Boolean);
    for (const pid of children) group.move(Number(pid));
  } catch {
    // Then the watcher is what there is.
  }
}

/**
 * bubblewrap's first process inside. Its end ends all of a process namespace, and bubblewrap then ends when nothing is left. Killed
 * before it is known: bubblewrap itself must not be, since what it has begun might go on without it.
 */
function firstProcess(information: Readable): { readonly pid: number | undefined; kill(): void } {
  let said = '';
  let isKilled = false;
  const first = {
    pid: undefined as number | undefined,
    kill() {
      isKilled = true;
      try {
        if (first.pid !== undefined) process.kill(first.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    },
  };
  information.on('data', (chunk: Buffer) => {
    if (first.pid !== undefined) return;
    said += chunk.toString();
    first.pid = Number(/"child-pid": (\d+)/.exec(said)?.[1]) || undefined;
    if (isKilled) first.kill();
  });
  information.on('error', () => {});
  return first;
}

async function failUnlessForced(
  running: WatchedProcess,
  command: SandboxCommand,
  cause: NodeJS.ErrnoException | undefined,
): Promise<void> {
  const exit = await running.exit;
  if (exit.kind === 'stopped' || exit.kind === 'limit') return;
  if (cause?.code === 'ENOENT')
    throw new TrowelError('sandbox-unavailable', 'nsenter was not found.', { hint: 'Install util-linux.', cause });
  if (cause?.code === 'E2BIG')
    throw new TrowelError('sandbox-failed', 'The command line is too long.', { hint: 'Pass it in a file.', cause });
  let said = '';
  for await (const chunk of running.errors) said += Buffer.from(chunk).toString();
  throw new TrowelError('sandbox-failed', `${command.program} was not started: ${said.trim() || String(cause)}.`);
}
