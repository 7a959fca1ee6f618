/** `tsconfig.json` and `jsconfig.json`: aliases, where output goes, which packages' types are named. */
import type { PathAlias } from '../ecosystem.ts';
import { folderOf, joinPath, nameOf, type ProjectFiles } from '../project-files.ts';
import { asRecord, asText, asTexts, readJson } from '../read-data.ts';
import type { OutputMapping } from './manifest-entries.ts';

export interface CompilerReading {
  readonly mapping: OutputMapping | undefined;
  readonly aliases: readonly PathAlias[];
  /** Packages: `extends`, `types`, `plugins`, `jsxImportSource`. */
  readonly uses: readonly { readonly name: string; readonly path: string; readonly as: string }[];
  /** Files and globs of `files` and `include`, from the tree's root. */
  readonly files: readonly string[];
  readonly broken: readonly { readonly path: string; readonly line: number; readonly what: string }[];
}

export function readCompilerSettings(project: ProjectFiles, paths: readonly string[]): CompilerReading {
  const aliases: PathAlias[] = [];
  const uses: { name: string; path: string; as: string }[] = [];
  const files: string[] = [];
  const broken: { path: string; line: number; what: string }[] = [];
  let mapping: OutputMapping | undefined;
  const plainFirst = [...paths].sort((a, b) => nameOf(a).length - nameOf(b).length || (a < b ? -1 : 1));
  for (const path of plainFirst) {
    const reading = readJson(project.text(path) ?? '{}');
    if ('error' in reading) {
      broken.push({ path, line: reading.line, what: reading.error });
      continue;
    }
    const settings = asRecord(reading.data);
    const options = asRecord(settings['compilerOptions']);
    const folder = folderOf(path);
    const inFolder = (value: unknown): string | undefined =>
      typeof value === 'string' ? joinPath(folder, value) : undefined;
    const outDir = inFolder(options['outDir']);
    if (mapping === undefined && outDir !== undefined && outDir !== folder)
      mapping = { outDir, rootDir: inFolder(options['rootDir']) };
    const from = inFolder(options['baseUrl']) ?? folder;
    for (const [pattern, targets] of Object.entries(asRecord(options['paths'])))
      aliases.push({ pattern, targets: asTexts(targets).flatMap((target) => joinPath(from, target) ?? []) });
    const use = (name: string | undefined, as: string): void => {
      if (name !== undefined && !/^[./]/.test(name)) uses.push({ name, path, as });
    };
    for (const name of asTexts(settings['extends'])) use(name, 'extended by TypeScript settings');
    for (const name of asTexts(options['types'])) {
      use(name, 'types of TypeScript settings');
      if (!name.startsWith('@types/')) use(typesPackage(name), 'types of TypeScript settings');
    }
    if (Array.isArray(options['plugins']))
      for (const plugin of options['plugins']) {
        use(asText(asRecord(plugin)['name']), 'plug-in of TypeScript settings');
        use(asText(asRecord(plugin)['transform']), 'plug-in of TypeScript settings');
      }
    use(asText(options['jsxImportSource']), 'JSX of TypeScript settings');
    if (options['importHelpers'] === true) use('tslib', 'helpers of TypeScript settings');
    if ((asText(options['jsx']) ?? '').startsWith('react') && options['jsxImportSource'] === undefined)
      use('react', 'JSX of TypeScript settings');
    for (const glob of [...asTexts(settings['files']), ...asTexts(settings['include'])]) {
      const place = joinPath(folder, glob);
      if (place !== undefined) files.push(place);
    }
  }
  return { mapping, aliases, uses, files, broken };
}

/** `react` → `@types/react`, `@scope/name` → `@types/scope__name`. */
export function typesPackage(name: string): string {
  return `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
}
