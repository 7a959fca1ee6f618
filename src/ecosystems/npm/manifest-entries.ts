/** What `package.json` says users load and run, as files of the tree: what a build makes leads back to its sources. */
import type { DeclaredBinary, DeclaredEntry } from '../ecosystem.ts';
import { folderOf, joinPath, type ProjectFiles } from '../project-files.ts';
import { asRecord, asText } from '../read-data.ts';

const sourceExtensions = [
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
  '.astro',
  '.d.ts',
  '.d.mts',
  '.d.cts',
];
const builtFolder =
  /^(?:dist|build|out|output|esm|cjs|es|lib|types|typings|umd|bundle|\.build|dist-[\w-]+|lib-[\w-]+|esm\d*|es\d+|module|commonjs|node|browser|web|_?internal)$/;

export interface OutputMapping {
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
}

/** The file that a path of a manifest or configuration means: itself, with an extension, as a folder's index, or its source. */
export function fileOf(
  project: ProjectFiles,
  folder: string,
  target: string,
  mapping?: OutputMapping,
): string | undefined {
  const path = joinPath(folder, target);
  if (path === undefined) return undefined;
  const direct = probe(project, path);
  if (direct !== undefined) return direct;
  const stem = path.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/, '');
  if (stem !== path) {
    const sibling = probe(project, stem);
    if (sibling !== undefined) return sibling;
  }
  return sourceOf(project, folder, target, mapping);
}

