/**
 * Where Python's imports lead. A module name is looked up under roots: folders of the importing file's path that are no
 * packages (nearest first, the way scripts find their neighbours), folders that the project declares or that hold top-level
 * packages, then the tree's own type stubs. A regular package wins over a namespace package, code over stubs.
 */
import { IMPORT_STRIDE, ImportColumn } from '#model/facts.ts';
import { importKinds } from '#model/vocabulary.ts';
import type { ProjectFiles } from '../linker.ts';
import type { ModulePath, ModuleResolver, ModuleResolverFactory, ModuleTarget } from './module-resolver.ts';
import { declaredPythonRoots } from './python-roots.ts';
import { isStandardPythonModule } from '#languages/python-standard-modules.ts';

const memberKind = importKinds.indexOf('member');
const dynamicKind = importKinds.indexOf('dynamic');
const extensions = ['.py', '.pyw', '.pyi'] as const;
const stubFolders = ['stubs', 'typings', 'typeshed', 'stubs/stubs'];

export const pythonModules: ModuleResolverFactory = (paths, project) => new PythonModuleResolver(paths, project);

class PythonModuleResolver implements ModuleResolver {
  /** Module path (without extension) to its file; a package under its folder's path. */
  readonly #modules = new Map<string, string>();
  /** Folders with an `__init__`. */
  readonly #packages = new Set<string>();
  /** Folders with Python files at any depth. */
  readonly #folders = new Set<string>(['']);
  /** Roots of the project in the order of their use, those of stubs after. */
  readonly #roots: readonly string[];
  readonly #stubRoots: readonly string[];
  readonly #rootPackage: string | undefined;
  readonly #found = new Map<string, ModulePath | null>();

