/**
 * Brings a repository into the data folder. The clone is complete: history asks for every commit's trees and many blobs (blame,
 * bug-fix analysis), and a partial clone would fetch them one by one, long after the person allowed the network.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { type Emit, silent } from '#base/progress.ts';
import type { GitAddress } from './git-address.ts';
import { type GitRun, runGit } from './git.ts';

export interface CloneRequest {
  readonly address: GitAddress;
  /** Trowel's data folder; clones lie in its `clones/`. */
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ClonedRepository {
  /** The work tree, at `commit`. */
  readonly folder: string;
  readonly commit: string;
  /** False: the remote could not be asked, this is the state of the last time. */
  readonly fresh: boolean;
}

const PARTIAL = '.partial-';

/** Where an address's clone lies, whether or not it is there. */
export function cloneFolder(dataFolder: string, address: GitAddress): string {
  const key = createHash('sha256').update(address.url).digest('hex').slice(0, 12);
  return path.join(dataFolder, 'clones', `${address.name}-${key}`);
}

/** Clones, or fetches what is new; then moves the work tree to the revision asked for, by default the remote's default branch. */
export async function cloneRepository(
  { address, dataFolder, environment }: CloneRequest,
  emit: Emit = silent,
  signal?: AbortSignal,
): Promise<ClonedRepository> {
  const folder = cloneFolder(dataFolder, address);
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await removeLeftovers(parent);
  const run: GitRun = {
    folder: parent,
    environment: await withSshCommand(environment),
    address,
    signal,
    onProgress: (line) => reportProgress(line, emit),
  };
  let fresh = true;
  if (await isWholeClone(folder)) fresh = await refresh(folder, run, emit);
  else await cloneAnew(folder, run);
  const inside: GitRun = { ...run, folder };
  await removeStaleLock(path.join(folder, '.git', 'index.lock'));
  const commit = await resolveRevision(inside);
  const moved = await runGit(['checkout', '--quiet', '--force', '--detach', commit], inside);
  if (!moved.ok)
    throw new TrowelError('clone-failed', `${address.url} could not be checked out: ${moved.message}`, {
      hint: 'Is the disk full, or another Trowel at work on it?',
    });
  await updateSubmodules(inside, emit);
  return { folder, commit, fresh };
}

