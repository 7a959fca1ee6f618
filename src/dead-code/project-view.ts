/** All files of a tree as they are judged, with what joins them: entries, mentions in texts that are no code. */
import { throwIfAborted } from '#base/abort.ts';
import type { DeclaredEntry, DeclaredPackage } from '#ecosystems/ecosystem.ts';
import {
  type Family,
  familyOf,
  type FileView,
  type ImportView,
  packageOf,
  type PathFinder,
  readFileView,
} from './file-view.ts';
import { joinPath } from '#ecosystems/project-files.ts';
import type { DeadCodeRequest } from './dead-code.ts';
import type { PlainContent, PlainTexts } from './dead-code-memory.ts';
import type { TextCounts } from './text-counts.ts';

export interface ProjectView {
  readonly request: DeadCodeRequest;
  readonly files: readonly FileView[];
  readonly byPath: ReadonlyMap<string, FileView>;
  /** Entries by the file's path. */
  readonly entries: ReadonlyMap<string, readonly DeclaredEntry[]>;
  /** Import rows that lead to a file, by its path. */
  readonly importers: ReadonlyMap<string, readonly { readonly from: FileView; readonly row: ImportView }[]>;
  /** Words of templates, pages and settings. */
  readonly mentions: ReadonlySet<string>;
  /** Words of those files that list no dependencies. */
  readonly plainMentions: ReadonlySet<string>;
  /** Packages that style sheets import. */
  readonly styleUses: readonly { readonly path: string; readonly name: string }[];
  /** String literals of code, whole. */
  readonly strings: TextCounts;
  /** Parts of dotted names and paths in strings. */
  readonly parts: TextCounts;
  /** What a unit of a file asks of the rest of the tree goes through these, which note it. */
  isQuoted(name: string): boolean;
  hasString(text: string): boolean;
  isMentioned(word: string): boolean;
  /** The beginning of a name that code puts together. */
  beginningOf(name: string): string | undefined;
  importersOf(path: string): readonly { readonly from: FileView; readonly row: ImportView }[];
  viewOf(path: string): FileView | undefined;
  readonly reads: Reads;
  /** Paths of files by the names that stand in them. */
  readonly names: Readonly<Record<Family, ReadonlyMap<string, readonly string[]>>>;
  /** Names of files that scripts, settings and documents name. */
  readonly fileNames: ReadonlySet<string>;
  /** Beginnings of names that code puts together: `"handle_" + x`. */
  readonly beginnings: readonly string[];
  /** Whether others may use a package's public names: it is published. */
  isLibrary(owner: DeclaredPackage | undefined): boolean;
}

/** Notes what a unit reads. */
export interface Reads {
  read(key: string): void;
}

const mentioning =
  /\.(?:html?|hbs|ejs|pug|njk|jinja2?|j2|mako|ya?ml|toml|json|jsonc|ini|cfg|xml|graphql|gql|ui|kv|twig|liquid)$/i;
const MAX_MENTIONING = 200_000;

export function readProject(request: DeadCodeRequest): ProjectView {
  const { memory, changed } = request.kept;
  const reads = memory.units;
  const { snapshot, packages } = request;
  const paths = new Set(snapshot.files().map(({ path }) => path));
  const finder = pathFinder(packages, paths);
  const files: FileView[] = [];
  // No file changed but those of code.
  const plain = changed && memory.plainTexts;
  const { mentions, plainMentions, styleUses, fileNames } = plain ?? noTexts();
  const { strings, parts } = memory.texts;
  if (!changed) memory.clearTexts();
  for (const record of snapshot.files()) {
    throwIfAborted(request.signal);
    const view = readFileView(
      request,
      record,
      finder,
      changed && !changed.has(record.path) ? memory.view(record.path) : undefined,
    );
    if (!changed || changed.has(record.path)) memory.countTexts(changed && memory.view(record.path), view);
    if (view) files.push(view);
    else if (
      !plain &&
      record.bytes < MAX_MENTIONING &&
      familyOf(record.language) === undefined &&
      !isLock(record.path)
    ) {
      const content = memory.content(record, () => readPlain(record.path, snapshot.text(record.id)));
      if (!content) continue;
      for (const name of content.stylePackages) styleUses.push({ path: record.path, name });
      for (const name of content.fileNames) fileNames.add(name);
      for (const word of content.words ?? []) {
        mentions.add(word);
        if (!isManifest.test(record.path)) plainMentions.add(word);
      }
    }
  }
  memory.plainTexts = { mentions, plainMentions, styleUses, fileNames };
  const beginnings = [...memory.texts.beginnings].sort();
  const entries = new Map<string, DeclaredEntry[]>();
  for (const each of packages)
    for (const entry of each.entries) {
      const list = entries.get(entry.path);
      if (list) list.push(entry);
      else entries.set(entry.path, [entry]);
    }
  const importers = new Map<string, { from: FileView; row: ImportView }[]>();
  for (const from of files)
    for (const row of from.imports) {
      if (row.target.kind !== 'module') continue;
      for (const path of new Set([row.target.path, row.target.submodule])) {
        if (path === undefined) continue;
        const list = importers.get(path);
        if (list) list.push({ from, row });
        else importers.set(path, [{ from, row }]);
      }
    }
  const byPath = new Map(files.map((file) => [file.path, file]));
  const libraries = new Map<DeclaredPackage, boolean>();
  return {
    request,
    files,
    byPath,
    entries,
    importers,
    mentions,
    plainMentions,
    styleUses,
    strings,
    fileNames,
    parts,
    beginnings,
    reads,
    names: memory.names,
    isQuoted(name) {
      reads.read(`string ${name}`);
      return strings.has(name) || parts.has(name);
    },
    hasString(text) {
      reads.read(`string ${text}`);
      return strings.has(text);
    },
    isMentioned(word) {
      reads.read(`mention ${word}`);
      return mentions.has(word);
    },
    beginningOf(name) {
      reads.read('beginnings');
      for (const each of beginnings) if (name.startsWith(each)) return each;
      return undefined;
    },
    importersOf(path) {
      reads.read(`importers ${path}`);
      return importers.get(path) ?? [];
    },
    viewOf(path) {
      reads.read(`view ${path}`);
      return byPath.get(path);
    },
    isLibrary(owner) {
      if (!owner) return false;
      let known = libraries.get(owner);
      if (known === undefined) {
        known =
          !owner.isPrivate &&
          (owner.name === undefined ? isPackageAlone(owner, files) : owner.entries.some(({ use }) => use === 'public'));
        libraries.set(owner, known);
      }
      return known;
    },
  };
}

