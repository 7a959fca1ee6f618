import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readDeclarations } from '#ecosystems/registry.ts';
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import type { StudiedProject } from './proving-language.ts';

const MOST_FILES = 20_000;
const MOST_BYTES = 4_000_000;
const SKIPPED = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  'bower_components',
  '.next',
  '.nuxt',
  'coverage',
  '.nyc_output',
]);

export interface ReadProject extends StudiedProject {
  /** Of every ecosystem, outer folders first. */
  readonly packages: readonly DeclaredPackage[];
  packageOf(path: string, ecosystem: string): DeclaredPackage | undefined;
}

/** The files of a tree, what ignore rules leave out included: a package as it is published has only what was built. */
export async function readProject(root: string): Promise<ReadProject> {
  const paths = listFiles(root);
  const readText = (relative: string): string | undefined => {
    try {
      const file = path.join(root, relative);
      return statSync(file).size > MOST_BYTES ? undefined : readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  };
  const packages = await readDeclarations(paths, readText);
  const packageOf = (file: string, ecosystem: string): DeclaredPackage | undefined =>
    packages.findLast((one) => one.ecosystem === ecosystem && (one.folder === '' || file.startsWith(`${one.folder}/`)));
  return { root, paths, readText, packages, packageOf, declared: packages[0] };
}

/** Folders of packages above a tree: where Node looks for what the tree itself does not hold. */
export function packageFoldersAbove(root: string): string[] {
  const found: string[] = [];
  for (let folder = path.dirname(root); ; folder = path.dirname(folder)) {
    const packages = path.basename(folder) === 'node_modules' ? folder : path.join(folder, 'node_modules');
    if (existsSync(packages) && !found.includes(packages)) found.push(packages);
    if (folder === path.dirname(folder)) return found;
  }
}

function listFiles(root: string): string[] {
  const found: string[] = [];
  const waiting = [''];
  while (waiting.length > 0 && found.length < MOST_FILES) {
    const folder = waiting.shift()!;
    let entries;
    try {
      entries = readdirSync(path.join(root, folder), { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !entry.name.endsWith('.egg-info')) waiting.push(relative);
      } else if (entry.isFile()) found.push(relative);
    }
  }
  return found;
}
