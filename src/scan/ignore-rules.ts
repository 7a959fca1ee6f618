/** The rules of one ignore file, as gitignore(5) defines them, compiled for asking about many paths. */
import { wildcardMatcher } from './wildcard.ts';

export interface IgnoreRules {
  /** Folder that the file stands in, relative to the repository's root: `''` or `a/b/`. */
  readonly base: string;
  /**
   * 1: ignored, −1: taken back by a `!` rule, 0: no rule speaks of it. The last rule that matches decides. `path` is relative
   * to the repository's root and lies below `base`.
   */
  verdict(path: string, name: string, isFolder: boolean): -1 | 0 | 1;
}

interface PatternRule {
  readonly index: number;
  readonly folderOnly: boolean;
  /** Tested against the name alone, else against the path below `base`. */
  readonly onName: boolean;
  readonly matches: (text: string) => boolean;
}

/** Undefined where the text holds no rule. */
export function parseIgnoreRules(text: string, base = '', ignoreCase = false): IgnoreRules | undefined {
  const negated: boolean[] = [];
  // By plain name and by plain extension: a look-up each, where real ignore files have most of their rules.
  const names = new Map<string, number>();
  const folderNames = new Map<string, number>();
  const extensions = new Map<string, number>();
  const folderExtensions = new Map<string, number>();
  const patterns: PatternRule[] = [];
  const fold = (word: string): string => (ignoreCase ? word.toLowerCase() : word);

  for (const raw of text.replace(/^\ufeff/, '').split('\n')) {
    let rule = stripTrailingSpace(raw.endsWith('\r') ? raw.slice(0, -1) : raw);
    if (rule === '' || rule.startsWith('#')) continue;
    const negative = rule.startsWith('!');
    if (negative) rule = rule.slice(1);
    const folderOnly = rule.endsWith('/');
    if (folderOnly) rule = rule.slice(0, -1);
    const anchored = rule.includes('/');
    if (rule.startsWith('/')) rule = rule.slice(1);
    if (rule === '') continue;
    const index = negated.length;
    if (!anchored && !/[*?[\\]/.test(rule)) (folderOnly ? folderNames : names).set(fold(rule), index);
    else if (!anchored && /^\*\.[^*?[\\.]+$/.test(rule))
      (folderOnly ? folderExtensions : extensions).set(fold(rule.slice(1)), index);
    else {
      const matches = wildcardMatcher(rule, anchored, ignoreCase);
      if (matches === undefined) continue;
      patterns.push({ index, folderOnly, onName: !anchored, matches });
    }
    negated.push(negative);
  }
  if (negated.length === 0) return undefined;
  patterns.reverse();

  return {
    base,
    verdict(path, name, isFolder) {
      const key = fold(name);
      let best = names.get(key) ?? -1;
      if (isFolder) best = Math.max(best, folderNames.get(key) ?? -1);
      if (extensions.size > 0 || folderExtensions.size > 0) {
        const dot = key.lastIndexOf('.');
        if (dot >= 0) {
          const extension = key.slice(dot);
          best = Math.max(best, extensions.get(extension) ?? -1);
          if (isFolder) best = Math.max(best, folderExtensions.get(extension) ?? -1);
        }
      }
      const below = base === '' ? path : path.slice(base.length);
      for (const { index, folderOnly, onName, matches } of patterns) {
        if (index < best) break;
        if ((isFolder || !folderOnly) && matches(onName ? name : below)) {
          best = index;
          break;
        }
      }
      return best < 0 ? 0 : negated[best] ? -1 : 1;
    },
  };
}

/** Trailing spaces do not count, unless a backslash stands before them. */
function stripTrailingSpace(rule: string): string {
  let end = rule.length;
  while (end > 0 && rule[end - 1] === ' ') {
    let slashes = 0;
    for (let at = end - 2; at >= 0 && rule[at] === '\\'; at--) slashes++;
    if (slashes % 2 === 1) break;
    end--;
  }
  return rule.slice(0, end);
}
