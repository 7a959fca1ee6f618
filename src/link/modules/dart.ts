import { IMPORT_STRIDE, ImportColumn } from '#model/facts.ts';
import type { ProjectFiles } from '../linker.ts';
import { folderOf, joinPath } from './ecmascript-paths.ts';
import type { ModuleResolver, ModuleTarget } from './module-resolver.ts';

/** Folders of the tree's own packages, by the `name` in their pubspec.yaml. */
function ownPackages(project: ProjectFiles): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const manifest of project.manifests()) {
    if (manifest !== 'pubspec.yaml' && !manifest.endsWith('/pubspec.yaml')) continue;
    const name = /^name:\s*["']?([\w$]+)/m.exec(project.read(manifest) ?? '')?.[1];
    if (name !== undefined && !packages.has(name)) packages.set(name, folderOf(manifest));
  }
  return packages;
}

/** `dart:` is the platform; `package:name/path` is `path` under the package's `lib`; all else is relative to the file. */
export function dartModules(paths: readonly string[], project: ProjectFiles): ModuleResolver {
  const packages = ownPackages(project);
  const files = new Set(paths);
  const own = (path: string): ModuleTarget => (files.has(path) ? { kind: 'module', path } : { kind: 'missing' });
  return {
    resolve(file, facts, row): ModuleTarget {
      const specifier = facts.strings[facts.imports[row * IMPORT_STRIDE + ImportColumn.specifier]!] ?? '';
      if (specifier.includes('$')) return { kind: 'missing' };
      if (specifier.startsWith('dart:')) return { kind: 'external', name: specifier };
      const inPackage = /^package:([^/]+)\/(.*)$/.exec(specifier);
      if (!inPackage) return own(joinPath(folderOf(file), specifier));
      const folder = packages.get(inPackage[1]!);
      if (folder === undefined) return { kind: 'external', name: `pub:${inPackage[1]!}/${inPackage[2]!}` };
      return own(joinPath(folder, `lib/${inPackage[2]!}`));
    },
  };
}
