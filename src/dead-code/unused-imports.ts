/** Imported names that their file does not use, and imports that lead nowhere. */
import { ImportFlag } from '#model/facts.ts';
import type { DeadCode } from './dead-code.ts';
import { isIncomplete } from './published.ts';
import type { FileView, ImportView } from './file-view.ts';
import { found, placeAt } from './found.ts';
import { startsOf } from './line-starts.ts';
import type { ProjectView } from './project-view.ts';
import { offsetOf } from './source-words.ts';
import type { WordIndex } from './word-index.ts';

export function unusedImports(project: ProjectView, file: FileView, words: WordIndex): DeadCode[] {
  if (file.isForeign || file.path.endsWith('.pyi') || file.record.partial) return [];
  const isInitialiser = file.family === 'python' && file.path.endsWith('__init__.py');
  const starts = startsOf(file);
  const ranges = file.imports.map((row) => importRange(file, row, starts));
  return file.imports.flatMap((row, at) =>
    judge({ project, words, file, ranges, isInitialiser, starts }, row, ranges[at]!),
  );
}

interface ImportScope {
  readonly project: ProjectView;
  readonly words: WordIndex;
  readonly file: FileView;
  readonly ranges: readonly Range[];
  readonly isInitialiser: boolean;
  readonly starts: readonly number[];
}

const silenced = /\bnoqa\b|pylint:\s*disable|type:\s*ignore|eslint-disable|@ts-(?:ignore|expect-error)|pyflakes|ruff:/i;

type Range = readonly [start: number, end: number];