function noTexts(): PlainTexts {
  return { mentions: new Set(), plainMentions: new Set(), styleUses: [], fileNames: new Set() };
}

const isManifest =
  /(?:^|\/)(?:pyproject\.toml|setup\.cfg|Pipfile|package\.json|[\w-]*requirements[\w-]*\.\w+|environment\.ya?ml)$/;

function readPlain(path: string, text: string | undefined): PlainContent | undefined {
  if (text === undefined) return undefined;
  const isStyle = /\.(?:css|s[ac]ss|less|styl|pcss|postcss)$/.test(path);
  const isProse = /\.(?:mdx?|rst|txt)$/i.test(path);
  return {
    stylePackages: isStyle ? stylePackages(text) : [],
    fileNames: isProse
      ? []
      : [...new Set(Array.from(text.matchAll(/[\w.-]+\.(?:[cm]?[jt]sx?|py|vue|svelte)\b/g), ([name]) => name))],
    words: mentioning.test(path)
      ? new Set(Array.from(text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu), ([word]) => word))
      : undefined,
  };
}

/** Python packages without a manifest, and nothing that would run them: others import them. */
function isPackageAlone(owner: DeclaredPackage, files: readonly FileView[]): boolean {
  if (owner.ecosystem !== 'python') return false;
  const own = files.filter((file) => file.package === owner);
  return (
    own.some(
      ({ path, imports }) =>
        /^[^/]+\/__init__\.py$/.test(path) && imports.some(({ target }) => target.kind === 'module'),
    ) && own.every(({ path, text }) => path.includes('/') || !/^if\s+__name__\s*==|^#!/m.test(text))
  );
}

/** `@import "pkg/part.css"`, `@use "pkg"`, `@plugin "pkg"`. */
function stylePackages(text: string): string[] {
  return [
    ...text.matchAll(/@(?:import|use|forward|plugin|reference|config)\s+(?:url\(\s*)?["']?~?([@\w][^"')\s;]*)/g),
  ].flatMap(([, specifier]) => {
    const name = specifier!
      .split('/')
      .slice(0, specifier!.startsWith('@') ? 2 : 1)
      .join('/');
    return /^(?:https?:|sass:|url$)/.test(specifier!) ? [] : [name];
  });
}

function isLock(path: string): boolean {
  return /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|composer\.lock|[\w-]+\.lock)$/.test(path);
}

const extensions = [
  '',
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
  '.json',
];

function pathFinder(packages: readonly DeclaredPackage[], paths: ReadonlySet<string>): PathFinder {
  const probe = (target: string): string | undefined => {
    for (const extension of extensions) if (paths.has(target + extension)) return target + extension;
    for (const extension of extensions.slice(1))
      if (paths.has(`${target}/index${extension}`)) return `${target}/index${extension}`;
    return undefined;
  };
  const withAliases = packages.filter(({ aliases }) => aliases.length > 0);
  const alias = (path: string, specifier: string): string | undefined => {
    if (withAliases.length === 0 || /^[./]/.test(specifier) || specifier === '') return undefined;
    const owner = packageOf(withAliases, path, 'npm');
    for (const { pattern, targets } of owner?.aliases ?? []) {
      const star = pattern.indexOf('*');
      const prefix = star < 0 ? pattern : pattern.slice(0, star);
      if (star < 0 ? specifier !== pattern : !specifier.startsWith(prefix)) continue;
      const rest = specifier.slice(prefix.length);
      for (const target of targets) {
        const found = probe(target.includes('*') ? target.replace('*', rest) : target);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  const relative = (path: string, specifier: string): string | undefined => {
    if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return undefined;
    const target = joinPath(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', specifier);
    return target === undefined ? undefined : (probe(target) ?? probe(target.replace(/\.[cm]?jsx?$/, '')));
  };
  return { alias, relative };
}