/** The source that a built file is made from, where the tree has it. */
function sourceOf(
  project: ProjectFiles,
  folder: string,
  target: string,
  mapping: OutputMapping | undefined,
): string | undefined {
  const path = joinPath(folder, target);
  if (path === undefined) return undefined;
  const stem = path.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/, '');
  if (mapping?.outDir !== undefined && stem.startsWith(`${mapping.outDir}/`)) {
    const inside = stem.slice(mapping.outDir.length + 1);
    for (const root of [mapping.rootDir, `${folder === '' ? '' : `${folder}/`}src`, folder]) {
      if (root === undefined) continue;
      const found = probe(project, root === '' ? inside : `${root}/${inside}`);
      if (found !== undefined) return found;
    }
  }
  let parts = (folder === '' ? stem : stem.slice(folder.length + 1)).split('/');
  // Under a built folder lies one for each target, by whatever name: `build/modern/index.js`.
  for (let isBuilt = 0; parts.length > 1 && (builtFolder.test(parts[0]!) || isBuilt === 1); isBuilt++) {
    parts = parts.slice(1);
    for (const root of ['src', 'lib', 'source', 'sources', '']) {
      const found = probe(project, [folder, root, ...parts].filter((part) => part !== '').join('/'));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function probe(project: ProjectFiles, path: string): string | undefined {
  if (project.has(path)) return path;
  for (const extension of sourceExtensions) if (project.has(path + extension)) return path + extension;
  const index = path === '' ? 'index' : `${path}/index`;
  for (const extension of sourceExtensions) if (project.has(index + extension)) return index + extension;
  return undefined;
}

const fields = [
  'main',
  'module',
  'browser',
  'types',
  'typings',
  'source',
  'unpkg',
  'jsdelivr',
  'es2015',
  'esnext',
  'jsnext:main',
  'react-native',
  'svelte',
  'style',
  'sass',
  'bun',
  'deno',
  'worker',
] as const;

export function manifestEntries(
  project: ProjectFiles,
  folder: string,
  manifest: Readonly<Record<string, unknown>>,
  mapping: OutputMapping | undefined,
): { readonly entries: DeclaredEntry[]; readonly binaries: DeclaredBinary[] } {
  const entries: DeclaredEntry[] = [];
  const add = (target: string, use: DeclaredEntry['use'], reason: string): void => {
    const path = fileOf(project, folder, target, mapping);
    if (path === undefined) return;
    entries.push({ path, use, reason });
    const source = sourceOf(project, folder, target, mapping);
    if (source !== undefined && source !== path) entries.push({ path: source, use, reason });
  };
  for (const field of fields) {
    const value = manifest[field];
    if (typeof value === 'string') add(value, 'public', `package.json ${field}`);
    // `browser` as a map: replacements of files by files.
    else if (field === 'browser')
      for (const target of Object.values(asRecord(value)))
        if (typeof target === 'string' && target.startsWith('.')) add(target, 'public', 'package.json browser');
  }
  for (const target of targetsOf(manifest['exports'])) {
    if (!target.includes('*')) add(target, 'public', 'package.json exports');
    else
      for (const path of starred(project, folder, target, mapping))
        entries.push({ path, use: 'public', reason: 'package.json exports' });
  }
  for (const target of targetsOf(manifest['imports']))
    if (target.startsWith('.') && !target.includes('*')) add(target, 'tool', 'package.json imports');
  for (const target of Object.values(asRecord(manifest['typesVersions'])).flatMap((each) =>
    Object.values(asRecord(each)).flat(),
  ))
    if (typeof target === 'string' && !target.includes('*')) add(target, 'public', 'package.json typesVersions');
  if (entries.length === 0) add('index', 'public', 'the default entry of a package');
  if (entries.length === 0) add('src/index', 'public', 'the usual entry of a package');
  for (const name of ['main', 'cli', 'src/main', 'src/cli']) add(name, 'program', 'a usual entry');
  if (entries.length === 0)
    for (const name of ['app', 'server', 'src/app', 'src/server', 'lib/index']) add(name, 'program', 'a usual entry');
  const binaries = binariesOf(manifest).map(([command, target]): DeclaredBinary => {
    const file = fileOf(project, folder, target, mapping);
    if (file !== undefined) entries.push({ path: file, use: 'program', reason: 'package.json bin' });
    return { command, file };
  });
  return { entries, binaries };
}

function binariesOf(manifest: Readonly<Record<string, unknown>>): [string, string][] {
  const { bin, name } = manifest;
  if (typeof bin === 'string') return [[(asText(name) ?? '').replace(/^@[^/]*\//, ''), bin]];
  return Object.entries(asRecord(bin)).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
}

function targetsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(targetsOf);
  return Object.values(asRecord(value)).flatMap(targetsOf);
}

/** Files for a target with a star: `./dist/*.js` is all of `src/` where `dist` is built. */
function starred(project: ProjectFiles, folder: string, target: string, mapping: OutputMapping | undefined): string[] {
  const path = joinPath(folder, target);
  if (path === undefined) return [];
  const star = path.indexOf('*');
  const [prefix, suffix] = [path.slice(0, star), path.slice(path.lastIndexOf('*') + 1)];
  const inside = folder === '' ? '' : `${folder}/`;
  const within = prefix.slice(inside.length).split('/');
  const roots = new Set([prefix]);
  for (let parts = within; parts.length > 1 && builtFolder.test(parts[0]!);) {
    parts = parts.slice(1);
    for (const root of ['src/', 'lib/', '']) roots.add(inside + root + parts.join('/'));
  }
  if (mapping?.outDir !== undefined && prefix.startsWith(`${mapping.outDir}/`))
    roots.add(`${mapping.rootDir ?? `${inside}src`}/${prefix.slice(mapping.outDir.length + 1)}`);
  const bare = suffix.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/, '');
  const isScript = bare !== suffix || suffix === '';
  for (const root of roots) {
    const found = project.under(folderOf(root.endsWith('/') ? `${root}x` : root)).filter((each) => {
      if (!each.startsWith(root) || each.includes('node_modules/')) return false;
      const rest = each.slice(root.length);
      if (!isScript) return rest.endsWith(suffix);
      const stem = rest.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/, '');
      return stem !== rest && stem.endsWith(bare) && !/\.(?:test|spec|stories)$/.test(stem);
    });
    if (found.length > 0) return found;
  }
  return [];
}
