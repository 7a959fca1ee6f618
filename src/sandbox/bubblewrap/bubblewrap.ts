/** Namespaces of the kernel through bubblewrap: the default on Linux. */
import type { Sandbox, SandboxCommand, SandboxRequest, SandboxRunner } from '../sandbox.ts';
import { collectResult } from '../collect-result.ts';
import { folderBytes } from '../folder-bytes.ts';
import { defaultLimits, mergeLimits } from '../limits.ts';
import { openRegistries } from '../open-registries.ts';
import type { RunnerSettings } from '../registry.ts';
import { makeSandboxFolder } from '../sandbox-folder.ts';
import { treeFiles } from '../tree-files.ts';
import type { WatchedProcess } from '../watched-process.ts';
import { bubblewrapAvailability, bubblewrapProgram } from './availability.ts';
import { viewWords } from './bubblewrap-words.ts';
import { holdTree } from './hold-tree.ts';
import { seccompProgram } from './seccomp.ts';
import { startCommand } from './start-command.ts';
import { accountFiles } from '../system-files.ts';

/** Some programs refuse to work as root, or behave otherwise. */
const USER_FOR_ROOT = 1000;

async function open(settings: RunnerSettings, request: SandboxRequest, signal?: AbortSignal): Promise<Sandbox> {
  const limits = mergeLimits(defaultLimits, request.limits);
  const { folder, tree } = await makeSandboxFolder(request);
  const held = await holdTree({ tree, folder, diskBytes: limits.diskBytes }, signal);
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
  const running = new Set<WatchedProcess>();
  let closing: Promise<void> | undefined;

  const start = async (command: SandboxCommand, signal?: AbortSignal): Promise<WatchedProcess> => {
    const process = await startCommand(
      {
        root: tree,
        holder: held.pid,
        bubblewrap: bubblewrapProgram,
        viewWords: words,
        searchPath: request.searchPath ?? [],
        seccomp: seccompProgram(globalThis.process.arch)!,
        limits: mergeLimits(limits, command.limits),
        writtenBytes,
        proxy: registries && { socket: registries.proxy.socket, environment: registries.environment },
      },
      command,
      signal,
    );
    running.add(process);
    void process.exit.then(() => running.delete(process));
    return process;
  };
  const files = treeFiles({ folder: `${inside}/tree`, root: tree, maxBytes: limits.diskBytes });
  return {
    root: tree,
    start,
    run: (command, signal) => collectResult(() => start(command, signal)),
    writeFile: files.write,
    readFile: files.read,
    removeFile: files.remove,
    close() {
      closing ??= (async () => {
        await Promise.all([...running].map((process) => process.stop()));
        await registries?.proxy.close();
        await held.release();
      })();
      return closing;
    },
  };
}

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
