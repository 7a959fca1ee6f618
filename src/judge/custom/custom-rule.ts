/** Rules that a team writes in YAML, as what the engine runs. */
import { findLanguage } from '#languages/catalogue.ts';
import { ecmascriptLanguages } from '#languages/ecmascript-tree.ts';
import type { FindingCategory, Severity } from '#model/finding.ts';
import type { JudgedRole, Rule, TreeFile } from '#rules/rule.ts';
import { type LinearPattern, linearPattern } from './linear-pattern.ts';
import { type Captures, compilePattern, matchAt, type Pattern } from './pattern.ts';

/** What may stand for a match, from outside in. */
export interface MatchSpec {
  readonly pattern?: string | undefined;
  readonly any?: readonly MatchSpec[] | undefined;
  readonly all?: readonly MatchSpec[] | undefined;
  readonly not?: readonly MatchSpec[] | undefined;
  readonly inside?: readonly MatchSpec[] | undefined;
  readonly notInside?: readonly MatchSpec[] | undefined;
  /** By hole: what its text must match. */
  readonly where?: Readonly<Record<string, string>> | undefined;
  /** What the matched text must match. */
  readonly regex?: string | undefined;
}

export interface CustomRuleSpec {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly reason: string;
  readonly category: FindingCategory;
  readonly severity: Severity;
  readonly languages: readonly string[];
  readonly references: readonly string[];
  readonly roles: readonly JudgedRole[] | undefined;
  readonly match: MatchSpec;
}

type Test = (file: TreeFile, node: number) => Captures | undefined;

/** The rule, or what is wrong with it. */
export async function customRule(spec: CustomRuleSpec): Promise<Rule | string> {
  const tree: Record<string, NonNullable<Rule['tree']>[string]> = {};
  for (const language of spec.languages) {
    if (findLanguage(language)?.grammar === undefined && !ecmascriptLanguages.has(language))
      return `languages: ${language} has no syntax tree here`;
    const test = await compile(spec.match, language);
    if (typeof test === 'string') return test;
    tree[language] = (file) => ({
      end: () => {
        const { tree: nodes } = file.nodes;
        let last = -1;
        for (let node = 0; node < nodes.count; node++) {
          if ((nodes.flags[node]! & 1) === 0) continue;
          const captures = test(file, node);
          // Of nodes that hold only each other, the outermost speaks.
          if (!captures || nodes.start[node] === last) continue;
          last = nodes.start[node]!;
          file.report(file.at(node), filled(spec.message, captures));
        }
      },
    });
  }
  const { id, title, reason, category, severity, languages, references, roles } = spec;
  return { id, title, reason, category, severity, languages, references, ...(roles && { roles }), tree, examples: [] };
}

function filled(message: string, captures: Captures): string {
  return message.replace(/\$([A-Z_][A-Z0-9_]*)/g, (whole, name: string) => captures.get(name) ?? whole);
}

async function compile(spec: MatchSpec, language: string): Promise<Test | string> {
  const tests: Test[] = [];
  if (spec.pattern !== undefined) {
    const pattern = await compilePattern(spec.pattern, language);
    if (typeof pattern === 'string') return `pattern ${JSON.stringify(spec.pattern)}: ${pattern}`;
    tests.push(atNode(pattern));
  }
  const groups = await Promise.all(
    [spec.any, spec.all, spec.not, spec.inside, spec.notInside].map((list) =>
      Promise.all((list ?? []).map((one) => compile(one, language))),
    ),
  );
  const wrong = groups.flat().find((test) => typeof test === 'string');
  if (wrong !== undefined) return wrong;
  const [any, all, not, inside, notInside] = groups as Test[][];
  if (any!.length > 0) tests.push((file, node) => first(any!, file, node));
  tests.push(...all!);
  if (tests.length === 0 && spec.regex === undefined) return 'a match needs pattern, any, all or regex';
  const regex = spec.regex === undefined ? undefined : linearPattern(spec.regex);
  if (spec.regex !== undefined && !regex)
    return `regex ${JSON.stringify(spec.regex)}: not a regular expression of linear time (RE2)`;
  const where = new Map<string, LinearPattern>();
  for (const [name, source] of Object.entries(spec.where ?? {})) {
    const compiled = linearPattern(source);
    if (!compiled) return `where ${name}: ${JSON.stringify(source)} is not a regular expression of linear time (RE2)`;
    where.set(name.replace(/^\$/, ''), compiled);
  }
  return (file, node) => {
    let captures: Captures = new Map();
    for (const test of tests) {
      const found = test(file, node);
      if (!found) return undefined;
      for (const [name, text] of found) {
        if (captures.has(name) && captures.get(name) !== text) return undefined;
        captures = new Map(captures).set(name, text);
      }
    }
    if (regex && !regex(file.slice(file.at(node)))) return undefined;
    for (const [name, matches] of where) if (!matches(captures.get(name) ?? '')) return undefined;
    if (not!.some((test) => test(file, node))) return undefined;
    const around = (test: Test): boolean => {
      for (let at = file.nodes.parent(node); at >= 0; at = file.nodes.parent(at)) {
        const found = test(file, at);
        if (found && [...found].every(([name, text]) => !captures.has(name) || captures.get(name) === text))
          return true;
      }
      return false;
    };
    if (!inside!.every(around) || notInside!.some(around)) return undefined;
    return captures;
  };
}

function atNode(pattern: Pattern): Test {
  const [only] = pattern.nodes;
  const isHole = only?.hole !== undefined;
  return (file, node) => {
    if (!isHole && pattern.nodes.length === 1 && file.nodes.typeName(node) !== only!.type) return undefined;
    return matchAt(pattern, file.nodes, node);
  };
}

function first(tests: readonly Test[], file: TreeFile, node: number): Captures | undefined {
  for (const test of tests) {
    const found = test(file, node);
    if (found) return found;
  }
  return undefined;
}
