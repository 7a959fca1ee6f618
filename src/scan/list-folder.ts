/** Entries of a folder, names that are not UTF-8 included. */
import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';

/** A path below the scanned root. `raw` holds its bytes where they are not UTF-8; then `path` shows them as `\xE9`. */
export interface RawPath {
  readonly path: string;
  readonly raw: Buffer | undefined;
}

export interface FolderEntry {
  readonly name: string;
  readonly raw: Buffer | undefined;
  readonly kind: 'file' | 'folder' | 'symlink' | 'fifo' | 'socket' | 'device';
}

export function listFolder(root: string, folder: RawPath): readonly FolderEntry[] {
  const where = absolutePath(root, folder);
  const entries = readdirSync(where, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\ufffd')))
    return entries.map((entry) => ({ name: entry.name, raw: undefined, kind: kindOf(entry, root, folder, undefined) }));
  return readdirSync(where, { withFileTypes: true, encoding: 'buffer' }).map((entry) => {
    const { name, valid } = showName(entry.name);
    return { name, raw: valid ? undefined : entry.name, kind: kindOf(entry, root, folder, entry.name) };
  });
}

export function entryPath(folder: RawPath, entry: FolderEntry): RawPath {
  const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
  if (folder.raw === undefined && entry.raw === undefined) return { path, raw: undefined };
  const above = folder.raw ?? Buffer.from(folder.path);
  const name = entry.raw ?? Buffer.from(entry.name);
  return { path, raw: above.length === 0 ? name : Buffer.concat([above, Buffer.from('/'), name]) };
}

/** What the file system calls take. */
export function absolutePath(root: string, { path, raw }: RawPath): string | Buffer {
  if (raw === undefined) return path === '' ? root : `${root}/${path}`;
  return Buffer.concat([Buffer.from(`${root}/`), raw]);
}

/** A name's bytes as text; those that are not UTF-8 as `\xE9`, so that different names stay different. */
function showName(bytes: Buffer): { readonly name: string; readonly valid: boolean } {
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return { name: text, valid: true };
  const byte = (code: number): string => `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return {
    name: [...bytes].map((code) => (code < 128 ? String.fromCharCode(code) : byte(code))).join(''),
    valid: false,
  };
}

function kindOf(
  entry: Dirent | Dirent<Buffer>,
  root: string,
  folder: RawPath,
  raw: Buffer | undefined,
): FolderEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'symlink';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'device';
  // Some file systems do not tell kinds in listings.
  const name = typeof entry.name === 'string' ? entry.name : showName(entry.name).name;
  const stat: Stats | undefined = lstatSync(absolutePath(root, entryPath(folder, { name, raw, kind: 'file' })), {
    throwIfNoEntry: false,
  });
  if (stat?.isDirectory()) return 'folder';
  if (stat?.isSymbolicLink()) return 'symlink';
  if (stat?.isFIFO()) return 'fifo';
  if (stat?.isSocket()) return 'socket';
  return stat === undefined || stat.isFile() ? 'file' : 'device';
}
