/** The YAML of people's own rules, ours and Semgrep's style, as rules; what is wrong or does not map is said. */
import * as z from 'zod';
import { readYaml } from '#ecosystems/read-data.ts';
import { TrowelError } from '#base/errors.ts';
import { findingCategories, type FindingCategory, type Severity } from '#model/finding.ts';
import { judgedRoles } from '#rules/rule.ts';
import type { CustomRuleSpec, MatchSpec } from './custom-rule.ts';

const list = <Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>[]> =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(schema)) as unknown as z.ZodType<
    z.output<Schema>[]
  >;
const match: z.ZodType<MatchSpec> = z.lazy(() =>
  z
    .preprocess(
      (value) => (typeof value === 'string' ? { pattern: value } : value),
      z.strictObject({
        pattern: z.string().optional(),
        any: list(match).optional(),
        all: list(match).optional(),
        not: list(match).optional(),
        inside: list(match).optional(),
        'not-inside': list(match).optional(),
        where: z.record(z.string(), z.string()).optional(),
        regex: z.string().optional(),
      }),
    )
    .transform(({ 'not-inside': notInside, ...others }) => ({ ...others, notInside })),
) as unknown as z.ZodType<MatchSpec>;

const ownRule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower case words joined by -'),
  title: z.string().min(1).optional(),
  message: z.string().min(1),
  reason: z.string().optional(),
  category: z.enum(findingCategories).default('standards'),
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).default(3),
  languages: z.array(z.string()).min(1),
  references: z.array(z.string()).default([]),
  roles: z.array(z.enum(judgedRoles)).optional(),
  match,
});

export interface ReadRules {
  readonly rules: readonly CustomRuleSpec[];
  /** What of a foreign file does not map. */
  readonly notes: readonly string[];
}

export function readRules(text: string, from: string): ReadRules {
  const read = readYaml(text);
  if ('error' in read) throw invalid(`${from}, line ${read.line}: ${read.error}`);
  const data = read.data as { rules?: unknown } | null;
  if (typeof data !== 'object' || data === null || !Array.isArray(data.rules))
    throw invalid(`${from}: expected a list under \`rules:\`.`);
  const rules: CustomRuleSpec[] = [];
  const notes: string[] = [];
  for (const [index, entry] of (data.rules as unknown[]).entries()) {
    if (isForeign(entry)) {
      const mapped = fromSemgrep(entry);
      if (typeof mapped === 'string') notes.push(`${from}: ${String(entry['id'] ?? index + 1)} is left out: ${mapped}`);
      else rules.push(mapped);
      continue;
    }
    const parsed = ownRule.safeParse(entry);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      const id = (entry as { id?: unknown } | null)?.id;
      throw invalid(
        `${from}: rule ${[typeof id === 'string' ? id : index + 1, ...(issue.path.length > 0 ? [issue.path.join('.')] : []), issue.message].join(': ')}.`,
      );
    }
    const { title, reason, roles, ...others } = parsed.data;
    rules.push({ ...others, title: title ?? others.id.replaceAll('-', ' '), reason: reason ?? others.message, roles });
  }
  return { rules, notes };
}

function invalid(message: string): TrowelError {
  return new TrowelError('rule-invalid', message, { hint: 'docs/custom-rules.md shows what a rule looks like.' });
}

type Foreign = Readonly<Record<string, unknown>>;

function isForeign(entry: unknown): entry is Foreign {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    !('match' in entry) &&
    ['pattern', 'patterns', 'pattern-either', 'pattern-regex', 'mode', 'pattern-sources'].some((key) => key in entry)
  );
}

const severities: Readonly<Record<string, Severity>> = {
  ERROR: 4,
  WARNING: 3,
  INFO: 2,
  CRITICAL: 5,
  HIGH: 4,
  MEDIUM: 3,
  LOW: 2,
};
const languageNames: Readonly<Record<string, readonly string[]>> = {
  py: ['python'],
  python3: ['python'],
  js: ['javascript', 'jsx'],
  javascript: ['javascript', 'jsx'],
  ts: ['typescript', 'tsx'],
  typescript: ['typescript', 'tsx'],
  golang: ['go'],
  'c++': ['cpp'],
  'c#': ['csharp'],
};

function fromSemgrep(entry: Foreign): CustomRuleSpec | string {
  if (entry['mode'] !== undefined && entry['mode'] !== 'search')
    return `mode ${String(entry['mode'])} has no counterpart`;
  const mapped = semgrepMatch(entry);
  if (typeof mapped === 'string') return mapped;
  const { id, message, languages } = entry;
  if (typeof id !== 'string' || typeof message !== 'string' || !Array.isArray(languages))
    return 'id, message and languages are needed';
  const metadata = (entry['metadata'] ?? {}) as { cwe?: unknown; category?: unknown };
  const category = findingCategories.find((one) => one === metadata.category);
  const cwe = [metadata.cwe].flat().flatMap((one) => /CWE-\d+/.exec(String(one))?.[0] ?? []);
  return {
    id: id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, ''),
    title: id,
    message: message.trim().replace(/\s+/g, ' '),
    reason: message.trim(),
    category: (category ?? (cwe.length > 0 ? 'security' : 'bug')) as FindingCategory,
    severity: severities[String(entry['severity'])] ?? 3,
    languages: languages.flatMap((name) => languageNames[String(name)] ?? [String(name)]),
    references: cwe,
    roles: undefined,
    match: mapped,
  };
}

/** Keys of a rule that say nothing about the match. */
const about = new Set([
  'id',
  'message',
  'languages',
  'severity',
  'metadata',
  'mode',
  'fix',
  'min-version',
  'max-version',
  'options',
  'paths',
]);

function semgrepMatch(entry: Foreign): MatchSpec | string {
  const all: MatchSpec[] = [];
  const not: MatchSpec[] = [];
  const inside: MatchSpec[] = [];
  const notInside: MatchSpec[] = [];
  const where: Record<string, string> = {};
  let regex: string | undefined;
  const put = (key: string, value: unknown): string | undefined => {
    const nested = (target: MatchSpec[]): string | undefined => {
      const one = typeof value === 'string' ? { pattern: value } : semgrepMatch(value as Foreign);
      if (typeof one === 'string') return one;
      target.push(one);
      return undefined;
    };
    switch (key) {
      case 'pattern':
        return nested(all);
      case 'pattern-not':
        return nested(not);
      case 'pattern-inside':
        return nested(inside);
      case 'pattern-not-inside':
        return nested(notInside);
      case 'pattern-regex':
        regex = String(value);
        return undefined;
      case 'pattern-either': {
        const any: MatchSpec[] = [];
        for (const one of value as Foreign[]) {
          const made = semgrepMatch(one);
          if (typeof made === 'string') return made;
          any.push(made);
        }
        all.push({ any });
        return undefined;
      }
      case 'patterns': {
        for (const one of value as Foreign[])
          for (const [name, inner] of Object.entries(one)) {
            const problem = put(name, inner);
            if (problem !== undefined) return problem;
          }
        return undefined;
      }
      case 'metavariable-regex': {
        const { metavariable, regex: source } = value as { metavariable: string; regex: string };
        where[metavariable.replace(/^\$/, '')] = `^(?:${source})`;
        return undefined;
      }
      default:
        return about.has(key) ? undefined : `${key} has no counterpart`;
    }
  };
  for (const [key, value] of Object.entries(entry)) {
    const problem = put(key, value);
    if (problem !== undefined) return problem;
  }
  if (all.length === 0 && regex === undefined) return 'it has no pattern to start from';
  return { all, not, inside, notInside, where, ...(regex !== undefined && { regex }) };
}
