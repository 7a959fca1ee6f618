/** Rules of STYLE and ARCHITECTURE that are not about which room imports which: allow-lists, lengths, names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SourceModule } from './source-modules.ts';
import { foldersBelow, readModules } from './source-modules.ts';

interface Rooms {
  readonly fileSystem: readonly string[];
  readonly childProcess: readonly string[];
  readonly environment: readonly string[];
  readonly console: readonly string[];
  readonly standardStreams: readonly string[];
  /** Packages that more than one file may import, and which. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  readonly forbiddenFolders: readonly string[];
  readonly maximumLines: number;
  /** Files that are longer, with the length that they may not exceed. The list only shrinks. */
  readonly longerFiles: Readonly<Record<string, number>>;
}

export interface ArchitectureReport {
  readonly modules: number;
  readonly violations: readonly string[];
  /** Production files: median and 95th percentile of their lines. */
  readonly medianLines: number;
  readonly p95Lines: number;
}

/** `rulesFrom`: the tree whose rooms.json holds; a test checks planted trees by the real rules. */
export function checkArchitecture(root: string, rulesFrom: string = root): ArchitectureReport {
  const rooms = JSON.parse(readFileSync(path.join(rulesFrom, 'test/architecture/rooms.json'), 'utf8')) as Rooms;
  const modules = readModules(root, ['src', 'test', 'bench', 'scripts']);
  const product = modules.filter((module) => module.path.startsWith('src/') && !module.isTest);
  const lengths = product.map(({ lines }) => lines).toSorted((a, b) => a - b);
  return {
    modules: modules.length,
    violations: [
      ...allowLists(product, rooms),
      ...packages(product, rooms),
      ...shapes(modules),
      // A planted tree has none of the real one's long files.
      ...fileLengths(modules, root === rulesFrom ? rooms : { ...rooms, longerFiles: {} }),
      ...folderNames(foldersBelow(root, ['src', 'test', 'bench', 'scripts']), rooms),
    ],
    medianLines: lengths[Math.floor(lengths.length / 2)] ?? 0,
    p95Lines: lengths[Math.floor(lengths.length * 0.95)] ?? 0,
  };
}

const isListed = (file: string, list: readonly string[]): boolean =>
  list.some((entry) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry));

function allowLists(product: readonly SourceModule[], rooms: Rooms): string[] {
  const found: string[] = [];
  for (const { path: file, imports, members } of product) {
    const forbid = (list: readonly string[], what: string): void => {
      if (!isListed(file, list)) found.push(`${file}: ${what} is not for this file`);
    };
    if (imports.some((name) => /^(node:)?fs(\/promises)?$/.test(name))) forbid(rooms.fileSystem, 'node:fs');
    if (imports.some((name) => /^(node:)?child_process$/.test(name))) forbid(rooms.childProcess, 'node:child_process');
    if (members.has('process.env')) forbid(rooms.environment, 'process.env');
    if ([...members].some((member) => member.startsWith('console.'))) forbid(rooms.console, 'console');
    if (members.has('process.stdout') || members.has('process.stderr'))
      forbid(rooms.standardStreams, 'process.stdout and stderr');
  }
  return found;
}

/** An outside library is known to one file. */
function packages(product: readonly SourceModule[], rooms: Rooms): string[] {
  const users = new Map<string, string[]>();
  for (const { path: file, imports } of product) {
    for (const name of new Set(imports.map(packageOf).filter((found) => found !== undefined)))
      users.set(name, [...(users.get(name) ?? []), file]);
  }
  return [...users].flatMap(([name, files]) => {
    const allowed = rooms.packages[name];
    if (allowed)
      return files.filter((file) => !isListed(file, allowed)).map((file) => `${file}: ${name} is not for this file`);
    return files.length > 1 ? [`${name} is imported by ${files.length} files: ${files.join(', ')}`] : [];
  });
}

function packageOf(specifier: string): string | undefined {
  if (specifier === 'node:sqlite') return specifier;
  if (/^(node:|\.|#|\/)/.test(specifier)) return undefined;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

function shapes(modules: readonly SourceModule[]): string[] {
  return modules.flatMap(({ path: file, hasDefaultExport, isBarrel, hasEnum, members }) => {
    const found: string[] = [];
    if (hasDefaultExport) found.push(`${file}: a default export`);
    if (isBarrel) found.push(`${file}: a barrel, which exports other files' names only`);
    if (hasEnum) found.push(`${file}: an enum`);
    for (const member of members)
      if (/^(it|test|describe)\.(skip|only|todo)$/.test(member)) found.push(`${file}: ${member}`);
    return found;
  });
}

function fileLengths(modules: readonly SourceModule[], { maximumLines, longerFiles }: Rooms): string[] {
  const found: string[] = [];
  for (const { path: file, lines } of modules) {
    const allowed = longerFiles[file];
    if (lines > (allowed ?? maximumLines)) found.push(`${file}: ${lines} lines, at most ${allowed ?? maximumLines}`);
    if (allowed !== undefined && lines <= maximumLines)
      found.push(`${file} is no longer too long: take it off the list`);
  }
  const known = new Set(modules.map(({ path: file }) => file));
  for (const file of Object.keys(longerFiles))
    if (!known.has(file)) found.push(`${file} is gone: take it off the list of long files`);
  return found;
}

function folderNames(folders: readonly string[], { forbiddenFolders }: Rooms): string[] {
  return folders.flatMap((folder) =>
    folder
      .split('/')
      .filter((name) => forbiddenFolders.includes(name))
      .map((name) => `${folder}: a folder named ${name} says nothing`),
  );
}
