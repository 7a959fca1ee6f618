import type { StudiedProject } from '../proving-language.ts';

const MOST_TESTS = 60;

/** How the project's aliases name a file: `@/text/slug` for `src/text/slug.ts`; undefined where none reaches it. */
export function aliasFor(file: string, project: StudiedProject): string | undefined {
  for (const { pattern, targets } of project.declared?.aliases ?? []) {
    for (const target of targets) {
      const [before = '', after = ''] = target.split('*');
      if (!file.startsWith(before) || !target.includes('*') || after.startsWith('/')) continue;
      const plain = file.slice(before.length).replace(/\.[cm]?[jt]sx?$/, '');
      return pattern.replace('*', /\.[cm]?[jt]sx?$/.test(after) ? plain : plain + extensionOf(file, pattern));
    }
  }
  return undefined;
}

/** Node's own aliases (`#lib/*`) say how a file ends. */
function extensionOf(file: string, pattern: string): string {
  return pattern.startsWith('#') ? (/\.[cm]?[jt]sx?$/.exec(file)?.[0] ?? '') : '';
}

/** Whether the tests that the project has name its modules by an alias and not by their place. */
export function testsUseAliases(tests: readonly string[], project: StudiedProject): boolean {
  const prefixes = (project.declared?.aliases ?? []).map(({ pattern }) => pattern.split('*')[0]!);
  if (prefixes.length === 0) return false;
  const count = { alias: 0, place: 0 };
  for (const test of tests.slice(0, MOST_TESTS)) {
    for (const [, name] of (project.readText(test) ?? '').matchAll(/(?:from|require\()\s*['"]([^'"]+)['"]/g)) {
      if (name!.startsWith('..')) count.place++;
      else if (prefixes.some((prefix) => prefix !== '' && name!.startsWith(prefix))) count.alias++;
    }
  }
  return count.alias > count.place;
}
