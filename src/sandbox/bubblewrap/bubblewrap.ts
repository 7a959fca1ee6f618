/** Namespaces of the kernel through bubblewrap: the default on Linux. */
import type { Sandbox, SandboxCommand, SandboxRequest, SandboxRunner } from '../sandbox.ts';
import { collectResult } from '../collect-result.ts';
import { defaultLimits, mergeLimits } from '../limits.ts';
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

async function open(request: SandboxRequest, signal?: AbortSignal): Promise<Sandbox> {
  const limits = mergeLimits(defaultLimits, request.limits);
  const { folder, tree } = await makeSandboxFolder(request);
  const held = await holdTree({ tree, folder, diskBytes: limits.diskBytes }, signal);
  const inside = `/proc/${held.pid}/root${folder}`;
  const user = process.getuid!() || USER_FOR_ROOT;
  const group = process.getgid!() || USER_FOR_ROOT;
  const system = treeFiles({ folder: `${inside}/etc`, root: '/etc', maxBytes: 0 });
  await Promise.all(Object.entries(accountFiles(user, group)).map(([name, text]) => system.write(name, text)));
  const words = viewWords({ tree, folder, readable: request.readable ?? [], user, group });
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
        writtenBytes: held.writtenBytes,
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
      closing ??= Promise.all([...running].map((process) => process.stop())).then(() => held.release());
      return closing;
    },
  };
}

export const makeRunner = (): SandboxRunner => ({ name: 'bubblewrap', availability: bubblewrapAvailability, open });
