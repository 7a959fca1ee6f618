/** A file with all that judging its use needs. */
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { EXPORT_STRIDE, ExportColumn, type FileFacts, IMPORT_STRIDE, ImportColumn, ImportFlag } from '#model/facts.ts';
import type { FileRecord } from '#model/snapshot.ts';
import { type ImportKind, importKinds } from '#model/vocabulary.ts';
import type { DeadCodeRequest, ImportTarget } from './dead-code.ts';
import { readWords, type SourceWords } from './source-words.ts';
import { writtenImports } from './written-imports.ts';

export type Family = 'ecmascript' | 'python';

export interface ImportView {
  readonly row: number;
  readonly kind: ImportKind;
  readonly specifier: string;
  /** The member that is imported; '' for the whole module. */
  readonly name: string;
  /** What it is called in the file; '' where it is not bound. */
  readonly local: string;
  readonly line: number;
  /** 0-based. */
  readonly column: number;
  readonly flags: number;
  /** Symbol row that it stands in. */
  readonly symbol: number;
  readonly target: ImportTarget;
}

export interface ExportView {
  readonly name: string;
  /** Symbol row, −1. */
  readonly symbol: number;
  /** Import row, −1. */
  readonly import: number;
  readonly isType: boolean;
  /** A star import takes it. */
  readonly isPublic: boolean;
}

export interface FileView {
  readonly record: FileRecord;
  readonly path: string;
  readonly family: Family;
  readonly facts: FileFacts;
  readonly text: string;
  readonly words: SourceWords;
  /** It begins with a line for a shell, or asks whether it is the program. */
  readonly runs: boolean;
  /** It asks whether it is the program. */
  readonly isProgram: boolean;
  readonly imports: readonly ImportView[];
  readonly exports: ReadonlyMap<string, ExportView>;
  readonly package: DeclaredPackage | undefined;
  readonly isTest: boolean;
  /** Generated, vendored or minified: it uses things, and nothing of it is judged. */
  readonly isForeign: boolean;
}

const families: Readonly<Record<string, Family>> = {
  javascript: 'ecmascript',
  jsx: 'ecmascript',
  typescript: 'ecmascript',
  tsx: 'ecmascript',
  vue: 'ecmascript',
  svelte: 'ecmascript',
  astro: 'ecmascript',
  python: 'python',
};

export function familyOf(language: string): Family | undefined {
  return families[language];
}

