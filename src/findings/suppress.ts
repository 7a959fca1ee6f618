/** Comments that silence findings: those with a reason count; those without, and those that silence nothing, are findings. */
import type { Suppression } from '#judge/suppressions.ts';
import type { Finding, FoundProblem } from '#model/finding.ts';
import type { RuleMeta } from '#rules/rule.ts';

export const suppressionRules: readonly RuleMeta[] = [
  {
    id: 'suppression-without-reason',
    title: 'Suppression without a reason',
    reason:
      'A comment that silences a finding without saying why cannot be judged by the next reader. Write the reason after the rule: `trowel-ignore rule-id: why`.',
    category: 'standards',
    severity: 2,
    references: [],
    languages: [],
    roles: ['source', 'test'],
  },
  {
    id: 'useless-suppression',
    title: 'Suppression that silences nothing',
    reason: 'The finding that this comment silenced is gone, or its rule is misspelt. Take the comment out.',
    category: 'standards',
    severity: 2,
    references: [],
    languages: [],
    roles: ['source', 'test'],
  },
];

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly problems: readonly SuppressionProblem[];
}

export interface SuppressionProblem {
  readonly rule: string;
  readonly problem: FoundProblem;
  /** The rules that it is to silence. */
  readonly names: readonly string[];
}

export function applySuppressions(
  findings: readonly Finding[],
  byPath: ReadonlyMap<string, readonly Suppression[]>,
  rules: ReadonlyMap<string, RuleMeta>,
): Suppressed {
  const used = new Set<Suppression>();
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const found = byPath.get(finding.place.path)?.find((one) => silences(one, finding, rules.get(finding.rule)));
    if (!found) {
      kept.push(finding);
      continue;
    }
    used.add(found);
    if (found.kind !== 'foreign' && found.reason === '') kept.push(finding);
    else suppressed.push({ finding, reason: found.reason });
  }
  const problems = [...byPath].flatMap(([path, list]) =>
    list
      .filter((one) => one.kind !== 'foreign')
      .flatMap((one) => {
        const rule = used.has(one)
          ? one.reason === ''
            ? 'suppression-without-reason'
            : undefined
          : 'useless-suppression';
        if (rule === undefined) return [];
        const place = { path, startLine: one.line, startColumn: 0, endLine: one.line, endColumn: 0 };
        const names = one.rules.join(', ');
        const message =
          rule === 'useless-suppression'
            ? `There is nothing to silence here${names === '' ? '; it names no rule' : ` by ${names}`}.`
            : `It silences ${names} and does not say why.`;
        return [{ rule, problem: { message, place, identity: `${names} ${one.reason}` }, names: one.rules }];
      }),
  );
  return { kept, suppressed, problems };
}

function silences(one: Suppression, finding: Finding, rule: RuleMeta | undefined): boolean {
  const { startLine, endLine } = finding.place;
  if (one.appliesTo !== 0) {
    // Other tools speak of the line on which a statement starts or, in a long one, on which it ends.
    const isNear =
      one.appliesTo === startLine || (one.kind === 'foreign' && one.appliesTo === endLine && endLine - startLine < 12);
    if (!isNear) return false;
  }
  if (one.kind !== 'foreign') return one.rules.includes(finding.rule);
  const aliases = rule?.aliases ?? [];
  if (one.rules.length === 0) return aliases.length > 0;
  return one.rules.some((name) => aliases.includes(name));
}
