/** How ECMAScript and TypeScript find modules: Node's rules, TypeScript's settings, workspaces. */
import { builtinModules } from 'node:module';
import { IMPORT_STRIDE, ImportColumn } from '#model/facts.ts';
import type { ProjectFiles } from '../linker.ts';
import {
  mappedTargets,
  type PackageManifest,
  type Packages,
  readPackages,
  sourceStems,
} from './ecmascript-packages.ts';
import { folderOf, joinPath } from './ecmascript-paths.ts';
import { SettingsFinder } from './ecmascript-settings.ts';
import type { ModuleResolver, ModuleTarget } from './module-resolver.ts';

/** Sources before declarations, so that links lead to what runs. */
const extensions = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '.d.ts',
  '.d.mts',
  '.d.cts',
  '.json',
] as const;
const scriptExtensions = [
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.json',
  '.vue',
  '.svelte',
  '.d.ts',
  '.d.mts',
  '.d.cts',
] as const;
const builtFrom: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx', '.d.ts'],
  '.jsx': ['.tsx', '.d.ts'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};
const nodeModules: ReadonlySet<string> = new Set(builtinModules);
const missing: ModuleTarget = { kind: 'missing' };

interface Context {
  readonly files: ReadonlySet<string>;
  readonly packages: Packages;
  readonly settings: SettingsFinder;
}

export function ecmascriptModules(paths: readonly string[], project: ProjectFiles): ModuleResolver {
  const context: Context = {
    files: new Set(paths),
    packages: readPackages(project),
    settings: new SettingsFinder(project),
  };
  const cache = new Map<string, ModuleTarget>();
  const resolveSpecifier = (file: string, specifier: string): ModuleTarget => {
    const typed = /\.[cm]?tsx?$|\.vue$|\.svelte$/.test(file);
    const key = `${typed ? 't' : 'j'}${folderOf(file)}\0${specifier}`;
    let target = cache.get(key);
    if (!target) cache.set(key, (target = find(context, folderOf(file), specifier, typed)));
    return target;
  };
  return {
    resolve: (file, facts, row) => {
      const specifier = facts.strings[facts.imports[row * IMPORT_STRIDE + ImportColumn.specifier]!];
      return specifier === undefined ? missing : resolveSpecifier(file, specifier);
    },
    resolveSpecifier,
  };
}

