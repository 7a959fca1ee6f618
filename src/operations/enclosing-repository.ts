import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_FILE } from '#config/resolve.ts';

/**
 * The root of the repository around a folder: the nearest one that holds `.git` or Trowel's project file, else the folder
 * itself.
 */
export function enclosingRepository(workingFolder: string, given?: string): string {
  const start = path.resolve(workingFolder, given ?? '.');
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git')) || existsSync(path.join(folder, PROJECT_FILE))) return folder;
    if (folder === path.dirname(folder)) return start;
  }
}
