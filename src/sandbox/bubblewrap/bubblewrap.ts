/** Namespaces of the kernel through bubblewrap: the default on Linux. */
import path from 'node:path';
import type { Sandbox, SandboxCommand, SandboxLimits, SandboxRequest, SandboxRunner } from '../sandbox.ts';
import { openControlGroups } from '../control-groups/control-groups.ts';
import { collectResult } from '../collect-result.ts';
import { folderBytes } from '../folder-bytes.ts';
import { defaultLimits, mergeLimits } from '../limits.ts';
import { openRegistries } from '../open-registries.ts';
import type { RunnerSettings } from '../registry.ts';
import { runningCommands } from '../running-commands.ts';
import { makeSandboxFolder } from '../sandbox-folder.ts';
import { treeFiles } from '../tree-files.ts';
import type { WatchedProcess } from '../watched-process.ts';
import { bubblewrapAvailability, bubblewrapProgram } from './availability.ts';
import { viewWords } from './bubblewrap-words.ts';
import type { HeldTree } from './hold-tree.ts';
import { holdTree } from './hold-tree.ts';
import { seccompProgram } from './seccomp.ts';
import { startCommand } from './start-command.ts';
import { accountFiles } from '../system-files.ts';

/** Some programs refuse to work as root, or behave otherwise. */
const USER_FOR_ROOT = 1000;
/** The shell around a command. */
const WRAPPER = 1;

async function open(settings: RunnerSettings, request: SandboxRequest, signal?: AbortSignal): Promise<Sandbox> {
  const limits = mergeLimits(defaultLimits, request.limits);
  const { folder, tree } = await makeSandboxFolder(request);
  const groups = await openControlGroups(path.basename(folder));
  const hold = { tree, folder, diskBytes: limits.diskBytes, groups: groups.folders };
  const held = await holdTree(hold, signal).catch(async (error: unknown) => {
    await groups.close();
    throw error;
  });
  const inside = `/proc/${held.pid}/root${folder}`;
  const user = process.getuid!() || USER_FOR_ROOT;
  const group = process.getgid!() || USER_FOR_ROOT;
  const system = treeFiles({ folder: `${inside}/etc`, root: '/etc', maxBytes: 0 });
  await Promise.all(Object.entries(accountFiles(user, group)).map(([name, text]) => system.write(name, text)));
  const registries = request.network === 'registries' ? await openRegistries(settings, folder) : undefined;
  const words = viewWords({
    tree,
    folder,
    readable: request.readable ?? [],
    writable: request.writable ?? [],
    user,
    group,
  });
  const writtenBytes = writtenIn(held.writtenBytes, request.writable ?? []);
  const running = runningCommands(async () => {
    await registries?.proxy.close();
    await Promise.all([held.release(), groups.close()]);
  });

  const start = async (command: SandboxCommand, signal?: AbortSignal): Promise<WatchedProcess> => {
    const own = mergeLimits(limits, command.limits);
    const group = groups.take({ tasks: own.processes + WRAPPER, memoryBytes: chargedBytes(own, held) });
    const process = await startCommand(
      {
        root: tree,
        holder: held.pid,
        bubblewrap: bubblewrapProgram,
        viewWords: words,
        searchPath: request.searchPath ?? [],
        seccomp: seccompProgram(globalThis.process.arch)!,
        limits: own,
        group,
        writtenBytes,
        proxy: registries && { socket: registries.proxy.socket, environment: registries.environment },
      },
      command,
      signal,
    ).catch((error: unknown) => {
      group?.free();
      throw error;
    });
    void process.exit.then(() => group?.free());
    return running.add(process);
  };
  const files = treeFiles({ folder: `${inside}/tree`, root: tree, maxBytes: limits.diskBytes });
  return {
    root: tree,
    start,
    run: (command, signal) => collectResult(() => start(command, signal)),
    writeFile: files.write,
    readFile: files.read,
    removeFile: files.remove,
    close: running.close,
  };
}

/**
 * Files in memory are charged to whoever wrote them: what may be written is added. In a copied tree that may be any part of it, so
 * that the watcher alone must do.
 */
const chargedBytes = ({ memoryBytes, diskBytes }: SandboxLimits, { how }: HeldTree): number | undefined =>
  how === 'overlay' ? memoryBytes + diskBytes : undefined;

/** Folders of the host that may be written are limited by no file system. */
function writtenIn(
  above: (() => Promise<number>) | undefined,
  folders: readonly string[],
): (() => Promise<number>) | undefined {
  if (folders.length === 0) return above;
  return async () => ((await above?.()) ?? 0) + (await folderBytes(folders));
}

export const makeRunner = (settings: RunnerSettings): SandboxRunner => ({
  name: 'bubblewrap',
  availability: bubblewrapAvailability,
  open: (request, signal) => open(settings, request, signal),
});
