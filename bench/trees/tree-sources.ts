/** Where the trees that we measure on come from. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../measure/environment.ts';
import { dataFolder } from '../trowel.ts';
import { Absent, installDebian, installNpm, unpackWheel } from './install.ts';

/** Parts of a tree: folders on this machine by the place where they go; only matching files of a part with a pattern. */
export type TreeParts = Readonly<Record<string, { readonly folder: string; readonly only?: RegExp }>>;

export interface TreeSource {
  readonly title: string;
  /** Extensions of the files that count as its code. */
  readonly code: RegExp;
  readonly parts: () => TreeParts;
}

/** Large packages that publish their TypeScript sources. */
const typescriptPackages = {
  zod: '4.6.7',
  'matrix-js-sdk': '37.5.0',
  rxjs: '7.8.2',
  '@trpc/server': '11.25.2',
  '@tanstack/query-core': '5.108.0',
};

export const treeSources = {
  small: {
    title: "Trowel's own sources",
    code: /\.ts$/,
    parts: () => ({ src: { folder: path.join(repository, 'src'), only: /(?<!\.test)\.ts$/ } }),
  },
  django: {
    title: 'Django',
    code: /\.(py|js)$/,
    parts: () => ({ django: { folder: pythonPackage('django', 'Django==3.2.25') } }),
  },
  sympy: {
    title: 'SymPy',
    code: /\.py$/,
    parts: () => ({ sympy: { folder: pythonPackage('sympy', 'sympy==1.11.1') } }),
  },
  typescript: {
    title: `TypeScript packages (${Object.keys(typescriptPackages).join(', ')})`,
    code: /\.tsx?$/,
    parts: () => {
      const folder = path.join(
        installNpm(path.join(dataFolder, 'sources', 'typescript'), typescriptPackages),
        'node_modules',
      );
      const sources = /(^|\/)src\/.*\.tsx?$|^[^/]*\.json$/;
      return Object.fromEntries(
        Object.keys(typescriptPackages).map((name) => [
          `packages/${name.replace(/.*\//, '')}`,
          { folder: path.join(folder, name), only: sources },
        ]),
      );
    },
  },
  go: {
    title: 'the Go tree',
    code: /\.(go|[chsS]|py|js)$/,
    parts: () => ({ src: { folder: goSources() } }),
  },
} satisfies Readonly<Record<string, TreeSource>>;

export type TreeName = keyof typeof treeSources;

export function isTreeName(name: string): name is TreeName {
  return name in treeSources;
}

function pythonPackage(name: string, requirement: string): string {
  const debian = `/usr/lib/python3/dist-packages/${name}`;
  if (existsSync(debian)) return debian;
  try {
    installDebian(`python3-${name}`);
    if (existsSync(debian)) return debian;
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
  }
  return path.join(unpackWheel(path.join(dataFolder, 'sources', name), requirement), name);
}

function goSources(): string {
  const find = (): string | undefined =>
    existsSync('/usr/share')
      ? readdirSync('/usr/share')
          .filter((name) => /^go-1\.\d+$/.test(name))
          .map((name) => path.join('/usr/share', name, 'src'))
          .find((folder) => existsSync(path.join(folder, 'runtime')))
      : undefined;
  const found = find();
  if (found) return found;
  installDebian('golang-1.19-src');
  const installed = find();
  if (!installed) throw new Absent('install the package golang-1.19-src');
  return installed;
}
