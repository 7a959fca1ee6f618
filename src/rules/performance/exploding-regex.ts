import { ecmascriptRegexes, type FoundRegex, pythonRegexes } from '../analysis/regex-literals.ts';
import { parseRegex, type RegexPart } from '../analysis/regex-parts.ts';
import { defineRule, type JudgedFile } from '../rule.ts';

export const rule = defineRule({
  id: 'exploding-regex',
  title: 'Regular expression that takes exponential time',
  reason:
    'A repetition of something that is nothing but a repetition can split the same text in ever so many ways, and all are tried when the rest does not match: thirty characters take minutes. Repeat once: `(a+)+` is `a+`.',
  category: 'performance',
  severity: 3,
  references: ['CWE-1333', 'OWASP: ReDoS', 'sonar S5852'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-super-linear-backtracking', 'slow-regex', 'detect-unsafe-regex'],
  ecmascript: (file) => ecmascriptRegexes(file, (regex) => look(file, regex)),
  tree: { python: (file) => pythonRegexes(file, (regex) => look(file, regex)) },
  examples: [
    {
      language: 'javascript',
      bad: 'export const a = /^(?:\\w+)+$/;\n',
      good: 'export const a = /^(?:\\w+,)+$/;\nexport const b = /(\\w+)+/;\n',
    },
    {
      language: 'javascript',
      bad: 'export const a = /^([a-z]+|\\d+)*!/;\n',
      good: 'export const a = /^([a-z]|\\d)*!/;\n',
    },
    {
      language: 'python',
      bad: 'import re\n\nA = re.compile(r"^(.*)*x")\n',
      good: 'import re\n\nA = re.compile(r"^(.*)x")\n',
    },
  ],
});

function look(file: JudgedFile, { pattern, range }: FoundRegex): void {
  const alternatives = parseRegex(pattern);
  if (!alternatives) return;
  for (const parts of alternatives)
    for (const [index, part] of parts.entries())
      // What follows has to be able to fail.
      if (part.kind === 'group' && isExplosive(part) && parts.slice(index + 1).some(canFail)) {
        file.report(range, `\`${pattern.slice(part.at, part.at + 40)}\` repeats what is a repetition already.`);
        return;
      }
}

function canFail({ kind, repeat }: RegexPart): boolean {
  return repeat.least > 0 || kind === 'atom';
}

/** Repeated without bound, and one of its alternatives is one atom, itself repeated without bound. */
function isExplosive(group: RegexPart): boolean {
  if (group.kind !== 'group') return false;
  const { alternatives, repeat } = group;
  if (repeat.most === Infinity)
    for (const parts of alternatives) {
      const real = parts.filter((part) => part.repeat.least > 0 || part.repeat.most === Infinity);
      const [only] = real;
      if (
        real.length === 1 &&
        only &&
        only.repeat.most === Infinity &&
        only.kind !== 'group' &&
        !/^[\^$]|^\\[bB]/.test(partText(only))
      )
        return true;
    }
  return alternatives.some((parts) =>
    parts.some((part, index) => isExplosive(part) && (index < parts.length - 1 || alternatives.length === 1)),
  );
}

function partText(part: RegexPart): string {
  return part.kind === 'group' ? '' : part.text;
}
