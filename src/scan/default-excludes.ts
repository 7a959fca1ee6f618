/** Folders that tools fill and nobody reads: skipped without any ignore file, unless git tracks what is in them. */

// prettier-ignore
const folders = new Set([
  'node_modules', 'bower_components', 'jspm_packages', '.venv', '__pycache__', 'site-packages', '.tox', '.nox', '.eggs', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.hypothesis', '.ipynb_checkpoints', '.gradle', '.terraform', '.next', '.nuxt', '.svelte-kit',
  '.parcel-cache', '.turbo', '.nyc_output', '.dart_tool', '.idea', '.vs', '.stack-work', 'elm-stuff', '.bloop', '.metals', '.direnv', '.pnpm-store', '__pypackages__', '.serverless', '.sass-cache', '.angular', '.history',
]);
/** Kept by version control for itself; never entered, never mentioned. */
export const versionControlFolders = new Set(['.git', '.hg', '.svn', '.bzr', '_darcs', '.jj', '.pijul']);
const files = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

export function isExcludedByDefault(name: string, isFolder: boolean): boolean {
  return isFolder ? folders.has(name) || name.endsWith('.egg-info') || name.endsWith('.dist-info') : files.has(name);
}

/** A virtual environment or a cache, told by the mark that its maker leaves inside. */
export function toolFolderMark(fileNames: ReadonlySet<string>): string | undefined {
  if (fileNames.has('pyvenv.cfg')) return 'virtual environment';
  if (fileNames.has('CACHEDIR.TAG')) return 'cache folder';
  return undefined;
}
