import type { StudiedProject } from '../proving-language.ts';

/** How Node reads a file: by its extension, else by the nearest package.json, else by its syntax. */
export function nodeFormat(path: string, text: string, project: StudiedProject): 'module' | 'commonjs' {
  if (/\.(mjs|mts)$/.test(path)) return 'module';
  if (/\.(cjs|cts)$/.test(path)) return 'commonjs';
  if (packageType(path, project) === 'module') return 'module';
  return /^\s*(?:import(?:\s+[\w$]|\s*(?:[*{"']|\/\*))|export(?:\s+[\w$]|\s*[*{]))|\bimport\.meta\b/m.test(text)
    ? 'module'
    : 'commonjs';
}

export function packageType(path: string, project: StudiedProject): 'module' | 'commonjs' {
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const text = project.readText(folder === '' ? 'package.json' : `${folder}/package.json`);
    if (text !== undefined) return /"type"\s*:\s*"module"/.test(text) ? 'module' : 'commonjs';
    if (folder === '') return 'commonjs';
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
