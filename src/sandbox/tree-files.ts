/**
 * Reads and writes a work tree that hostile programs change at the same time. Each folder is opened relative to the one before
 * it, without following links (`/proc/self/fd/<n>/<name>` is `openat` for a program without it), so that no link put there in
 * between leads elsewhere. Links that stay inside the tree are followed by name.
 */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readlink, rmdir, unlink } from 'node:fs/promises';
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
}

export function treeFiles({ folder, root, maxBytes, owner }: TreeFilesRequest): TreeFiles {
  /** Calls `use` with a folder's path that cannot be exchanged, and the last name in it. */
  async function inFolder<Result>(
    file: string,
    makeFolders: boolean,
    use: (place: string, name: string) => Promise<Result>,
    links = LINKS_FOLLOWED,
  ): Promise<Result> {
    const names = namesOf(file);
    const last = names.pop()!;
    const handles: FileHandle[] = [await open(folder, O_RDONLY | O_DIRECTORY)];
    try {
      for (const [at, name] of names.entries()) {
        const place = placeOf(handles.at(-1)!, name);
        try {
          handles.push(await openFolder(place, makeFolders, owner));
        } catch (error) {
          const target = await readlink(place).catch(() => undefined);
          if (target === undefined) throw error;
          const rest = [...names.slice(at + 1), last];
          return await inFolder(followed(file, names.slice(0, at), target, rest, links), makeFolders, use, links - 1);
        }
      }
      const place = placeOf(handles.at(-1)!, last);
      try {
        return await use(place, last);
      } catch (error) {
        const target = isLinkError(error) ? await readlink(place).catch(() => undefined) : undefined;
        if (target === undefined) throw error;
        return await inFolder(followed(file, names, target, [], links), makeFolders, use, links - 1);
      }
    } finally {
      await Promise.all(handles.map((handle) => handle.close()));
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
      inFolder(file, true, async (place) => {
        const handle = await open(place, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK, 0o644);
        try {
          if (owner !== undefined) await handle.chown(owner, owner);
          await handle.writeFile(content);
        } finally {
          await handle.close();
        }
      }),
    read: (file) =>
      inFolder(file, false, async (place) => {
        const handle = await open(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        try {
          const status = await handle.stat();
          if (!status.isFile()) return undefined;
          if (status.size > maxBytes) throw new TrowelError('too-large', `${file} is too large to be read.`);
          return (await handle.readFile()) as Uint8Array;
        } finally {
          await handle.close();
        }
      }).catch(nothingIfAbsent),
    remove: (file) => inFolder(file, false, removeAt).catch(nothingIfAbsent),
  };
}

const placeOf = (folder: FileHandle, name: string): string => `/proc/self/fd/${folder.fd}/${name}`;

/** A file, a link, or a folder with what is in it: each folder is opened before it is listed, so that none is exchanged. */
async function removeAt(place: string): Promise<void> {
  try {
    await unlink(place);
  } catch (error) {
    // Linux says EISDIR, macOS EPERM.
    if (!['EISDIR', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const folder = await open(place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      for (const name of await readdir(placeOf(folder, '.'))) await removeAt(placeOf(folder, name));
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
