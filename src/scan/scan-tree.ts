/**
 * Walks a tree: which files belong to the project, with their stamps, and which were left out and why. Nothing is opened but
 * ignore files; what content tells (binary, generated, the language behind an ambiguous extension) is `readSource`'s to say.
 */
import { lstatSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import { type Emit, silent } from '#base/progress.ts';
import { detectLanguage } from '#languages/detect-language.ts';
import type { SkippedFile, SkipReason, SourceFile } from '#model/source-file.ts';
import { hasBinaryName } from './binary.ts';
import { isExcludedByDefault, toolFolderMark, versionControlFolders } from './default-excludes.ts';
import { isTestFolder, rolesOfPath } from './file-roles.ts';
import { explainEmpty } from './explain-empty.ts';
import { fileStamp } from './file-stamp.ts';
import { enclosingGitFolder, type GitFolder, gitFolderAt, readText } from './git-folder.ts';
import { type IgnoreRules, parseIgnoreRules } from './ignore-rules.ts';
import { gitVerdict, type IgnoreScope, ignoreScope, rootIsIgnored } from './ignore-scope.ts';
import { isManifest } from './manifests.ts';
import { entryPath, type FolderEntry, listFolder, type RawPath } from './list-folder.ts';
import type { ScanOptions, ScanResult } from './scan-result.ts';
import { symlinkReason } from './symlink.ts';

export const DEFAULT_MAX_BYTES = 4 << 20;
const MOST_NOTES = 20;

interface Folder extends RawPath {
  readonly scope: IgnoreScope;
  /** Rules of git's files, weakest first. */
  readonly rules: readonly IgnoreRules[];
  /** Rules of `.trowelignore` and the configuration. */
  readonly ownRules: readonly IgnoreRules[];
  /** The folder is ignored, but git tracks something in it: only that counts. */
  readonly trackedOnly: boolean;
  readonly inTests: boolean;
}

export async function scanTree(
  folder: string,
  options: ScanOptions = {},
  emit: Emit = silent,
  signal?: AbortSignal,
): Promise<ScanResult> {
  const root = openRoot(folder);
  const walk = new Walk(root, options);
  let pauseAt = performance.now() + 15;
  for (let steps = 0; walk.step(); steps++) {
    // The walk itself is synchronous (several times faster); it gives way to timers, signals and other work this often.
    if ((steps & 15) === 0 && performance.now() > pauseAt) {
      emit({ type: 'progress', stage: 'scan', done: walk.files.length, total: undefined });
      await nextTurn();
      throwIfAborted(signal);
      pauseAt = performance.now() + 15;
    }
  }
  throwIfAborted(signal);
  const result = walk.finish();
  const empty = explainEmpty(result);
  return empty
    ? { ...result, notes: [[empty.message, ...empty.reasons, empty.hint].join(' '), ...result.notes] }
    : result;
}

function openRoot(folder: string): string {
  let root: string;
  try {
    root = realpathSync(folder);
  } catch (cause) {
    throw new TrowelError('not-found', `There is no folder ${folder}.`, {
      cause,
      hint: 'Give the path of a folder, or a git URL.',
    });
  }
  if (!statSync(root).isDirectory())
    throw new TrowelError('usage', `${folder} is a file.`, { hint: 'Give the folder that holds it.' });
  return root;
}

class Walk {
  readonly files: SourceFile[] = [];
  readonly #skipped: SkippedFile[] = [];
  readonly #manifests: string[] = [];
  readonly #notes: string[] = [];
  readonly #stack: Folder[] = [];
  readonly #root: string;
  readonly #maxBytes: number;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #repository: GitFolder | undefined;
  readonly #configured: IgnoreRules | undefined;
  /** The folder being walked, entry by entry. */
  #current: { readonly folder: Folder; readonly entries: readonly FolderEntry[]; at: number } | undefined;

  constructor(root: string, options: ScanOptions) {
    this.#root = root;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.#environment = options.environment ?? {};
    this.#repository = enclosingGitFolder(root);
    this.#configured = parseIgnoreRules((options.excludes ?? []).join('\n'));
    const inside = this.#repository
      ? path.relative(realpathSync(this.#repository.workTree), root).split(path.sep).join('/')
      : '';
    let scope = ignoreScope(this.#repository, 0, inside === '' ? '' : `${inside}/`, this.#environment);
    if (rootIsIgnored(scope)) {
      this.#notes.push('The repository around this folder ignores it; its rules do not hold here.');
      scope = ignoreScope(undefined, 0, '', this.#environment);
    }
    this.#open({
      path: '',
      raw: undefined,
      scope,
      rules: scope.outer,
      ownRules: [],
      trackedOnly: false,
      inTests: false,
    });
  }

  /** Handles up to 64 entries; false when the tree is done. */
  step(): boolean {
    for (let count = 0; count < 64; count++) {
      const current = this.#current;
      if (current === undefined || current.at >= current.entries.length) {
        this.#current = undefined;
        const next = this.#stack.pop();
        if (next === undefined) return false;
        this.#open(next);
        continue;
      }
      this.#visit(current.folder, current.entries[current.at++]!);
    }
    return true;
  }

  finish(): ScanResult {
    const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
    if (this.#repository?.sparse)
      this.#notes.push('This is a sparse checkout: files that are not checked out are not seen.');
    return {
      root: this.#root,
      files: this.files.sort(byPath),
      skipped: this.#skipped.sort(byPath),
      manifests: this.#manifests.sort(),
      notes: this.#notes,
      repository: this.#repository,
    };
  }

  #skip(entryPath: string, reason: SkipReason, detail?: string): void {
    this.#skipped.push({ path: entryPath, reason, ...(detail !== undefined && { detail }) });
  }

  #open(given: Folder): void {
    let folder = given;
    let entries: readonly FolderEntry[];
    try {
      entries = listFolder(this.#root, folder);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (folder.path === '')
        throw new TrowelError('unreadable', `${this.#root} cannot be read: ${code ?? String(error)}.`, {
          cause: error,
        });
      this.#skip(`${folder.path}/`, code === 'ENOENT' ? 'vanished' : 'unreadable', code);
      return;
    }
    const names = new Set<string>();
    for (const { name } of entries) names.add(name);
    if (folder.path !== '') {
      if (names.has('.git')) {
        const scope = this.#enterRepository(folder);
        if (scope === 'skip') return;
        if (scope) folder = { ...folder, scope, rules: scope.outer, trackedOnly: false };
      } else if (
        names.size === 0 &&
        folder.scope.git &&
        folder.scope.index()?.isSubmodule(repositoryPath(folder.scope, folder.path))
      ) {
        this.#skip(`${folder.path}/`, 'submodule-missing', 'git submodule update --init');
        return;
      }
      const mark = toolFolderMark(names);
      if (mark !== undefined && !this.#tracksBelow(folder)) {
        this.#skip(`${folder.path}/`, 'ignored', mark);
        return;
      }
    }
    const rules = names.has('.gitignore') ? this.#withRules(folder.rules, folder, '.gitignore') : folder.rules;
    const ownRules = names.has('.trowelignore')
      ? this.#withRules(folder.ownRules, folder, '.trowelignore')
      : folder.ownRules;
    this.#noteCaseCollisions(folder, entries);
    const inTests = folder.inTests || (folder.path !== '' && isTestFolder(folder.path, [...names]));
    this.#current = { folder: { ...folder, rules, ownRules, inTests }, entries, at: 0 };
  }

  #withRules(
    rules: readonly IgnoreRules[],
    folder: Folder,
    name: '.gitignore' | '.trowelignore',
  ): readonly IgnoreRules[] {
    const file = path.join(this.#root, folder.path, name);
    const text = lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readText(file) : undefined;
    const own = folder.path === '' ? '' : `${folder.path}/`;
    const base = name === '.gitignore' ? folder.scope.prefix + own.slice(folder.scope.strip) : own;
    const added = text === undefined ? undefined : parseIgnoreRules(text, base, folder.scope.git?.ignoreCase);
    return added ? [...rules, added] : rules;
  }

  /** A repository inside the tree: a submodule is walked by its own rules, any other is not ours. */
  #enterRepository(folder: Folder): IgnoreScope | 'skip' | undefined {
    const git = gitFolderAt(path.join(this.#root, folder.path));
    if (!git) return undefined;
    if (folder.scope.index()?.isSubmodule(repositoryPath(folder.scope, folder.path)))
      return ignoreScope(git, folder.path.length + 1, '', this.#environment);
    const isWorkTree = git.common !== git.folder;
    this.#skip(
      `${folder.path}/`,
      'nested-repository',
      isWorkTree ? 'another work tree of a repository' : 'an independent repository',
    );
    return 'skip';
  }

  #tracksBelow(folder: Folder): boolean {
    return folder.scope.index()?.tracksBelow(repositoryPath(folder.scope, folder.path)) ?? false;
  }

  #noteCaseCollisions(folder: Folder, entries: readonly FolderEntry[]): void {
    const prefix = folder.path === '' ? '' : `${folder.path}/`;
    const seen = new Map<string, string>();
    for (const { name } of entries) {
      const lower = name.toLowerCase();
      const other = seen.get(lower);
      if (other !== undefined && this.#notes.length < MOST_NOTES)
        this.#notes.push(
          `${prefix}${other} and ${prefix}${name} differ in case only: some systems can hold only one of them.`,
        );
      seen.set(lower, name);
    }
  }

  /** Why the entry is left out; `tracked` where it is ignored but git tracks (something in) it; undefined: it counts. */
  #exclusion(
    folder: Folder,
    entry: FolderEntry,
    entryPath: string,
    isFolder: boolean,
  ): { readonly detail?: string } | 'tracked' | undefined {
    const configured = this.#configured?.verdict(entryPath, entry.name, isFolder) ?? 0;
    if (configured === 1) return { detail: 'configuration' };
    let taken = configured === -1;
    for (let at = folder.ownRules.length - 1; at >= 0 && !taken; at--) {
      const verdict = folder.ownRules[at]!.verdict(entryPath, entry.name, isFolder);
      if (verdict === 1) return { detail: '.trowelignore' };
      taken = verdict === -1;
    }
    if (taken) return undefined;
    const inRepository = repositoryPath(folder.scope, entryPath);
    const byDefault = isExcludedByDefault(entry.name, isFolder);
    const ignored = folder.trackedOnly || gitVerdict(folder.rules, inRepository, entry.name, isFolder);
    if (!ignored && !byDefault) return undefined;
    const index = folder.scope.index();
    if (isFolder ? index?.tracksBelow(inRepository) || index?.isSubmodule(inRepository) : index?.tracks(inRepository))
      return 'tracked';
    return ignored ? {} : { detail: 'default' };
  }

  #visit(folder: Folder, entry: FolderEntry): void {
    const isFolder = entry.kind === 'folder';
    if (versionControlFolders.has(entry.name) && (isFolder || entry.name === '.git')) return;
    const at = entryPath(folder, entry);
    const exclusion = this.#exclusion(folder, entry, at.path, isFolder);
    if (exclusion !== undefined && exclusion !== 'tracked') {
      this.#skip(isFolder ? `${at.path}/` : at.path, 'ignored', exclusion.detail);
      return;
    }
    if (isFolder) this.#stack.push({ ...folder, ...at, trackedOnly: exclusion === 'tracked' });
    else if (entry.kind === 'file') this.#addFile(folder, entry, at);
    else if (entry.kind === 'symlink') {
      const { reason, detail } = symlinkReason(this.#root, at);
      this.#skip(at.path, reason, detail);
    } else this.#skip(at.path, 'special', entry.kind);
  }

  #addFile(folder: Folder, entry: FolderEntry, at: RawPath): void {
    if (hasBinaryName(entry.name)) {
      this.#skip(at.path, 'binary');
      return;
    }
    const stamp = fileStamp(this.#root, at);
    if (stamp === undefined || typeof stamp === 'string') {
      this.#skip(at.path, stamp === undefined ? 'vanished' : 'unreadable', stamp);
      return;
    }
    const { language, declarations } = detectLanguage(at.path);
    const roles = rolesOfPath(at.path, language, declarations, folder.inTests);
    if (roles.includes('minified')) {
      this.#skip(at.path, 'minified');
      return;
    }
    if (stamp.size > this.#maxBytes) {
      this.#skip(at.path, 'oversize', `${stamp.size} bytes, the limit is ${this.#maxBytes}`);
      return;
    }
    this.files.push({ path: at.path, language, roles, stamp, ...(at.raw && { rawPath: at.raw.toString('latin1') }) });
    if (isManifest(entry.name)) this.#manifests.push(at.path);
  }
}

function repositoryPath(scope: IgnoreScope, below: string): string {
  return scope.prefix + below.slice(scope.strip);
}