function judge(scope: ImportScope, row: ImportView, own: Range): DeadCode[] {
  const { file, ranges, isInitialiser, starts } = scope;
  if (row.local === '' || row.local === '_' || row.specifier === '__future__') return [];
  if ((row.flags & ImportFlag.conditional) !== 0 && file.family === 'python') return [];
  // `import x as x` is Python's way to re-export.
  if (file.family === 'python' && (isInitialiser || row.name === row.local) && isWrittenTwice(file, row, own))
    return [];
  const line = file.text.slice(starts[row.line - 1], starts[row.line] ?? file.text.length);
  const head = file.text.slice(own[0], file.text.indexOf('\n', own[0]) + 1);
  if (silenced.test(line) || silenced.test(head)) return [];
  const places = [
    ...(file.words.places.get(row.local) ?? []),
    // A store by its short form.
    ...(file.path.endsWith('.svelte') ? (file.words.places.get(`$${row.local}`) ?? []) : []),
  ];
  const inImports = (offset: number): boolean => ranges.some(([start, end]) => offset >= start && offset < end);
  if (places.some((place) => place % 2 === 0 && !inImports(offsetOf(place)))) return [];
  if (file.family === 'ecmascript' && [...file.exports.values()].some((each) => each.import === row.row)) return [];
  if (file.words.strings.has(row.local) || usedInComments(file, row)) return [];
  // `import a.b` binds `a`: another import of the same package may be the one that is used.
  if (
    file.family === 'python' &&
    row.name === '' &&
    [...file.words.strings].some((text) => new RegExp(`\\b${row.local}\\b`).test(text))
  )
    return [];
  if (file.family === 'ecmascript' && isPragma(file, row)) return [];
  if (file.family === 'python' && importers(scope, row)) return [];
  // Modules that gather names for others: packages' own, and those for compatibility.
  const isReexport = file.family === 'python' && (isInitialiser || /(?:^|[/_])compat\w*\.py$/.test(file.path));
  return [
    found({
      rule: 'unused-import',
      name: row.local,
      message: `${row.local} is imported and not used`,
      place: placeAt(file.path, row.line, row.column, row.local.length),
      confidence: isReexport
        ? 0.5
        : row.kind === 'module' && file.family === 'ecmascript' && /require\s*\(/.test(line)
          ? 0.8
          : 0.95,
      reason: isReexport ? 'a package may offer it to others' : 'the file has no other word of that name',
      severity: 2,
      minutes: 1,
    }),
  ];
}

/** Other modules of the tree take it from here. */
function importers({ project, words, file }: ImportScope, row: ImportView): boolean {
  return project.importersOf(file.path).some(({ from, row: other }) => {
    if (other.kind === 'star') return words.has(from, row.local);
    if (other.kind === 'member' && other.target.kind === 'module' && other.target.submodule !== file.path)
      return other.name === row.local;
    return words.has(from, row.local) && from.words.places.get(row.local)!.some((place) => place % 2 === 1);
  });
}

function isWrittenTwice(file: FileView, row: ImportView, [start, end]: Range): boolean {
  return new RegExp(`\\b${row.local.replace(/\$/g, '\\$')}\\s+as\\s+${row.local.replace(/\$/g, '\\$')}\\b`).test(
    file.text.slice(start, end),
  );
}

/** Types in comments (`# type: Foo`, `{@link Foo}`) use a name. */
function usedInComments(file: FileView, row: ImportView): boolean {
  const name = row.local.replace(/\$/g, '\\$');
  return new RegExp(
    file.family === 'python'
      ? `#\\s*type:.*\\b${name}\\b|["'][^"'\\n]*\\b${name}\\b[^"'\\n]*["']`
      : `@(?:link|see|type|param|returns?|typedef|extends|implements|template|satisfies)\\b[^\\n]*\\b${name}\\b`,
  ).test(file.text);
}

/** Names that JSX calls without a word: React in the classic mode, `h`, `jsx` by a pragma. */
function isPragma(file: FileView, row: ImportView): boolean {
  if (!/\.[cm]?[jt]sx?$|\.vue$|\.svelte$|\.astro$/.test(file.path) || !/<\/|\/>/.test(file.text)) return false;
  return (
    /^(?:React|h|jsx|Fragment|createElement|Preact|m)$/.test(row.local) ||
    new RegExp(`@jsx(?:Frag)?\\s+${row.local}\\b`).test(file.text)
  );
}

/** A type that a comment names. */
function isInComment({ row, flags }: ImportView): boolean {
  return row < 0 && (flags & ImportFlag.typeOnly) !== 0;
}

/** The statement of an import row. */
function importRange(file: FileView, row: ImportView, starts: readonly number[]): Range {
  const at = (starts[row.line - 1] ?? 0) + row.column;
  // A call that imports is no statement that binds: its words are uses.
  if (row.kind === 'dynamic' || row.local === '' || row.row < 0) return [at, at];
  if (file.family === 'python') {
    const before = file.words.code.slice(0, at);
    const open = Math.max(
      before.lastIndexOf('\nfrom '),
      before.lastIndexOf('\nimport '),
      before.search(/^(?:from|import) /) === 0 ? 0 : -1,
    );
    const own = starts[row.line - 1] ?? 0;
    const parenthesis = before.lastIndexOf('(');
    const isOpen = parenthesis > before.lastIndexOf(')') && parenthesis > open;
    const start = isOpen ? before.lastIndexOf('\n', parenthesis) + 1 : own;
    const close = file.words.code.indexOf(isOpen ? ')' : '\n', at);
    return [start, close < 0 ? file.text.length : close + 1];
  }
  const before = file.text.slice(0, at);
  const start = Math.max(
    before.lastIndexOf('import'),
    before.lastIndexOf('const '),
    before.lastIndexOf('let '),
    before.lastIndexOf('var '),
    before.lastIndexOf('export '),
  );
  const inOne = start >= 0 && !/;|\n\s*\n/.test(file.text.slice(start, at));
  const own = inOne ? start : (starts[row.line - 1] ?? 0);
  const stop = file.text.indexOf(';', at);
  const quote = /["'`][^"'`\n]*["'`]/.exec(file.text.slice(at, stop < 0 ? at + 2000 : stop + 1));
  return [own, quote ? at + quote.index + quote[0].length : at + row.local.length];
}

const assets =
  /\.(?:css|s[ac]ss|less|styl|svg|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|eot|mp[34]|webm|ogg|wav|pdf|txt|md|mdx|html?|json5?|ya?ml|toml|wasm|node|glsl|vert|frag|graphql|gql|proto|csv|xml|mdoc|po|ftl|wgsl|handlebars|hbs|ejs|pug)$/i;

/** Relative imports to which no file answers. */
export function unresolvedImports(project: ProjectView): DeadCode[] {
  return project.files.flatMap((file) => {
    if (file.isForeign || file.family !== 'ecmascript') return [];
    return file.imports.flatMap((row) => {
      if (row.target.kind !== 'missing' || isInComment(row) || !/^\.{1,2}(?:\/|$)/.test(row.specifier)) return [];
      const plain = row.specifier.replace(/[?#].*$/, '');
      if (assets.test(plain) || /[?!${}]|(?:^|\/)node_modules\//.test(row.specifier)) return [];
      const folder = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '';
      if (exists(project, folder, plain)) return [];
      const isBuilt =
        /(?:^|\/)(?:dist|build|out|lib|generated|__generated__|\.\w+|types|gen|esm|cjs|es|output|release|coverage|pkg)(?:\/|$)|(?:\.gen|\.generated)\b/.test(
          plain,
        );
      // `require.resolve` asks where something is, should it be there.
      const isLate = (row.flags & ImportFlag.inFunction) !== 0 || row.row < 0;
      const confidence =
        isBuilt || isSeed(file.path) || (row.flags & ImportFlag.conditional) !== 0
          ? 0.5
          : file.isTest
            ? 0.6
            : isLate || isLeftOver(project, file)
              ? 0.7
              : 0.9;
      return [
        found({
          rule: 'unresolved-import',
          name: row.specifier,
          message: `The import of "${row.specifier}" leads to no file`,
          place: placeAt(file.path, row.line, row.column, row.specifier.length),
          confidence,
          reason: isBuilt ? 'a build may make the file' : 'no file of the tree has that path, with any extension',
          severity: confidence < 0.9 ? 2 : 4,
          minutes: 10,
        }),
      ];
    });
  });
}

/** Nothing of a published package leads to the file: what it needs may have stayed in the repository. */
function isLeftOver(project: ProjectView, { path, package: owner }: FileView): boolean {
  if (!owner || !isIncomplete(owner) || project.entries.has(path)) return false;
  return (project.importers.get(path) ?? []).length === 0;
}

/** What a generator copies into other projects stands on other ground there. */
export function isSeed(path: string): boolean {
  return /(?:^|\/)(?:[\w-]*blueprints?|templates?|skeletons?|scaffolds?|boilerplates?)\//i.test(path);
}

function exists(project: ProjectView, folder: string, specifier: string): boolean {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  return [
    '',
    '.js',
    '.ts',
    '.json',
    '.tsx',
    '.jsx',
    '.mjs',
    '.cjs',
    '.d.ts',
    '.node',
    '/index.js',
    '/index.ts',
    '/index.tsx',
    '/package.json',
  ].some((extension) => project.request.readText((path + extension).replace(/^\//, '')) !== undefined);
}
