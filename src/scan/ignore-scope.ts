/** Which rules hold in one repository (or submodule) of the tree, and what it tracks. */
import path from 'node:path';
import { type GitFolder, globalExcludesFile, readText } from './git-folder.ts';
import { type GitIndex, readGitIndex } from './git-index.ts';
import { type IgnoreRules, parseIgnoreRules } from './ignore-rules.ts';

export interface IgnoreScope {
  readonly git: GitFolder | undefined;
  /** From the scanned root's relative path to the repository's: cut this many characters, then put `prefix` before. */
  readonly strip: number;
  readonly prefix: string;
  /** Rules that hold from the start: the user's, the repository's own, those of folders above the scanned root; weakest first. */
  readonly outer: readonly IgnoreRules[];
  index(): GitIndex | undefined;
}

export function ignoreScope(
  git: GitFolder | undefined,
  strip: number,
  prefix: string,
  environment: Readonly<Record<string, string | undefined>>,
): IgnoreScope {
  const outer: IgnoreRules[] = [];
  const add = (file: string | undefined, base: string): void => {
    const text = file === undefined ? undefined : readText(file);
    const rules = text === undefined ? undefined : parseIgnoreRules(text, base, git?.ignoreCase);
    if (rules) outer.push(rules);
  };
  if (git) {
    add(globalExcludesFile(git.excludesFile, environment), '');
    add(path.join(git.common, 'info', 'exclude'), '');
    for (let at = 0; at < prefix.length; at = prefix.indexOf('/', at) + 1)
      add(path.join(git.workTree, prefix.slice(0, at), '.gitignore'), prefix.slice(0, at));
  }
  let index: GitIndex | undefined;
  let loaded = git === undefined;
  return {
    git,
    strip,
    prefix,
    outer,
    index: () => {
      if (!loaded && git) index = readGitIndex(path.join(git.folder, 'index'), git.hashBytes);
      loaded = true;
      return index;
    },
  };
}

/** Whether the scanned root itself is ignored by the repository around it: then a person means it, and those rules do not hold. */
export function rootIsIgnored(scope: IgnoreScope): boolean {
  const parts = scope.prefix.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    const verdict = gitVerdict(
      scope.outer.filter(({ base }) => folder.startsWith(base)),
      folder,
      parts[depth - 1]!,
      true,
    );
    if (verdict && !scope.index()?.tracksBelow(folder)) return true;
  }
  return false;
}

/** The strongest rule's word: the last list that speaks of the path decides. */
export function gitVerdict(
  rules: readonly IgnoreRules[],
  repositoryPath: string,
  name: string,
  isFolder: boolean,
): boolean {
  for (let at = rules.length - 1; at >= 0; at--) {
    const verdict = rules[at]!.verdict(repositoryPath, name, isFolder);
    if (verdict !== 0) return verdict === 1;
  }
  return false;
}