function find(context: Context, folder: string, written: string, typed: boolean): ModuleTarget {
  const specifier =
    written.startsWith('.') || written.startsWith('/') ? written.replace(/[?#].*$/, '') : written.replace(/\?.*$/, '');
  if (specifier === '') return missing;
  if (specifier.startsWith('node:')) return { kind: 'external', name: specifier };
  if (/^(?:https?|data|file|npm|jsr|bun|cloudflare|virtual|astro):/.test(specifier))
    return { kind: 'external', name: specifier };
  if (/^\.\.?(?:\/|$)/.test(specifier) || specifier.startsWith('/')) return relative(context, folder, specifier, typed);
  if (specifier.startsWith('#')) {
    const found = packageImport(context, folder, specifier, typed);
    if (found) return found;
  }
  const mapped = bySettings(context, folder, specifier, typed);
  if (mapped !== undefined) return { kind: 'module', path: mapped };
  if (nodeModules.has(specifier)) return { kind: 'external', name: `node:${specifier}` };
  return packaged(context, specifier, typed);
}

function relative(context: Context, folder: string, specifier: string, typed: boolean): ModuleTarget {
  const path = joinPath(folder, specifier);
  const direct = probe(context, path, typed);
  if (direct !== undefined) return { kind: 'module', path: direct };
  // Folders that are one at run time.
  for (const { rootDirs } of context.settings.of(folder)) {
    const root = rootDirs.find((each) => path.startsWith(`${each}/`));
    if (root === undefined) continue;
    for (const other of rootDirs) {
      const found = probe(context, joinPath(other, path.slice(root.length + 1)), typed);
      if (found !== undefined) return { kind: 'module', path: found };
    }
  }
  const owner = nearestPackage(context, folder);
  const built =
    owner && fromSources(context, owner, owner.folder === '' ? path : path.slice(owner.folder.length + 1), typed);
  return built === undefined ? missing : { kind: 'module', path: built };
}

/** The file of the tree that a path without or with an extension means; folders by their manifest or index. */
function probe({ files, packages }: Context, path: string, typed: boolean, depth = 0): string | undefined {
  const dot = path.lastIndexOf('.');
  const extension = dot > path.lastIndexOf('/') ? path.slice(dot) : '';
  const sources = builtFrom[extension];
  if (sources && typed)
    for (const source of sources.filter((each) => !each.startsWith('.d')))
      if (files.has(path.slice(0, dot) + source)) return path.slice(0, dot) + source;
  if (files.has(path)) return path;
  if (sources)
    for (const source of sources) if (files.has(path.slice(0, dot) + source)) return path.slice(0, dot) + source;
  const order = typed ? extensions : scriptExtensions;
  for (const each of order) if (files.has(path + each)) return path + each;
  const manifest = path === '' ? undefined : packages.byFolder.get(path);
  if (manifest && depth < 3) {
    for (const entry of manifest.entries) {
      const found = probe({ files, packages } as Context, joinPath(path, entry), typed, depth + 1);
      if (found !== undefined) return found;
    }
  }
  const index = path === '' ? 'index' : `${path}/index`;
  for (const each of order) if (files.has(index + each)) return index + each;
  return undefined;
}

function bySettings(context: Context, folder: string, specifier: string, typed: boolean): string | undefined {
  for (const { paths, baseUrl } of context.settings.of(folder)) {
    for (const { prefix, suffix, star, targets } of paths) {
      if (
        star
          ? !(
              specifier.startsWith(prefix) &&
              specifier.endsWith(suffix) &&
              specifier.length >= prefix.length + suffix.length
            )
          : specifier !== prefix
      )
        continue;
      const rest = specifier.slice(prefix.length, specifier.length - suffix.length);
      for (const target of targets) {
        const found = probe(context, star ? target.replace('*', rest) : target, typed);
        if (found !== undefined) return found;
      }
    }
    if (baseUrl === undefined) continue;
    const found = probe(context, joinPath(baseUrl, specifier), typed);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nearestPackage({ packages }: Context, folder: string): PackageManifest | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const found = packages.byFolder.get(at);
    if (found || at === '') return found;
  }
}

function packageImport(context: Context, folder: string, specifier: string, typed: boolean): ModuleTarget | undefined {
  const owner = nearestPackage(context, folder);
  if (!owner) return undefined;
  for (const target of mappedTargets(owner.imports, specifier)) {
    if (!target.startsWith('.')) return find(context, owner.folder, target, typed);
    const found = probe(context, joinPath(owner.folder, target), typed) ?? fromSources(context, owner, target, typed);
    if (found !== undefined) return { kind: 'module', path: found };
  }
  return undefined;
}

function fromSources(context: Context, owner: PackageManifest, target: string, typed: boolean): string | undefined {
  const mapping = context.settings.of(owner.folder)[0];
  for (const stem of sourceStems(owner.folder, target, mapping)) {
    const found = probe(context, stem, typed);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A package of the tree by its name (a workspace, or the package itself), else one from outside. */
function packaged(context: Context, specifier: string, typed: boolean): ModuleTarget {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const rest = parts.slice(specifier.startsWith('@') ? 2 : 1).join('/');
  const owner = context.packages.byName.get(name);
  if (owner) {
    const path = rest === '' ? packageEntry(context, owner, typed) : packageFile(context, owner, rest, typed);
    if (path !== undefined) return { kind: 'module', path };
  }
  return { kind: 'external', name: `npm:${specifier}` };
}

/** The first target that is in the tree, implementations before declarations. */
function best(
  context: Context,
  owner: PackageManifest,
  targets: readonly string[],
  typed: boolean,
): string | undefined {
  let declared: string | undefined;
  for (const target of targets) {
    const found = probe(context, joinPath(owner.folder, target), typed) ?? fromSources(context, owner, target, typed);
    if (found === undefined || found.endsWith('.json')) continue;
    if (!/\.d\.[cm]?ts$/.test(found)) return found;
    declared ??= found;
  }
  return declared;
}

function packageEntry(context: Context, owner: PackageManifest, typed: boolean): string | undefined {
  return (
    best(context, owner, [...mappedTargets(owner.exports, '.'), ...owner.entries], typed) ??
    best(context, owner, ['index', 'src/index', 'src/main', 'lib/index', 'source/index'], typed)
  );
}

function packageFile(context: Context, owner: PackageManifest, rest: string, typed: boolean): string | undefined {
  return (
    best(context, owner, mappedTargets(owner.exports, `./${rest}`), typed) ??
    best(context, owner, [rest, `src/${rest}`, `lib/${rest}`], typed)
  );
}