/** A clone made under another name and renamed at the end: what has the right name is whole. */
async function cloneAnew(folder: string, run: GitRun): Promise<void> {
  const { url, revision } = run.address;
  await rm(folder, { recursive: true, force: true });
  const partial = path.join(run.folder, `${PARTIAL}${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    const cloned = await runGit(
      ['clone', '--no-checkout', '--progress', '--origin', 'origin', '--', url, partial],
      run,
    );
    if (!cloned.ok) throw cloneError(url, revision, cloned.message);
    await rename(partial, folder).catch(async (error: NodeJS.ErrnoException) => {
      // Another process was faster: its clone is as good.
      if ((error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') || !(await isWholeClone(folder))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function refresh(folder: string, run: GitRun, emit: Emit): Promise<boolean> {
  const inside = { ...run, folder };
  const fetched = await runGit(['fetch', '--prune', '--force', '--tags', '--progress', 'origin'], inside);
  if (!fetched.ok) {
    emit({
      type: 'warning',
      message: `${run.address.url} could not be asked for news; this is the state of the last time. ${fetched.message}`,
    });
    return false;
  }
  if (run.address.revision === undefined) await runGit(['remote', 'set-head', 'origin', '--auto'], inside);
  return true;
}

/** The commit of the branch, tag or hash; of the remote's default branch without one. */
async function resolveRevision(run: GitRun): Promise<string> {
  const { revision, url } = run.address;
  // Never an argument's start: every candidate has a prefix, a hash is hexadecimal.
  const isHash = revision !== undefined && /^[0-9a-f]{4,64}$/i.test(revision);
  const candidates =
    revision === undefined
      ? ['refs/remotes/origin/HEAD', 'HEAD']
      : [`refs/remotes/origin/${revision}`, `refs/tags/${revision}`, ...(isHash ? [revision] : [])];
  const lookUp = async (): Promise<string | undefined> => {
    for (const candidate of candidates) {
      const found = await runGit(
        ['rev-parse', '--verify', '--quiet', '--end-of-options', `${candidate}^{commit}`],
        run,
      );
      if (found.ok) return found.output.trim();
    }
    return undefined;
  };
  let commit = await lookUp();
  // A commit that no branch holds (a pull request's) can be asked for by its full hash.
  if (
    commit === undefined &&
    isHash &&
    revision.length >= 40 &&
    (await runGit(['fetch', '--no-tags', 'origin', revision], run)).ok
  )
    commit = await lookUp();
  if (commit !== undefined) return commit;
  if (revision === undefined)
    throw new TrowelError('clone-failed', `${url} holds no commit.`, { hint: 'Is the repository empty?' });
  throw new TrowelError('not-found', `${url} has no branch, tag or commit ${revision}.`, {
    hint: 'Write address#branch, or leave the part after # out.',
  });
}

/** Submodules may come over the network, not from this machine's own folders, unless the repository itself does. */
async function updateSubmodules(run: GitRun, emit: Emit): Promise<void> {
  if (!(await exists(path.join(run.folder, '.gitmodules')))) return;
  const updated = await runGit(['submodule', 'update', '--init', '--recursive', '--force', '--progress'], {
    ...run,
    protocols: ['https', 'ssh', 'http', 'git'],
  });
  if (!updated.ok) emit({ type: 'warning', message: `Not all submodules could be fetched: ${updated.message}` });
}

function cloneError(url: string, revision: string | undefined, message: string): TrowelError {
  const hint = /Authentication|terminal prompts|could not read|Permission denied|403|401/i.test(message)
    ? "Trowel never asks for a password: set up git's credential helper or an ssh key, and try git ls-remote with this address."
    : /not found|does not exist|not appear to be a git repository/i.test(message)
      ? 'Check the address; a private repository may look as if it did not exist.'
      : /Host key verification/i.test(message)
        ? "Connect once with ssh by hand, to accept the host's key."
        : 'Try git ls-remote with this address.';
  return new TrowelError(
    'clone-failed',
    `${url}${revision === undefined ? '' : `#${revision}`} could not be cloned: ${message}`,
    { hint },
  );
}

/** `Receiving objects:  42% (10/24), 1.2 MiB | 3 MiB/s` */
function reportProgress(line: string, emit: Emit): void {
  const match = /^(?:remote: )?([A-Z][\w ]+):\s+\d+% \((\d+)\/(\d+)\)/.exec(line);
  if (match)
    emit({ type: 'progress', stage: 'clone', done: Number(match[2]), total: Number(match[3]), detail: match[1]! });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** A killed git leaves its lock, and every later one would refuse to work. */
async function removeStaleLock(file: string): Promise<void> {
  const age = await stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > 60_000) await rm(file, { force: true });
}

async function isWholeClone(folder: string): Promise<boolean> {
  return (await exists(path.join(folder, '.git', 'HEAD'))) && (await exists(path.join(folder, '.git', 'objects')));
}

/** Halves of clones whose process is gone. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = name.startsWith(PARTIAL) ? Number(/^\d+/.exec(name.slice(PARTIAL.length))?.[0]) : undefined;
    if (owner !== undefined && owner !== process.pid && !isRunning(owner))
      await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A person's `core.sshCommand` would be overruled by ours: it is taken over as the command to which our options are added. */
async function withSshCommand(environment: CloneRequest['environment']): Promise<CloneRequest['environment']> {
  if (environment['GIT_SSH_COMMAND'] !== undefined || environment['GIT_SSH'] !== undefined) return environment;
  const settings = await userSetting('core.sshCommand', environment);
  return settings === undefined ? environment : { ...environment, GIT_SSH_COMMAND: settings };
}

async function userSetting(key: string, environment: CloneRequest['environment']): Promise<string | undefined> {
  const anyAddress: GitAddress = {
    url: 'https://localhost/',
    revision: undefined,
    credentials: undefined,
    protocol: 'https',
    name: 'none',
  };
  const found = await runGit(['config', '--global', '--get', key], {
    folder: path.parse(process.cwd()).root,
    environment,
    address: anyAddress,
  });
  return found.ok && found.output.trim() !== '' ? found.output.trim() : undefined;
}
