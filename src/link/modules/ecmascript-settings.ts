/** `tsconfig.json` and `jsconfig.json`: what they say about finding modules. */
import type { ProjectFiles } from '../linker.ts';
import { folderOf, joinPath, parseLooseJson } from './ecmascript-paths.ts';

export interface CompilerSettings {
  /** Folder that specifiers without a dot are tried in. */
  readonly baseUrl: string | undefined;
  readonly paths: readonly {
    readonly prefix: string;
    readonly suffix: string;
    readonly star: boolean;
    readonly targets: readonly string[];
  }[];
  readonly rootDirs: readonly string[];
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
}

interface RawSettings {
  readonly extends?: unknown;
  readonly references?: unknown;
  readonly compilerOptions?: unknown;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

export class SettingsFinder {
  readonly #project: ProjectFiles;
  readonly #byFolder = new Map<string, string[]>();
  readonly #files = new Map<string, CompilerSettings | undefined>();
  readonly #folders = new Map<string, readonly CompilerSettings[]>();

  constructor(project: ProjectFiles) {
    this.#project = project;
    for (const path of project.manifests()) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (!/^[tj]sconfig.*\.json$/.test(name) || path.includes('node_modules/')) continue;
      const folder = folderOf(path);
      const list = this.#byFolder.get(folder);
      if (list) list.push(path);
      else this.#byFolder.set(folder, [path]);
    }
    // The plain name before its variants, then by name.
    for (const list of this.#byFolder.values()) list.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  }

  /** Settings that hold for a folder's files, nearest first: a solution's parts may each know some of the paths. */
  of(folder: string): readonly CompilerSettings[] {
    let found = this.#folders.get(folder);
    if (!found) {
      const own = (this.#byFolder.get(folder) ?? [])
        .map((path) => this.#load(path, 0))
        .filter((settings) => settings !== undefined);
      found = folder === '' ? own : [...own, ...this.of(folderOf(folder))];
      this.#folders.set(folder, found);
    }
    return found;
  }

  #load(path: string, depth: number): CompilerSettings | undefined {
    if (this.#files.has(path)) return this.#files.get(path);
    this.#files.set(path, undefined);
    const content = this.#project.read(path);
    const raw = content === undefined || depth > 12 ? undefined : (parseLooseJson(content) as RawSettings | undefined);
    if (!raw) return undefined;
    const folder = folderOf(path);
    const bases = (typeof raw.extends === 'string' ? [raw.extends] : texts(raw.extends)).map((each) =>
      this.#extended(folder, each, depth),
    );
    const base = bases.reduce<CompilerSettings | undefined>((all, next) => next ?? all, undefined);
    const options = record(raw.compilerOptions);
    const inFolder = (value: unknown): string | undefined =>
      text(value) === undefined ? undefined : joinPath(folder, text(value)!);
    const baseUrl = inFolder(options['baseUrl']);
    const from = baseUrl ?? base?.baseUrl ?? folder;
    const paths =
      options['paths'] === undefined
        ? undefined
        : Object.entries(record(options['paths'])).map(([pattern, targets]) => {
            const star = pattern.indexOf('*');
            return {
              prefix: star < 0 ? pattern : pattern.slice(0, star),
              suffix: star < 0 ? '' : pattern.slice(star + 1),
              star: star >= 0,
              targets: texts(targets).map((target) => joinPath(from, target)),
            };
          });
    // The longest prefix wins, an exact name before all.
    paths?.sort((a, b) => Number(a.star) - Number(b.star) || b.prefix.length - a.prefix.length);
    const settings: CompilerSettings = {
      baseUrl: baseUrl ?? base?.baseUrl,
      paths: paths ?? base?.paths ?? [],
      rootDirs:
        options['rootDirs'] === undefined
          ? (base?.rootDirs ?? [])
          : texts(options['rootDirs']).map((each) => joinPath(folder, each)),
      outDir: inFolder(options['outDir']) ?? base?.outDir,
      rootDir: inFolder(options['rootDir']) ?? base?.rootDir,
    };
    this.#files.set(path, settings);
    return settings;
  }

  #extended(folder: string, specifier: string, depth: number): CompilerSettings | undefined {
    const candidates =
      specifier.startsWith('.') || specifier.startsWith('/')
        ? [joinPath(folder, specifier)]
        : [joinPath(folder, `node_modules/${specifier}`), `node_modules/${specifier}`];
    for (const candidate of candidates) {
      for (const path of [candidate, `${candidate}.json`, `${candidate}/tsconfig.json`]) {
        if (path.endsWith('.json') && this.#project.read(path) !== undefined) return this.#load(path, depth + 1);
      }
    }
    return undefined;
  }
}
