import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const leftOut = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  '.venv',
  'venv',
  'env',
  '.tox',
  '.nox',
  'dist',
  'build',
  'target',
  'vendor',
]);
const MOST = 20_000;
const DEEPEST = 10;
const LARGEST = 1024 ** 2;

/** A tree's files by name, nearest to the root first, without what is installed or built: enough to see what can be run. */
export function listFiles(root: string): string[] {
  const files: string[] = [];
  let folders = [''];
  for (let depth = 0; depth <= DEEPEST && folders.length > 0 && files.length < MOST; depth++) {
    const next: string[] = [];
    for (const folder of folders) {
      for (const entry of entriesOf(path.join(root, folder))) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isFile()) files.push(name);
        else if (entry.isDirectory() && !leftOut.has(entry.name)) next.push(name);
      }
    }
    folders = next.sort();
  }
  return files.slice(0, MOST).sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Undefined for what cannot be read, is too large or is not a file. */
export function textOf(root: string, file: string): string | undefined {
  try {
    const place = path.join(root, file);
    const status = statSync(place);
    return status.isFile() && status.size <= LARGEST ? readFileSync(place, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
