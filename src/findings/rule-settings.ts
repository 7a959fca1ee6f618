/** Which rules hold where, and how severe they are: the rules' own word, then the configuration's, the last entry first. */
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import type { Config } from '#config/schema.ts';
import type { Severity } from '#model/finding.ts';
import type { JudgedRole, RuleMeta } from '#rules/rule.ts';
import { pathMatcher } from './path-matcher.ts';

type Setting = Config['check']['rules'][string];

export interface RuleSettings {
  /** Undefined where the rule is off. */
  severity(rule: RuleMeta, path: string, role: JudgedRole): Severity | undefined;
  /** Somewhere in the tree. */
  isOn(rule: RuleMeta): boolean;
}

/** An entry that names no rule, or paths that no file has, is an error: it does not do what its author thinks. */
export function ruleSettings(
  check: Config['check'],
  rules: readonly RuleMeta[],
  paths: readonly string[],
): RuleSettings {
  const known = new Set(rules.map(({ id }) => id));
  const folders = check.folders.map((folder) => ({ ...folder, matches: pathMatcher(folder.paths) }));
  for (const id of [...Object.keys(check.rules), ...folders.flatMap(({ rules: own }) => Object.keys(own))]) {
    if (known.has(id)) continue;
    const near = nearestName(id, [...known]);
    throw new TrowelError('config-invalid', `check.rules: there is no rule ${id}.`, {
      hint: near === undefined ? 'docs/rules.md lists the rules.' : `Did you mean ${near}?`,
    });
  }
  for (const [entry, list] of [
    ['check.folders', folders],
    ['check.layers', check.layers],
  ] as const)
    for (const { paths: patterns } of list) {
      const idle = patterns.find((pattern) => !pattern.startsWith('!') && !paths.some(pathMatcher([pattern])));
      if (idle !== undefined)
        throw new TrowelError('config-invalid', `${entry}: no file matches ${idle}.`, {
          hint: 'Patterns are those of .gitignore, from the root of the repository.',
        });
    }
  const settingFor = (id: string, path: string): Setting | undefined =>
    folders.findLast((folder) => Object.hasOwn(folder.rules, id) && folder.matches(path))?.rules[id] ?? check.rules[id];
  return {
    severity(rule, path, role) {
      const setting = settingFor(rule.id, path);
      if (setting === 'off' || (setting === undefined && rule.optIn)) return undefined;
      if (!rolesOf(rule).includes(role)) return undefined;
      return typeof setting === 'number' ? setting : rule.severity;
    },
    isOn(rule) {
      const ways = [check.rules[rule.id], ...folders.map(({ rules: own }) => own[rule.id])];
      return ways.some((way) =>
        way === undefined ? !rule.optIn && check.rules[rule.id] === undefined : way !== 'off',
      );
    },
  };
}

/** Bugs count in tests, too; all else is judged in the product only. */
export function rolesOf(rule: RuleMeta): readonly JudgedRole[] {
  return rule.roles ?? (rule.category === 'bug' ? ['source', 'test'] : ['source']);
}
