/** Where the data folder keeps each tree's index. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureFolder, folderError } from '#base/folders.ts';

export interface IndexFolder {
  readonly folder: string;
  /** Real path of the tree. */
  readonly root: string;
}

/** Made of the tree's name, for people, and a hash of its real path. */
export function indexFolderOf(dataFolder: string, root: string): string {
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const name =
    path
      .basename(root)
      .replace(/[^\w.-]+/g, '_')
      .slice(0, 40) || 'root';
  return path.join(dataFolder, 'indexes', `${name}-${hash}`);
}

/** Makes the folder and notes whose index it holds. */
export function makeIndexFolder(dataFolder: string, root: string): string {
  const folder = indexFolderOf(dataFolder, root);
  const note = path.join(folder, 'tree.json');
  if (!existsSync(note)) {
    ensureFolder(folder);
    try {
      writeFileSync(note, `${JSON.stringify({ root })}\n`);
    } catch (error) {
      throw folderError(folder, error);
    }
  }
  return folder;
}

export function listIndexFolders(dataFolder: string): readonly IndexFolder[] {
  const parent = path.join(dataFolder, 'indexes');
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .sort()
    .flatMap((name) => {
      const folder = path.join(parent, name);
      try {
        const { root } = JSON.parse(readFileSync(path.join(folder, 'tree.json'), 'utf8')) as { root?: unknown };
        return typeof root === 'string' ? [{ folder, root }] : [];
      } catch {
        return [];
      }
    });
}

/** Bytes of the files in a folder, its sub-folders left out. */
export function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    const stat = statSync(path.join(folder, name), { throwIfNoEntry: false });
    return sum + (stat?.isFile() ? stat.size : 0);
  }, 0);
}

/** Deletes a tree's index and what was decided about it. */
export function forgetIndexFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
