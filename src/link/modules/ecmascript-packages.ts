/** `package.json`: the names of the tree's own packages, and which file a name inside one means. */
import type { ProjectFiles } from '../linker.ts';
import { folderOf, joinPath, parseLooseJson } from './ecmascript-paths.ts';

export interface PackageManifest {
  readonly folder: string;
  readonly name: string | undefined;
  readonly exports: unknown;
  readonly imports: unknown;
  /** `source`, `module`, `main`, `types` and their kin, in the order in which they are tried. */
  readonly entries: readonly string[];
}

export interface Packages {
  readonly byName: ReadonlyMap<string, PackageManifest>;
  readonly byFolder: ReadonlyMap<string, PackageManifest>;
}

const entryFields = ['source', 'module', 'main', 'browser', 'types', 'typings'] as const;

export function readPackages(project: ProjectFiles): Packages {
  const byName = new Map<string, PackageManifest>();
  const byFolder = new Map<string, PackageManifest>();
  const manifests = project
    .manifests()
    .filter((path) => (path === 'package.json' || path.endsWith('/package.json')) && !path.includes('node_modules/'));
  // A package's own manifest stands above those of its fixtures.
  for (const path of [...manifests].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))) {
    const raw = parseLooseJson(project.read(path) ?? '');
    if (typeof raw !== 'object' || raw === null) continue;
    const fields = raw as Readonly<Record<string, unknown>>;
    const manifest: PackageManifest = {
      folder: folderOf(path),
      name: typeof fields['name'] === 'string' ? fields['name'] : undefined,
      exports: fields['exports'],
      imports: fields['imports'],
      entries: entryFields.map((field) => fields[field]).filter((value): value is string => typeof value === 'string'),
    };
    byFolder.set(manifest.folder, manifest);
    if (manifest.name !== undefined && !byName.has(manifest.name)) byName.set(manifest.name, manifest);
  }
  return { byName, byFolder };
}

/** Conditions in the order of the manifest, those that no program of ours sets left out. */
const refused = new Set(['react-native', 'workerd', 'worker', 'edge-light', 'bun', 'deno', 'react-server']);

/** Every file that the key of an `exports` or `imports` field may mean, best first. */
export function mappedTargets(map: unknown, key: string): string[] {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return key === '.' ? targetsOf(map, '') : [];
  const entries = Object.entries(map as Readonly<Record<string, unknown>>);
  const isConditions = entries.every(([name]) => !name.startsWith('.') && !name.startsWith('#'));
  if (isConditions) return key === '.' ? targetsOf(map, '') : [];
  const exact = entries.find(([name]) => name === key);
  if (exact) return targetsOf(exact[1], '');
  let best: { value: unknown; rest: string; length: number } | undefined;
  for (const [name, value] of entries) {
    const star = name.indexOf('*');
    const prefix = star >= 0 ? name.slice(0, star) : name.endsWith('/') ? name : undefined;
    if (prefix === undefined || !key.startsWith(prefix)) continue;
    const suffix = star >= 0 ? name.slice(star + 1) : '';
    if (!key.endsWith(suffix) || key.length < prefix.length + suffix.length) continue;
    if (!best || prefix.length > best.length)
      best = { value, rest: key.slice(prefix.length, key.length - suffix.length), length: prefix.length };
  }
  return best ? targetsOf(best.value, best.rest) : [];
}

function targetsOf(value: unknown, rest: string): string[] {
  if (typeof value === 'string')
    return [value.includes('*') ? value.replaceAll('*', rest) : value.endsWith('/') ? value + rest : value];
  if (Array.isArray(value)) return value.flatMap((each) => targetsOf(each, rest));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([condition]) => !refused.has(condition))
    .flatMap(([, each]) => targetsOf(each, rest));
}

const builtFolder =
  /^(?:dist|build|out|output|esm|cjs|es|lib|types|typings|umd|bundle|\.build|dist-[\w-]+|lib-[\w-]+|esm\d*|es\d+)$/;

/** Sources that a built file may come from: the same stem under `src`, `lib` or the package's folder. */
export function sourceStems(
  folder: string,
  target: string,
  mapping: { readonly outDir: string | undefined; readonly rootDir: string | undefined } | undefined,
): string[] {
  const path = joinPath(folder, target);
  const stem = path.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/, '');
  const stems: string[] = [];
  if (mapping?.outDir !== undefined && stem.startsWith(`${mapping.outDir}/`)) {
    const inside = stem.slice(mapping.outDir.length + 1);
    stems.push(joinPath(mapping.rootDir ?? joinPath(folder, 'src'), inside), joinPath(folder, inside));
  }
  let parts = (folder === '' ? stem : stem.slice(folder.length + 1)).split('/');
  while (parts.length > 1 && builtFolder.test(parts[0]!)) {
    parts = parts.slice(1);
    for (const root of ['src', 'lib', 'source', 'sources', ''])
      stems.push(joinPath(folder, root === '' ? parts.join('/') : `${root}/${parts.join('/')}`));
  }
  return stems;
}
