/** Finds the repository around a folder and what of its settings matters to a walk, without starting git. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface GitFolder {
  /** Root of the work tree. */
  readonly workTree: string;
  /** The work tree's own folder of git (its index is here). */
  readonly folder: string;
  /** Shared by all work trees of the repository (`info/exclude`, objects and configuration are here). */
  readonly common: string;
  readonly ignoreCase: boolean;
  readonly sparse: boolean;
  readonly hashBytes: 20 | 32;
  /** `core.excludesFile` of the repository's own configuration. */
  readonly excludesFile: string | undefined;
}

export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The repository whose work tree has exactly this root. */
export function gitFolderAt(workTree: string): GitFolder | undefined {
  const dotGit = path.join(workTree, '.git');
  let folder = dotGit;
  let stat;
  try {
    stat = statSync(dotGit, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
  if (!stat) return undefined;
  if (stat.isFile()) {
    const target = /^gitdir:\s*(.+?)\s*$/m.exec(readText(dotGit) ?? '')?.[1];
    if (target === undefined) return undefined;
    folder = path.resolve(workTree, target);
  }
  if (readText(path.join(folder, 'HEAD')) === undefined) return undefined;
  const shared = readText(path.join(folder, 'commondir'))?.trim();
  const common = shared === undefined ? folder : path.resolve(folder, shared);
  const settings = {
    ...readGitSettings(path.join(common, 'config')),
    ...readGitSettings(path.join(folder, 'config.worktree')),
  };
  return {
    workTree,
    folder,
    common,
    ignoreCase: settings['core.ignorecase'] === 'true',
    sparse: settings['core.sparsecheckout'] === 'true',
    hashBytes: settings['extensions.objectformat'] === 'sha256' ? 32 : 20,
    excludesFile: settings['core.excludesfile'],
  };
}

/** The repository whose work tree holds the folder. */
export function enclosingGitFolder(folder: string): GitFolder | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = gitFolderAt(at);
    if (found) return found;
    if (at === path.dirname(at)) return undefined;
  }
}

/** Settings as `section.key` in lower case. Included files are not followed. */
function readGitSettings(file: string): Record<string, string> {
  const settings: Record<string, string> = {};
  let section = '';
  for (const line of (readText(file) ?? '').split('\n')) {
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (header) {
      section = header[2] === undefined ? header[1]!.toLowerCase() : `${header[1]!.toLowerCase()}.${header[2]}`;
      continue;
    }
    const entry = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*?))?\s*$/.exec(line);
    if (entry) settings[`${section}.${entry[1]!.toLowerCase()}`] = unquote(entry[2] ?? 'true');
  }
  return settings;
}

function unquote(value: string): string {
  if (value.startsWith('"')) return (/^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1] ?? value).replace(/\\(["\\])/g, '$1');
  return value.replace(/\s+[#;].*$/, '');
}

/** The user's own ignore file: `core.excludesFile`, by default `git/ignore` in the user's configuration folder. */
export function globalExcludesFile(
  own: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const configuration = environment['XDG_CONFIG_HOME'] ?? (home && path.join(home, '.config'));
  let named = own;
  if (named === undefined && home !== undefined)
    named = readGitSettings(environment['GIT_CONFIG_GLOBAL'] ?? path.join(home, '.gitconfig'))['core.excludesfile'];
  if (named === undefined && configuration)
    named = readGitSettings(path.join(configuration, 'git', 'config'))['core.excludesfile'];
  if (named === undefined) return configuration && path.join(configuration, 'git', 'ignore');
  if (named.startsWith('~/')) return home && path.join(home, named.slice(2));
  return path.isAbsolute(named) ? named : undefined;
}
