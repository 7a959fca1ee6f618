/** Containers of Docker or Podman, through the Engine's API. A command is a container; all share the copy of the tree. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { collectResult } from '../collect-result.ts';
import { copyTree, giveTo } from '../copied-tree.ts';
import { defaultLimits, mergeLimits } from '../limits.ts';
import { folderBytes } from '../folder-bytes.ts';
import { openRegistries } from '../open-registries.ts';
import { proxyEnvironment } from '../proxy-door.ts';
import type { RunnerSettings } from '../registry.ts';
import { runningCommands } from '../running-commands.ts';
import { isOwnerAlive } from '../sandbox-folder.ts';
import type { Sandbox, SandboxCommand, SandboxRequest, SandboxRunner } from '../sandbox.ts';
import { treeFiles } from '../tree-files.ts';
import type { WatchedProcess } from '../watched-process.ts';
import type { Engine } from './engine.ts';
import { findEngine } from './find-engine.ts';
import type { Mount } from './image.ts';
import { systemImage, systemMounts } from './image.ts';
import { runContainer } from './run-container.ts';
import { seccompProfile } from './seccomp-profile.ts';

const HOME = '/home/sandbox';
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const OWNER = 'trowel.sandbox.owner';
const USER_FOR_ROOT = 1000;

export const makeRunner = (settings: RunnerSettings): SandboxRunner => ({
  name: 'container',
  async availability() {
    const found = await findEngine(settings);
    if (!found.found) return { available: false, reason: found.reason, hint: found.hint };
    if (process.platform !== 'linux' && settings.image === undefined)
      return {
        available: false,
        reason: 'no image is chosen',
        hint: 'Set sandbox.image to an image with the project’s Node or Python: programs of this system do not run in a container.',
      };
    return { available: true, version: found.version };
  },
  open: (request, signal) => openContainers(settings, request, signal),
});

async function openContainers(
  settings: RunnerSettings,
  request: SandboxRequest,
  signal: AbortSignal | undefined,
): Promise<Sandbox> {
  const found = await findEngine(settings);
  if (!found.found)
    throw new TrowelError('sandbox-unavailable', `There is no container: ${found.reason}.`, { hint: found.hint });
  const { engine } = found;
  const limits = mergeLimits(defaultLimits, request.limits);
  await removeLeftContainers(engine);
  const copy = await copyTree(request, signal);
  const own = process.getuid!();
  const user = own === 0 ? USER_FOR_ROOT : own;
  if (own === 0) await giveTo(copy.folder, user);
  const image = settings.image ?? (await systemImage(engine, user, user));
  const profile = path.join(copy.folder, 'seccomp.json');
  await writeFile(profile, seccompProfile());
  // A colon parts the words of a mount: such a tree lies elsewhere inside.
  const root = /[:,]/.test(copy.original) ? '/tree' : copy.original;
  const readable = settings.image === undefined ? systemMounts() : [];
  const mounts: Mount[] = [
    ...readable,
    ...outside(request.readable ?? [], readable).map((name) => ({ source: name, target: name, writable: false })),
    { source: copy.home, target: HOME, writable: true },
    { source: copy.temporary, target: '/tmp', writable: true },
    { source: copy.temporary, target: '/var/tmp', writable: true },
    ...(request.writable ?? []).map((name) => ({ source: name, target: name, writable: true })),
    { source: copy.tree, target: root, writable: true },
  ];
  if (own === 0) for (const name of request.writable ?? []) await giveTo(name, user);
  const registries = request.network === 'registries' ? await openRegistries(settings, copy.folder) : undefined;
  const running = runningCommands(async () => {
    await registries?.proxy.close();
    await copy.remove();
  });
  let count = 0;
  const start = async (command: SandboxCommand, signal?: AbortSignal): Promise<WatchedProcess> => {
    const folder = path.posix.resolve(root, command.folder ?? '.');
    if (folder !== root && !folder.startsWith(`${root}/`))
      throw new TrowelError('usage', `${command.folder} is not a folder of the tree.`);
    const process = await runContainer(
      {
        engine,
        image,
        folder,
        mounts,
        user: found.isRootless && !found.isPodman ? '0:0' : `${user}:${user}`,
        userNamespace: found.isRootless && found.isPodman ? 'keep-id' : undefined,
        environment: {
          PATH: [...(request.searchPath ?? []), SYSTEM_PATH].join(':'),
          HOME,
          LANG: 'C.UTF-8',
          TZ: 'UTC',
          TMPDIR: '/tmp',
          ...(registries && { ...proxyEnvironment, ...registries.environment }),
          ...command.environment,
        },
        limits: mergeLimits(limits, command.limits),
        // Podman reads the file by itself, Docker is sent what is in it.
        securityOptions: ['no-new-privileges', `seccomp=${found.isPodman ? profile : seccompProfile()}`],
        labels: { [OWNER]: path.basename(copy.folder) },
        controlFolder: path.join(copy.folder, `control-${++count}`),
        writtenBytes: async () =>
          (await copy.writtenBytes()) + (request.writable ? await folderBytes(request.writable) : 0),
        proxySocket: registries?.proxy.socket,
      },
      command,
      signal,
    );
    return running.add(process);
  };
  const files = treeFiles({
    folder: copy.tree,
    root,
    maxBytes: limits.diskBytes,
    owner: own === 0 ? user : undefined,
  });
  return {
    root,
    start,
    run: (command, signal) => collectResult(() => start(command, signal)),
    writeFile: files.write,
    readFile: files.read,
    removeFile: files.remove,
    close: running.close,
  };
}

const outside = (paths: readonly string[], mounted: readonly Mount[]): string[] =>
  [...new Set(paths)].filter(
    (name) => !mounted.some(({ target }) => name === target || name.startsWith(`${target}/`)) && !/[:,]/.test(name),
  );

/** Containers of a Trowel that was killed. Its pipe has closed and they have ended; this removes what remains of them. */
async function removeLeftContainers(engine: Engine): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [OWNER] }));
  const { body } = await engine.ask('GET', `/containers/json?all=1&filters=${filters}`);
  for (const { Id, Labels } of body as readonly { Id: string; Labels?: Record<string, string> }[])
    if (!isOwnerAlive(Labels?.[OWNER] ?? ''))
      await engine.ask('DELETE', `/containers/${Id}?force=1&v=1`, undefined, [404, 409]);
}
