import { parseIgnoreRules } from '#scan/ignore-rules.ts';

/** Patterns as in .gitignore: a folder that matches stands for all in it; `!` takes back. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const rules = parseIgnoreRules(patterns.join('\n'));
  return (path) => {
    const names = path.split('/');
    let verdict = 0;
    for (let depth = 1; depth <= names.length; depth++) {
      const own = rules?.verdict(names.slice(0, depth).join('/'), names[depth - 1]!, depth < names.length) ?? 0;
      if (own !== 0) verdict = own;
    }
    return verdict > 0;
  };
}
