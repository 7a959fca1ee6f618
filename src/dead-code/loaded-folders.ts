/** Modules that code loads by names which it puts together. */
import { joinPath } from '#ecosystems/project-files.ts';
import type { ProjectView } from './project-view.ts';

const computed =
  /\b(?:import\.meta\.glob|require\.context|(?:import|require)\(\s*(?:\/\*[^]*?\*\/\s*)?(?:`[^`]*\$\{|[^)"'`]*["'][^"']*["']\s*\+|path\.(?:join|resolve)|[a-z]\w*(?:\.\w+)*\s*[),]|[a-zA-Z]\w*\())/;
const pathInString = /["'`]([^"'`\n${}*]*\/?)(?:\$\{|\*|["'`])/g;

/**
 * Folders whose files a computed `import()` or `require` may load: those that strings beside it name, and its own where none
 * does. A call of a variable alone may load what strings of any file name as a folder.
 */
export function loadedFolders(project: ProjectView): Set<string> {
  const folders = new Set<string>();
  const all = new Set<string>();
  for (const { path } of project.files)
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (all.has(folder)) break;
      all.add(folder);
    }
  const loaders = project.files.filter(({ family, words }) => family === 'ecmascript' && computed.test(words.code));
  if (loaders.length === 0) return folders;
  const isOpen = loaders.some(({ words }) => /\b(?:import|require)\(\s*[a-z]\w*(?:\.\w+)*\s*[),]/.test(words.code));
  for (const file of project.files) {
    if (file.family !== 'ecmascript') continue;
    const isLoader = loaders.includes(file);
    if (!isLoader && !isOpen) continue;
    const own = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '';
    let found = false;
    for (const [, text] of file.words.code.matchAll(pathInString)) {
      if (text === '' || text!.length > 200 || (!isLoader && !text!.includes('/'))) continue;
      const cut = text!.endsWith('/') ? text!.slice(0, -1) : text!;
      // `../messages/${x}`: up to the last slash; `'./commands'`: the whole.
      for (const part of new Set([cut, text!.slice(0, Math.max(0, text!.lastIndexOf('/')))])) {
        const folder = part === '' ? undefined : joinPath(part.startsWith('/') ? '' : own, part);
        if (folder === undefined || folder === '' || !all.has(folder)) continue;
        folders.add(folder);
        found = true;
      }
    }
    if (isLoader && !found) folders.add(own);
  }
  return folders;
}

export function isLoaded(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.has('')) return true;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    if (folders.has(path.slice(0, slash))) return true;
  return false;
}

/** Some module of Python is imported by a name that only running tells. */
export function loadsByName(project: ProjectView): boolean {
  return project.files.some(
    ({ family, words, isTest }) =>
      family === 'python' &&
      !isTest &&
      /\b(?:import_module|__import__|load_module|import_string)\s*\(\s*(?!["'][^"'{]*["'])|\bpkgutil\.|\b(?:iter_modules|walk_packages)\s*\(/.test(
        words.code,
      ),
  );
}
