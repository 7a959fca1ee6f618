/** One command is one container: it is made, attached to, started and, when it has ended, removed. */
import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import type { ProxyDoor } from '../proxy-door.ts';
import { openProxyDoor } from '../proxy-door.ts';
import { procFolderOf, proportionalBytes, useOfNamespace } from '../process-tree.ts';
import type { SandboxCommand, SandboxLimits } from '../sandbox.ts';
import type { WatchedProcess } from '../watched-process.ts';
import { exitOfSignal, watchedProcess } from '../watched-process.ts';
import { attachedStreams } from './attached-streams.ts';
import { CONTROL_FOLDER, containerWords, endOf } from './container-wrapper.ts';
import type { Engine } from './engine.ts';
import type { Mount } from './image.ts';

export interface ContainerRequest {
  readonly engine: Engine;
  readonly image: string;
  readonly user: string;
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly limits: SandboxLimits;
  readonly securityOptions: readonly string[];
  readonly userNamespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Of the host, new: for the pipe and the status of this command. */
  readonly controlFolder: string;
  /** Lets the command reach the registries. */
  readonly proxySocket: string | undefined;
  writtenBytes(): Promise<number>;
}

const SHARED_MEMORY_PART = 0.25;
/** Inside: the first shell, and the one that waits for our end. */
const OURS: ReadonlySet<string> = new Set(['1', '2']);
/** The kernel lets one more than is allowed begin: the watcher sees that one. */
const ONE_MORE = 1;
/** Counted for the user by the kernel, and the machine may have the same user: a wall far behind the others. */
const USERS_TASKS = 4096;
/** How long the last output may take after a container has ended. Milliseconds. */
const LAST_OUTPUT = 3000;

export async function runContainer(
  request: ContainerRequest,
  command: SandboxCommand,
  signal?: AbortSignal,
): Promise<WatchedProcess> {
  const { engine, limits, controlFolder } = request;
  const alive = await makeControl(controlFolder);
  let id = '';
  let connection: Duplex;
  let watched: string | undefined;
  let door: ProxyDoor | undefined;
  try {
    const made = await engine.ask('POST', '/containers/create', containerOf(request, command));
    id = (made.body as { Id: string }).Id;
    connection = await engine.hijack(`/containers/${id}/attach?stream=1&stdin=1&stdout=1&stderr=1`);
    await engine.ask('POST', `/containers/${id}/start`);
    // Podman fails here for a container that ends meanwhile.
    const answer = await engine.ask('GET', `/containers/${id}/json`, undefined, [404]).catch(() => undefined);
    const pid = (answer?.body as { State?: { Pid?: number } } | undefined)?.State?.Pid || undefined;
    watched = procFolderOf(pid);
    if (request.proxySocket !== undefined && pid !== undefined) {
      const spaces = process.getuid!() === 0 ? ['--net'] : ['--user', '--net', '--preserve-credentials'];
      door = await openProxyDoor(pid, request.proxySocket, spaces);
    }
  } catch (error) {
    if (id !== '') await engine.ask('DELETE', `/containers/${id}?force=1&v=1`, undefined, [404, 409]).catch(() => {});
    await alive.close();
    throw error;
  }
  let status = '';
  const streams = attachedStreams(connection);
  const child = Object.assign(new EventEmitter(), { stdin: connection, ...streams });
  const remove = (): Promise<unknown> =>
    engine.ask('DELETE', `/containers/${id}?force=1&v=1`, undefined, [404, 409]).catch(() => {});
  const running = watchedProcess({
    child,
    limits,
    signal,
    watch: {
      use: () => (watched === undefined ? undefined : useOfNamespace(watched, OURS)),
      exactBytes: () => (watched === undefined ? 0 : proportionalBytes(watched)),
      writtenBytes: () => request.writtenBytes(),
    },
    kill: () => void remove(),
    exitOf: () => endOf(status, limits).exit ?? exitOfSignal(9),
  });
  const ended = new Promise<void>((resolve) => {
    streams.stderr.on('end', resolve);
    child.on('removed', () => setTimeout(resolve, LAST_OUTPUT).unref());
  });
  void (async () => {
    await engine.ask('POST', `/containers/${id}/wait`, undefined, [404]).catch(() => {});
    status = await readFile(path.join(controlFolder, 'status'), 'utf8').catch(() => '');
    await remove();
    child.emit('removed');
    door?.close();
    await alive.close();
    await ended;
    connection.destroy();
    child.emit('close', null, null);
  })();
  return { ...running, peakMemoryBytes: () => endOf(status, limits).peakBytes ?? running.peakMemoryBytes() };
}

/** Open for reading, too: opening a pipe for writing alone waits for its reader. */
async function makeControl(folder: string): Promise<FileHandle> {
  await mkdir(folder, { mode: 0o755 });
  const pipe = path.join(folder, 'alive');
  await promisify(execFile)('mkfifo', ['-m', '666', pipe]);
  await writeFile(path.join(folder, 'status'), '');
  // Whoever the command runs as.
  await chmod(path.join(folder, 'status'), 0o666);
  return open(pipe, constants.O_RDWR | constants.O_NONBLOCK);
}

function containerOf(request: ContainerRequest, command: SandboxCommand): unknown {
  const { limits } = request;
  const tasks = limits.processes + OURS.size + ONE_MORE;
  const usersTasks = tasks + USERS_TASKS;
  const bind = ({ source, target, writable }: Mount): string => `${source}:${target}${writable ? '' : ':ro'}`;
  const mounts = [...request.mounts, { source: request.controlFolder, target: CONTROL_FOLDER, writable: true }];
  return {
    Image: request.image,
    Cmd: containerWords(request.folder, command.program, command.arguments),
    Entrypoint: [],
    Env: Object.entries(request.environment).map(([name, value]) => `${name}=${value}`),
    User: request.user,
    WorkingDir: '/',
    Hostname: 'sandbox',
    Labels: request.labels,
    ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, OpenStdin: true, StdinOnce: true, Tty: false },
    NetworkDisabled: true,
    HostConfig: {
      Binds: mounts.map(bind),
      NetworkMode: 'none',
      IpcMode: 'private',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      Privileged: false,
      SecurityOpt: request.securityOptions,
      ...(request.userNamespace !== undefined && { UsernsMode: request.userNamespace }),
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      PidsLimit: tasks,
      ShmSize: Math.floor(limits.diskBytes * SHARED_MEMORY_PART),
      Ulimits: [
        { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
        { Name: 'nproc', Soft: usersTasks, Hard: usersTasks },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      LogConfig: { Type: 'none', Config: {} },
    },
  };
}