  constructor(paths: readonly string[], project: ProjectFiles) {
    const tops = new Set<string>();
    this.#rootPackage = project.rootPackage;
    for (const path of paths) {
      const extension = extensions.find((each) => path.endsWith(each));
      if (!extension) continue;
      const stem = path.slice(0, -extension.length);
      const folder = folderOf(path);
      this.#addFolder(folder);
      const isPackage = stem.endsWith('/__init__') || stem === '__init__';
      const name = isPackage ? folder : stem;
      if (isPackage) this.#packages.add(folder);
      const known = this.#modules.get(name);
      if (known === undefined || rank(path) < rank(known)) this.#modules.set(name, path);
    }
    for (const folder of this.#packages) {
      const above = folderOf(folder);
      if (folder !== '' && !this.#packages.has(above)) tops.add(above);
    }
    for (const folder of this.#folders)
      if (folder === 'src' || folder === 'lib' || folder === 'python' || folder.endsWith('/src')) tops.add(folder);
    const declared = declaredPythonRoots(project).filter((root) => this.#folders.has(root));
    const others = [...tops].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
    this.#roots = [...new Set([...declared, ...others])];
    this.#stubRoots = [...stubFolders.filter((folder) => this.#folders.has(folder))];
  }

  resolve(file: string, facts: Parameters<ModuleResolver['resolve']>[1], importRow: number): ModuleTarget {
    const at = importRow * IMPORT_STRIDE;
    const { imports, strings } = facts;
    const specifier = strings[imports[at + ImportColumn.specifier]!] ?? '';
    const level = imports[at + ImportColumn.level]!;
    const nameIndex = imports[at + ImportColumn.name]!;
    const target = level > 0 ? this.#relative(file, specifier, level) : this.#absolute(file, specifier);
    if (target.kind !== 'module') return target;
    if (nameIndex >= 0 && imports[at] === memberKind) {
      const submodule = this.submodule(target.path, strings[nameIndex]!);
      return submodule === undefined ? target : { ...target, submodule };
    }
    const bindsTop = imports[at + ImportColumn.alias]! < 0 && nameIndex < 0 && imports[at] !== dynamicKind;
    return bindsTop ? target : withoutBound(target);
  }

  submodule(module: ModulePath, name: string): ModulePath | undefined {
    const folder = module.endsWith('/') ? module.slice(0, -1) : packageFolder(module);
    return folder === undefined ? undefined : this.#at(folder, name);
  }

  resolveSpecifier(file: string, specifier: string): ModuleTarget {
    const level = specifier.length - specifier.replace(/^\.+/, '').length;
    return level > 0 ? this.#relative(file, specifier.slice(level), level) : this.#absolute(file, specifier);
  }

  #addFolder(folder: string): void {
    for (let at = folder; at !== '' && !this.#folders.has(at); at = folderOf(at)) this.#folders.add(at);
  }

  #relative(file: string, specifier: string, level: number): ModuleTarget {
    let folder = folderOf(file);
    for (let up = 1; up < level; up++) {
      if (folder === '') return { kind: 'missing' };
      folder = folderOf(folder);
    }
    const path = specifier === '' ? this.#folderModule(folder) : this.#under(folder, specifier);
    return path === undefined ? { kind: 'missing' } : { kind: 'module', path };
  }

  #absolute(file: string, specifier: string): ModuleTarget {
    if (specifier === '') return { kind: 'missing' };
    const key = `${folderOf(file)}\0${specifier}`;
    let path = this.#found.get(key);
    if (path === undefined) this.#found.set(key, (path = this.#find(file, specifier) ?? null));
    const dot = specifier.indexOf('.');
    if (path !== null) {
      if (path === '') return { kind: 'missing' };
      const bound = dot < 0 ? undefined : this.#find(file, specifier.slice(0, dot));
      return bound === undefined || bound === '' ? { kind: 'module', path } : { kind: 'module', path, bound };
    }
    return dot < 0
      ? { kind: 'external', name: `py:${specifier}` }
      : { kind: 'external', name: `py:${specifier}`, bound: `py:${specifier.slice(0, dot)}` };
  }

  /** The module; '' when the top-level package is the tree's own but holds no such module; undefined for what lies outside. */
  #find(file: string, specifier: string): ModulePath | undefined {
    let namespace: ModulePath | undefined;
    let isOwn = false;
    const inRoot = this.#insideRootPackage(specifier);
    if (inRoot !== undefined) return inRoot;
    const top = specifier.split('.', 1)[0]!;
    const look = (root: string): ModulePath | undefined => {
      const found = this.#under(root, specifier);
      if (found === undefined) {
        if (this.#modules.has(join(root, top))) isOwn = true;
        return undefined;
      }
      if (!found.endsWith('/')) return found;
      namespace ??= found;
      return undefined;
    };
    const packages: string[] = [];
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      if (folder !== '' && this.#packages.has(folder)) packages.push(folder);
      else {
        const found = look(folder);
        if (found !== undefined) return found;
      }
      if (folder === '') break;
    }
    const isStandard = isStandardPythonModule(specifier);
    if (!isStandard) {
      for (const roots of [this.#roots, packages, this.#stubRoots]) {
        for (const root of roots) {
          // Inside a package, Python 2 looks among the neighbours first; a module never finds itself.
          const found = look(root);
          if (found !== undefined && found !== file) return found;
        }
        if (namespace !== undefined) return namespace;
      }
      for (const root of ['', ...this.#roots, ...this.#stubRoots]) {
        const stub = this.#under(root, `${top}-stubs${specifier.slice(top.length)}`);
        if (stub !== undefined && !stub.endsWith('/')) return stub;
      }
      if (namespace !== undefined) return namespace;
    }
    return isOwn ? '' : undefined;
  }

  /** A module named from outside the tree, when the tree's root is a package; '' when the package holds no such module. */
  #insideRootPackage(specifier: string): ModulePath | undefined {
    const own = this.#rootPackage;
    if (own === undefined || !this.#packages.has('')) return undefined;
    if (specifier === own) return this.#modules.get('');
    return specifier.startsWith(`${own}.`) ? (this.#under('', specifier.slice(own.length + 1)) ?? '') : undefined;
  }

  #under(root: string, specifier: string): ModulePath | undefined {
    let folder = root;
    const names = specifier.split('.');
    for (let i = 0; i < names.length - 1; i++) {
      folder = join(folder, names[i]!);
      if (!this.#folders.has(folder)) return undefined;
    }
    return this.#at(folder, names.at(-1)!);
  }

  /** The module `name` in a folder: a package, a file, or a namespace package. */
  #at(folder: string, name: string): ModulePath | undefined {
    const path = join(folder, name);
    const found = this.#modules.get(path);
    if (found !== undefined) return found;
    return path !== '' && this.#folders.has(path) ? `${path}/` : undefined;
  }

  #folderModule(folder: string): ModulePath {
    const found = this.#packages.has(folder) ? this.#modules.get(folder) : undefined;
    return found ?? `${folder}/`;
  }
}

function withoutBound({ path }: Extract<ModuleTarget, { kind: 'module' }>): ModuleTarget {
  return { kind: 'module', path };
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function depth(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

/** Folder of the package that an `__init__` file makes; undefined for other files. */
function packageFolder(file: string): string | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return /^__init__\.py[wi]?$/.test(name) ? folderOf(file) : undefined;
}

/** A package wins over a module of the same name, code over stubs. */
function rank(path: string): number {
  return (path.endsWith('.pyi') ? 2 : 0) + (packageFolder(path) === undefined ? 1 : 0);
}
