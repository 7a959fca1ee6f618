/** A sandbox whose commands are processes of this machine, in a copy of the tree; what protects the machine stands before them. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { TrowelError } from '#base/errors.ts';
import { collectResult } from '../collect-result.ts';
import type { CopiedTree } from '../copied-tree.ts';
import { copyTree } from '../copied-tree.ts';
import { defaultLimits, mergeLimits } from '../limits.ts';
import type { Sandbox, SandboxCommand, SandboxRequest } from '../sandbox.ts';
import { coverInherited, withNothing } from '../inherited-descriptors.ts';
import { runningCommands } from '../running-commands.ts';
import { treeFiles } from '../tree-files.ts';
import type { WatchedProcess } from '../watched-process.ts';
import { exitOfSignal, watchedProcess } from '../watched-process.ts';
import { CONTROL, controlOf, groupWrapperWords } from '../wrapper.ts';
import { MARK, processGroup } from './process-group.ts';

/** The kernel counts all processes of the user, not only those of the command: a wall far behind the watcher. */
const USERS_TASKS = 4096;

const SYSTEM_PATH = '/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin:/usr/sbin:/sbin';

/** `before`: the words that start a protected program, given where everything lies. */
export async function openLocalSandbox(
  request: SandboxRequest,
  before: (copy: CopiedTree) => readonly string[],
  signal?: AbortSignal,
): Promise<Sandbox> {
  const limits = mergeLimits(defaultLimits, request.limits);
  if (request.network === 'registries')
    throw new TrowelError('sandbox-unavailable', 'This runner cannot let programs reach the registries alone.', {
      hint: 'Install the packages yourself, or use the container runner.',
    });
  const copy = await copyTree(request, signal);
  const running = runningCommands(() => copy.remove());
  const prefix = before(copy);
  const start = async (command: SandboxCommand, signal?: AbortSignal): Promise<WatchedProcess> => {
    const started = await startLocal({
      copy,
      prefix,
      request,
      command,
      limits: mergeLimits(limits, command.limits),
      signal,
    });
    return running.add(started);
  };
  const files = treeFiles({
    folder: copy.tree,
    root: copy.tree,
    maxBytes: limits.diskBytes,
    removeInside: async (file) => {
      const { exit, errors } = await collectResult(() => start({ program: '/bin/rm', arguments: ['-rf', '--', file] }));
      if (exit.kind !== 'exited' || exit.code !== 0)
        throw new TrowelError('sandbox-failed', `${file} could not be removed: ${errors.trim()}`);
    },
  });
  return {
    root: copy.tree,
    start,
    run: (command, signal) => collectResult(() => start(command, signal)),
    writeFile: files.write,
    readFile: files.read,
    removeFile: files.remove,
    close: running.close,
  };
}

interface LocalStart {
  readonly copy: CopiedTree;
  readonly prefix: readonly string[];
  readonly request: SandboxRequest;
  readonly command: SandboxCommand;
  readonly limits: ReturnType<typeof mergeLimits>;
  readonly signal: AbortSignal | undefined;
}

async function startLocal({ copy, prefix, request, command, limits, signal }: LocalStart): Promise<WatchedProcess> {
  const folder = path.resolve(copy.tree, command.folder ?? '.');
  if (folder !== copy.tree && !folder.startsWith(`${copy.tree}/`))
    throw new TrowelError('usage', `${command.folder} is not a folder of the tree.`);
  const mark = randomBytes(8).toString('hex');
  const wrapper = groupWrapperWords(limits, { tasksOfUser: limits.processes + USERS_TASKS });
  const [program, ...words] = [...prefix, ...wrapper, command.program, ...command.arguments];
  const child = withNothing((nothing) =>
    spawn(program!, words, {
      cwd: folder,
      detached: true,
      env: {
        PATH: [...(request.searchPath ?? []), SYSTEM_PATH].join(':'),
        HOME: copy.home,
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        TMPDIR: copy.temporary,
        ...command.environment,
        [MARK]: mark,
      },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...coverInherited(CONTROL + 1, nothing)],
    }),
  ) as ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };
  const control = controlOf(child.stdio[CONTROL] as Duplex);
  const group = processGroup(child.pid, mark);
  const running = watchedProcess({
    child,
    limits,
    signal,
    watch: { use: () => group.use(), writtenBytes: () => copy.writtenBytes() },
    kill: () => group.kill(),
    exitOf: () => control.exit() ?? exitOfSignal(9),
  });
  // What left the group holds our pipes open.
  child.on('exit', () => group.kill());
  await running.isWatched;
  if (await control.up) control.go();
  else {
    const exit = await running.exit;
    if (exit.kind !== 'stopped' && exit.kind !== 'limit')
      throw new TrowelError('sandbox-failed', `${command.program} was not started.`, { hint: 'See trowel doctor.' });
  }
  return running;
}
