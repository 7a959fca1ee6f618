/** Modules that code loads by names which it puts together. */
import { joinPath } from '#ecosystems/project-files.ts';
import type { FileView } from './file-view.ts';
import type { ProjectView } from './project-view.ts';
import type { SourceWords } from './source-words.ts';

const computed =
  /\b(?:import\.meta\.glob|require\.context|(?:import|require)\(\s*(?:\/\*[^]*?\*\/\s*)?(?:`[^`]*\$\{|[^)"'`]*["'][^"']*["']\s*\+|path\.(?:join|resolve)|[a-z]\w*(?:\.\w+)*\s*[),]|[a-zA-Z]\w*\())/;
const pathInString = /["'`]([^"'`\n${}*]*\/?)(?:\$\{|\*|["'`])/g;

/**
 * Folders whose files a computed `import()` or `require` may load: those that strings beside it name, and its own where none
 * does. A call of a variable alone may load what strings of any file name as a folder.
 */
export function loadedFolders(project: ProjectView): Set<string> {
  const folders = new Set<string>();
  const loaders = project.files.filter((file) => file.family === 'ecmascript' && loads(file).isLoader);
  if (loaders.length === 0) return folders;
  const all = new Set<string>();
  for (const { path } of project.files)
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (all.has(folder)) break;
      all.add(folder);
    }
  const isOpen = loaders.some((file) => loads(file).isOpen);
  for (const file of project.files) {
    if (file.family !== 'ecmascript') continue;
    const isLoader = loaders.includes(file);
    if (!isLoader && !isOpen) continue;
    const own = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '';
    let found = false;
    for (const text of loads(file).paths) {
      if (!isLoader && !text.includes('/')) continue;
      const cut = text.endsWith('/') ? text.slice(0, -1) : text;
      // `../messages/${x}`: up to the last slash; `'./commands'`: the whole.
      for (const part of new Set([cut, text.slice(0, Math.max(0, text.lastIndexOf('/')))])) {
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

interface Loads {
  readonly isLoader: boolean;
  /** Some call loads what a variable alone names. */
  readonly isOpen: boolean;
  /** Distinct strings that may name paths. */
  readonly paths: readonly string[];
}

const known = new WeakMap<SourceWords, Loads>();

/** What a file of ECMAScript says of loading. */
export function loads({ words }: FileView): Loads {
  let found = known.get(words);
  if (!found) {
    const isLoader = computed.test(words.code);
    const paths = new Set(Array.from(words.code.matchAll(pathInString), ([, text]) => text!));
    found = {
      isLoader,
      isOpen: isLoader && /\b(?:import|require)\(\s*[a-z]\w*(?:\.\w+)*\s*[),]/.test(words.code),
      paths: [...paths].filter((text) => text !== '' && text.length <= 200),
    };
    known.set(words, found);
  }
  return found;
}

export function isLoaded(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.has('')) return true;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    if (folders.has(path.slice(0, slash))) return true;
  return false;
}

/** Some module of Python is imported by a name that only running tells. */
export function loadsByName(project: ProjectView): boolean {
  return project.files.some(({ family, words, isTest }) => {
    if (family !== 'python' || isTest) return false;
    let found = byName.get(words);
    if (found === undefined)
      byName.set(
        words,
        (found =
          /\b(?:import_module|__import__|load_module|import_string)\s*\(\s*(?!["'][^"'{]*["'])|\bpkgutil\.|\b(?:iter_modules|walk_packages)\s*\(/.test(
            words.code,
          )),
      );
    return found;
  });
}

const byName = new WeakMap<SourceWords, boolean>();
