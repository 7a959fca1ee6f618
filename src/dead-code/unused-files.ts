/** Files that nothing reaches from where use begins. */
import type { DeadCode } from './dead-code.ts';
import type { FileView } from './file-view.ts';
import { found, placeAt } from './found.ts';
import { isLoaded, loadsByName } from './loaded-folders.ts';
import type { ProjectView } from './project-view.ts';

export function unusedFiles(
  project: ProjectView,
  reached: ReadonlySet<string>,
  loaded: ReadonlySet<string>,
): DeadCode[] {
  const named = (): ReadonlySet<string> => namedFiles(project);
  const isDynamic = loadsByName(project);
  const isCatalogue = catalogues(project, reached);
  return project.files.flatMap((file): DeadCode[] => {
    if (reached.has(file.path) || file.isForeign || file.isTest || !canBeJudged(project, file)) return [];
    const sure = confidenceOf(project, file, named, loaded, isDynamic);
    if (!sure) return [];
    const judged =
      sure.confidence > 0.6 && isCatalogue(file)
        ? { confidence: 0.6, reason: 'no file of its folder is imported: something may load them by name' }
        : sure;
    const name = file.path;
    return [
      found({
        rule: 'unused-file',
        name,
        message: `${name} is not used: nothing imports it, and it is no entry point`,
        place: placeAt(file.path, 1, 0, 0),
        severity: 3,
        minutes: 10,
        ...judged,
      }),
    ];
  });
}

/** Folders of many files none of which, or nearly none, is reached: locales, plug-ins, what users import one by one. */
function catalogues(project: ProjectView, reached: ReadonlySet<string>): (file: FileView) => boolean {
  const LEAST = 6;
  const MOST_REACHED = 0.2;
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const folders = new Map<string, { all: number; reached: number }>();
  for (const { path, isTest } of project.files) {
    if (isTest) continue;
    const own = folders.get(folderOf(path)) ?? { all: 0, reached: 0 };
    own.all++;
    if (reached.has(path)) own.reached++;
    folders.set(folderOf(path), own);
  }
  return ({ path }) => {
    const folder = folders.get(folderOf(path));
    return folder !== undefined && folder.all >= LEAST && folder.reached <= folder.all * MOST_REACHED;
  };
}

/** Without an entry point in its package, nothing can be said of a file. */
function canBeJudged(project: ProjectView, file: FileView): boolean {
  const owner = file.package;
  if (!owner || /\.d\.[cm]?ts$/.test(file.path)) return false;
  return (
    owner.entries.some(({ path, use }) => use !== 'test' && project.byPath.has(path)) ||
    (file.family === 'python' && hasOwnEntry(project, owner))
  );
}

function hasOwnEntry(project: ProjectView, owner: FileView['package']): boolean {
  return project.files.some((file) => file.package === owner && file.isProgram);
}

function confidenceOf(
  project: ProjectView,
  file: FileView,
  named: () => ReadonlySet<string>,
  loaded: ReadonlySet<string>,
  isDynamic: boolean,
): { readonly confidence: number; readonly reason: string } | undefined {
  const base = file.path.slice(file.path.lastIndexOf('/') + 1);
  const stem = base.replace(/\.\w+$/, '');
  const owner = file.package!;
  if (
    named().has(base) ||
    named().has(stem) ||
    project.fileNames.has(base) ||
    (file.family === 'python' && project.isQuoted(stem))
  )
    return { confidence: 0.5, reason: 'a string names it' };
  if (/^\.\w+rc(?:\.[cm]?[jt]s)?$|\.(?:config|conf|setup)\.[cm]?[jt]s$/.test(base))
    return { confidence: 0.4, reason: 'a tool may read its settings from it' };
  if (file.family === 'python') {
    if (base === '__init__.py') return undefined;
    if (project.isLibrary(owner)) return { confidence: 0.4, reason: 'users of the package may import it' };
    if (byHand.test(file.path)) return { confidence: 0.5, reason: 'files of such folders are often run by hand' };
    if (isScript(file)) return { confidence: 0.4, reason: 'it may be run as a script' };
    if (isDynamic) return { confidence: 0.5, reason: 'the package imports modules by computed names' };
    return { confidence: 0.8, reason: 'no module imports it and it does not run by itself' };
  }
  if (isLoaded(file.path, loaded)) return { confidence: 0.4, reason: 'a computed import may reach it' };
  if (owner.unread.length > 0 && owner.unread.some(({ path }) => path.endsWith('package.json')))
    return { confidence: 0.5, reason: `${owner.unread[0]!.path} could not be read` };
  if (
    file.imports.length === 0 &&
    file.exports.size === 0 &&
    !/\.[cm]?tsx?$/.test(base) &&
    !isAmongModules(project, file)
  )
    return { confidence: 0.6, reason: 'it may be a script of its own' };
  if (byHand.test(file.path.slice(owner.folder.length)))
    return { confidence: 0.5, reason: 'files of such folders are often run or shown by hand' };
  if (project.isLibrary(owner) && !hasSourceEntry(project, owner))
    return { confidence: 0.5, reason: 'what the package exports is built from files that could not be told' };
  return { confidence: 0.9, reason: 'no import leads to it' };
}

/** Beside files that are reached by imports, in a folder of sources. */
function isAmongModules(project: ProjectView, file: FileView): boolean {
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  return (
    /(?:^|\/)(?:src|lib|app|source)\//.test(folder) &&
    project.files.some(({ path }) => path !== file.path && path.startsWith(folder) && project.importers.has(path))
  );
}

const byHand =
  /(?:^|\/)(?:scripts?|tools?|bin|examples?|samples?|demos?|docs?|website|benchmarks?|fixtures?|templates?|playground|integration|build|ci|\.[\w-]+)\//i;

const known = new WeakMap<ProjectView, ReadonlySet<string>>();

function namedFiles(project: ProjectView): ReadonlySet<string> {
  let found = known.get(project);
  if (!found) known.set(project, (found = findNamed(project)));
  return found;
}

/** Base names and stems that string literals of code and settings name, and the globs of `import.meta.glob`. */
function findNamed(project: ProjectView): Set<string> {
  const names = new Set<string>();
  const imported = new Set(project.files.flatMap((file) => file.imports.map(({ specifier }) => specifier)));
  for (const text of project.strings) {
    if (imported.has(text) || text.includes(' ') || text.includes('\n')) continue;
    const last = text.slice(text.lastIndexOf('/') + 1);
    if (/\.\w+$/.test(last) || (text.includes('/') && last.length > 2) || /^[\w]+(?:\.\w+)+$/.test(text)) {
      names.add(last);
      if (/^[\w]+(?:\.\w+)+$/.test(text) && !text.includes('/')) names.add(text.slice(text.lastIndexOf('.') + 1));
    }
  }
  for (const word of project.mentions) if (word.length > 4) names.add(word);
  return names;
}

function isScript(file: FileView): boolean {
  return /^(?!(?:import|from|def|class|async|if|try|except|else|finally|with|for|while|@|#|"""|'''|[\s)\]}]|\w+\s*(?::|=|\+=)|return|pass|raise))[\w.]+\s*\(/m.test(
    file.words.code,
  );
}

function hasSourceEntry(project: ProjectView, owner: NonNullable<FileView['package']>): boolean {
  return owner.entries.some(({ path, use }) => use === 'public' && project.byPath.has(path));
}
