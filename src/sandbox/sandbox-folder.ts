/** A folder of its own for each open sandbox in the data folder, named for the process that owns it, so that leftovers are known. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { ensureFolder } from '#base/folders.ts';
import type { SandboxRequest } from './sandbox.ts';

export interface SandboxFolder {
  readonly folder: string;
  /** The tree's true path. */
  readonly tree: string;
}

/** Also removes what killed processes left. Throws where a tree is not one that programs may have. */
export async function makeSandboxFolder(request: Pick<SandboxRequest, 'tree' | 'dataFolder'>): Promise<SandboxFolder> {
  const tree = await checkedTree(request.tree);
  const all = path.join(request.dataFolder, 'sandbox');
  ensureFolder(all);
  await removeLeftovers(all);
  const folder = path.join(await realpath(all), `${ownerMark(process.pid)}-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { mode: 0o700 });
  return { folder, tree };
}

async function checkedTree(given: string): Promise<string> {
  const tree = await realpath(given).catch(() => undefined);
  if (tree === undefined || !(await stat(tree)).isDirectory())
    throw new TrowelError('not-found', `There is no folder ${given}.`);
  const home = await realpath(os.homedir()).catch(() => os.homedir());
  if (tree === home || isInside(home, tree) || ['/usr', '/etc', '/proc', '/sys', '/dev'].includes(tree))
    throw new TrowelError('sandbox-unavailable', `${tree} holds more than a project: its programs would see it all.`, {
      hint: 'Choose the folder of a project.',
    });
  return tree;
}

const isInside = (inner: string, outer: string): boolean => inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);

/** Process id and, where the system tells, when it started: ids are used again. */
function ownerMark(pid: number): string {
  return `${pid}-${startOf(pid) ?? 0}`;
}

function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number, start: string): boolean {
  if (process.platform === 'linux') return startOf(pid) === start;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process that made a folder of that name still lives; true for names that are not ours. */
export function isOwnerAlive(name: string): boolean {
  const [, pid, start] = /^(\d+)-(\d+)-[0-9a-f]{12}$/.exec(name) ?? [];
  return pid === undefined || start === undefined || isAlive(Number(pid), start);
}

async function removeLeftovers(all: string): Promise<void> {
  for (const name of await readdir(all)) if (!isOwnerAlive(name)) await removeFolder(path.join(all, name));
}

/** With what programs left in it: folders that nobody may enter. Never through a link. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    await openFolders(folder);
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => {});
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => []))
    if (entry.isDirectory()) await openFolders(path.join(folder, entry.name));
}
