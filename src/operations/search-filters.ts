/** The filters of `find` and its kin, checked, as one question asked of each file. */
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import { findLanguage, languages } from '#languages/catalogue.ts';
import type { SearchFilters } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { symbolKinds } from '#model/vocabulary.ts';
import { parseIgnoreRules } from '#scan/ignore-rules.ts';

export interface FilterRequest {
  readonly scope: string;
  readonly kind: readonly string[];
  readonly language: readonly string[];
  readonly glob: readonly string[];
  readonly tests?: boolean | undefined;
  /** Paths that alone count, where git was asked. */
  readonly changed?: ReadonlySet<string> | undefined;
}

const answerKinds = [...symbolKinds.filter((kind) => kind !== 'module'), 'file', 'configuration', 'text'];

export function searchFilters(snapshot: Snapshot, request: FilterRequest): SearchFilters {
  const { scope, kind, language, glob, tests, changed } = request;
  for (const one of kind) known('kind', one, answerKinds);
  const ids = new Set(language.map((one) => languageId(one)));
  const matches = glob.length > 0 ? globMatcher(glob) : undefined;
  const files = snapshot.files();
  const verdicts = new Int8Array(files.length).fill(-1);
  const decide = (file: number): boolean => {
    const { path, language: own, roles } = files[file]!;
    return (
      (scope === '' || path === scope || path.startsWith(`${scope}/`)) &&
      (ids.size === 0 || ids.has(own)) &&
      (tests === undefined || roles.includes('test') === tests) &&
      (changed === undefined || changed.has(path)) &&
      (matches === undefined || matches(path))
    );
  };
  return {
    scope,
    kinds: new Set(kind),
    acceptsAll: scope === '' && ids.size === 0 && tests === undefined && changed === undefined && !matches,
    accepts(file) {
      if (verdicts[file]! < 0) verdicts[file] = decide(file) ? 1 : 0;
      return verdicts[file] === 1;
    },
  };
}

/** Patterns as in .gitignore, a matching folder standing for all in it; with only `!` patterns, everything else is meant. */
function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const onlyExclusions = globs.every((glob) => glob.startsWith('!'));
  const rules = parseIgnoreRules((onlyExclusions ? globs.map((glob) => glob.slice(1)) : globs).join('\n'));
  return (path) => {
    const parts = path.split('/');
    let verdict = 0;
    for (let depth = 1; depth <= parts.length; depth++) {
      const own = rules?.verdict(parts.slice(0, depth).join('/'), parts[depth - 1]!, depth < parts.length) ?? 0;
      if (own !== 0) verdict = own;
    }
    return onlyExclusions ? verdict <= 0 : verdict > 0;
  };
}

/** By identifier, name or extension: `typescript`, `TypeScript`, `ts`. */
function languageId(given: string): string {
  const low = given.toLowerCase();
  const found =
    findLanguage(low) ??
    languages.find(({ name, extensions }) => name.toLowerCase() === low || extensions.includes(low.replace(/^\./, '')));
  return (
    found?.id ??
    known(
      'language',
      given,
      languages.map(({ id }) => id),
    )
  );
}

function known(what: string, given: string, all: readonly string[]): string {
  if (all.includes(given)) return given;
  const near = nearestName(given, all);
  throw new TrowelError('usage', `There is no ${what} called ${given}.`, {
    hint: near === undefined ? `Known: ${all.slice(0, 20).join(', ')}.` : `Did you mean ${near}?`,
  });
}