/** `before`: the same file of the same tree, whose imports lead where they did. */
export function readFileView(
  request: DeadCodeRequest,
  record: FileRecord,
  finder: PathFinder,
  before?: FileView,
): FileView | undefined {
  const family = familyOf(record.language);
  if (family === undefined) return undefined;
  const read = request.kept.memory.content(record, () => readContent(request, record));
  if (!read) return undefined;
  const { text, facts, words } = read;
  const owner = packageOf(request.packages, record.path, family === 'python' ? 'python' : 'npm');
  const { path } = record;
  if (before) return { ...before, record, package: owner };
  const resolve = (specifier: string): ImportTarget => {
    const inside = finder.relative(path, specifier) ?? finder.alias(path, specifier);
    if (inside !== undefined) return { kind: 'module', path: inside };
    return /^[./#]/.test(specifier) ? { kind: 'missing' } : { kind: 'external', name: `npm:${specifier}` };
  };
  return {
    record,
    path,
    family,
    facts,
    text,
    words,
    runs: read.runs,
    isProgram: read.isProgram,
    imports: [
      ...importsOf(request, path, facts, finder, text),
      ...(family === 'ecmascript' ? writtenImports(text, words.code, resolve) : []),
    ],
    exports: read.exports,
    package: owner,
    isTest: record.roles.includes('test'),
    isForeign:
      record.roles.some((role) => role === 'generated' || role === 'vendored' || role === 'minified') ||
      (family === 'ecmascript' && isBuilt(record.path, text)),
  };
}

/** What a file's text and language decide. */
export interface FileContent {
  readonly text: string;
  readonly facts: FileFacts;
  readonly words: SourceWords;
  readonly exports: ReadonlyMap<string, ExportView>;
  readonly runs: boolean;
  readonly isProgram: boolean;
}

function readContent({ snapshot }: DeadCodeRequest, { id, language }: FileRecord): FileContent | undefined {
  const text = snapshot.text(id);
  if (text === undefined) return undefined;
  const facts = snapshot.facts(id);
  const isProgram = language === 'python' && programs.test(text);
  return {
    text,
    facts,
    words: readWords(text, language),
    exports: exportsOf(facts),
    runs: text.startsWith('#!') || isProgram,
    isProgram,
  };
}

const programs = /^if\s+__name__\s*==/m;

/** What a compiler or bundler made. */
function isBuilt(path: string, text: string): boolean {
  return (
    /(?:^|\/)(?:dist|umd|cjs|esm|_?build|out)\//.test(path) ||
    /^(?:"use strict";\s*)?Object\.defineProperty\(exports, ["']__esModule["']|^["']use strict["'];\s*exports\.__esModule\s*=|\n\/\/# sourceMappingURL=/.test(
      text,
    )
  );
}

/** The innermost package of an ecosystem that a path lies in. */
export function packageOf(
  packages: readonly DeclaredPackage[],
  path: string,
  ecosystem: string,
): DeclaredPackage | undefined {
  let best: DeclaredPackage | undefined;
  for (const each of packages)
    if (
      each.ecosystem === ecosystem &&
      (each.folder === '' || path.startsWith(`${each.folder}/`)) &&
      (!best || each.folder.length > best.folder.length)
    )
      best = each;
  return best;
}

/** Files that a specifier means where link knows no answer. */
export interface PathFinder {
  /** By the aliases of bundlers and test runners. */
  alias(path: string, specifier: string): string | undefined;
  /** `./x`, with or without an extension. */
  relative(path: string, specifier: string): string | undefined;
}

function importsOf(
  request: DeadCodeRequest,
  path: string,
  facts: FileFacts,
  finder: PathFinder,
  source: string,
): ImportView[] {
  const found: ImportView[] = [];
  let lines: readonly string[] | undefined;
  const text = (index: number): string => (index < 0 ? '' : facts.strings[index]!);
  for (let at = 0, row = 0; at < facts.imports.length; at += IMPORT_STRIDE, row++) {
    const column = (which: keyof typeof ImportColumn): number => facts.imports[at + ImportColumn[which]]!;
    const flags = column('flags');
    if ((flags & ImportFlag.link) !== 0) continue;
    const kind = importKinds[column('kind')]!;
    const [specifier, name, alias] = [text(column('specifier')), text(column('name')), text(column('alias'))];
    let target = request.resolve(path, facts, row) ?? { kind: 'missing' as const };
    if (target.kind !== 'module') {
      const aliased = finder.alias(path, specifier);
      if (aliased !== undefined) target = { kind: 'module', path: aliased };
    }
    // `import('./a').Type` binds nothing.
    const isInline =
      kind === 'member' &&
      source.includes('import(') &&
      /^import\s*\(/.test(((lines ??= source.split('\n'))[column('line') - 1] ?? '').slice(column('column') - 1));
    const isBound = (kind === 'module' || kind === 'member') && !isInline;
    // Python binds the first part of a dotted name.
    const local =
      alias !== '' ? alias : name !== '' ? name : facts.language === 'python' ? specifier.split('.')[0]! : '';
    found.push({
      row,
      kind,
      specifier,
      name,
      local: isBound ? local : '',
      line: column('line'),
      column: column('column') - 1,
      flags,
      symbol: column('symbol'),
      target,
    });
  }
  return found;
}

function exportsOf(facts: FileFacts): Map<string, ExportView> {
  const found = new Map<string, ExportView>();
  for (let at = 0; at < facts.exports.length; at += EXPORT_STRIDE) {
    const name = facts.strings[facts.exports[at + ExportColumn.name]!]!;
    const flags = facts.exports[at + ExportColumn.flags]!;
    found.set(name, {
      name,
      symbol: facts.exports[at + ExportColumn.symbol]!,
      import: facts.exports[at + ExportColumn.import]!,
      isType: (flags & 2) !== 0,
      isPublic: (flags & 1) !== 0,
    });
  }
  return found;
}
