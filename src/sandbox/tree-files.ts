/**
 * Reads and writes a work tree that hostile programs change at the same time. Each folder is opened relative to the one before
 * it, without following links (`/proc/self/fd/<n>/<name>` is `openat` for a program without it), so that no link put there in
 * between leads elsewhere. Links that stay inside the tree are followed by name. Where there is no /proc, folders are opened by
 * name, and what was opened is compared with what the name means then: nothing is read or written before, but an empty file
 * may come to be elsewhere.
 */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, mkdir, open, readdir, readlink, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';

export interface TreeFiles {
  write(file: string, content: string | Uint8Array): Promise<void>;
  read(file: string): Promise<Uint8Array | undefined>;
  remove(file: string): Promise<void>;
}

const LINKS_FOLLOWED = 40;
const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY, O_NONBLOCK, O_WRONLY, O_CREAT, O_TRUNC } = constants;

export interface TreeFilesRequest {
  /** Where the tree lies for us. */
  readonly folder: string;
  /** Where it lies for its programs: absolute links that begin so stay inside. */
  readonly root: string;
  /** Larger files are not read. Bytes. */
  readonly maxBytes: number;
  /** User id that new files and folders are given to; default: ours. */
  readonly owner?: number | undefined;
  /** Whether `/proc/self/fd` leads to open folders; default: on Linux. */
  readonly hasProc?: boolean;
  /** Removes by a path relative to the tree where there is no /proc: a program in the sandbox, which can do no harm outside. */
  readonly removeInside?: (file: string) => Promise<void>;
}

/** A folder that is open, and its name. */
interface OpenFolder {
  readonly handle: FileHandle;
  readonly path: string;
}

export function treeFiles(request: TreeFilesRequest): TreeFiles {
  const { folder, root, maxBytes, owner, removeInside } = request;
  const { hasProc = process.platform === 'linux' } = request;
  const placeOf = ({ handle, path: name }: OpenFolder, inner: string): string =>
    hasProc ? `/proc/self/fd/${handle.fd}/${inner}` : path.join(name, inner);

  /** Throws where a name does not mean what was opened by it. */
  async function isStill(folders: readonly OpenFolder[], place?: string, handle?: FileHandle): Promise<void> {
    if (hasProc) return;
    for (const { handle: opened, path: name } of folders) await isSame(opened, name);
    if (place !== undefined && handle !== undefined) await isSame(handle, place);
  }

  /** Calls `use` with a folder's path that cannot be exchanged, and the last name in it. */
  async function inFolder<Result>(
    file: string,
    makeFolders: boolean,
    use: (place: string, folders: readonly OpenFolder[]) => Promise<Result>,
    links = LINKS_FOLLOWED,
  ): Promise<Result> {
    const names = namesOf(file);
    const last = names.pop()!;
    const folders: OpenFolder[] = [{ handle: await open(folder, O_RDONLY | O_DIRECTORY), path: folder }];
    try {
      for (const [at, name] of names.entries()) {
        const place = placeOf(folders.at(-1)!, name);
        try {
          const handle = await openFolder(place, makeFolders, owner);
          folders.push({ handle, path: path.join(folders.at(-1)!.path, name) });
        } catch (error) {
          const target = await readlink(place).catch(() => undefined);
          if (target === undefined) throw error;
          const rest = [...names.slice(at + 1), last];
          return await inFolder(followed(file, names.slice(0, at), target, rest, links), makeFolders, use, links - 1);
        }
      }
      const place = placeOf(folders.at(-1)!, last);
      try {
        await isStill(folders);
        return await use(place, folders);
      } catch (error) {
        const target = isLinkError(error) ? await readlink(place).catch(() => undefined) : undefined;
        if (target === undefined) throw error;
        return await inFolder(followed(file, names, target, [], links), makeFolders, use, links - 1);
      }
    } finally {
      await Promise.all(folders.map(({ handle }) => handle.close()));
    }
  }

  function followed(
    file: string,
    before: readonly string[],
    target: string,
    rest: readonly string[],
    links: number,
  ): string {
    const absolute = path.posix.resolve(root, ...before, target);
    const inside = path.posix.relative(root, absolute);
    if (links <= 0 || inside === '..' || inside.startsWith('../')) throw leadsOut(file);
    return path.posix.join(inside, ...rest);
  }

  return {
    write: (file, content) =>
      inFolder(file, true, async (place, folders) => {
        // Emptied only when it is known what was opened.
        const handle = await openForWriting(place, hasProc ? O_TRUNC : 0);
        try {
          await isStill(folders, place, handle);
          if (!hasProc) await handle.truncate(0);
          if (owner !== undefined) await handle.chown(owner, owner);
          await handle.writeFile(content);
        } finally {
          await handle.close();
        }
      }),
    read: (file) =>
      inFolder(file, false, async (place, folders) => {
        const handle = await open(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        try {
          await isStill(folders, place, handle);
          const status = await handle.stat();
          if (!status.isFile()) return undefined;
          if (status.size > maxBytes) throw new TrowelError('too-large', `${file} is too large to be read.`);
          return (await handle.readFile()) as Uint8Array;
        } finally {
          await handle.close();
        }
      }).catch(nothingIfAbsent),
    remove: (file) =>
      hasProc || !removeInside
        ? inFolder(file, false, (place) => removeAt(place)).catch(nothingIfAbsent)
        : removeInside(namesOf(file).join('/')),
  };
}

async function isSame(handle: FileHandle, name: string): Promise<void> {
  const [opened, named] = await Promise.all([handle.stat(), lstat(name).catch(() => undefined)]);
  if (opened.dev !== named?.dev || opened.ino !== named.ino) throw leadsOut(name);
}

/** In an overlay, a file that belongs to somebody whom its namespace does not know cannot be changed, but another put in its place. */
async function openForWriting(place: string, more: number): Promise<FileHandle> {
  const flags = O_WRONLY | O_CREAT | more | O_NOFOLLOW | O_NONBLOCK;
  try {
    return await open(place, flags, 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EOVERFLOW') throw error;
    await unlink(place);
    return open(place, flags, 0o644);
  }
}

/** A file, a link, or a folder with what is in it: each folder is opened before it is listed, so that none is exchanged. */
async function removeAt(place: string): Promise<void> {
  try {
    await unlink(place);
  } catch (error) {
    // Linux says EISDIR, macOS EPERM.
    if (!['EISDIR', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const folder = await open(place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      const inside = `/proc/self/fd/${folder.fd}`;
      for (const name of await readdir(inside)) await removeAt(`${inside}/${name}`);
    } finally {
      await folder.close();
    }
    await rmdir(place);
  }
}

async function openFolder(place: string, make: boolean, owner: number | undefined): Promise<FileHandle> {
  const flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
  try {
    return await open(place, flags);
  } catch (error) {
    if (!make || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const made = await open(place, flags);
    if (owner !== undefined) await made.chown(owner, owner);
    return made;
  }
}

function namesOf(file: string): string[] {
  const normal = path.posix.normalize(file);
  const names = normal.split('/').filter((name) => name !== '' && name !== '.');
  if (normal.startsWith('/') || names.length === 0 || names[0] === '..' || file.includes('\0')) throw leadsOut(file);
  return names;
}

const leadsOut = (file: string): TrowelError =>
  new TrowelError('usage', `${file} does not name a file of the tree.`, {
    hint: 'Paths are relative to the root of the tree and stay inside of it.',
  });

const isLinkError = (error: unknown): boolean =>
  ['ELOOP', 'EMLINK', 'EFTYPE'].includes((error as NodeJS.ErrnoException).code ?? '');

function nothingIfAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
