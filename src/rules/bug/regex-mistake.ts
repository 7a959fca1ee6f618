import { ecmascriptRegexes, type FoundRegex, pythonRegexes } from '../analysis/regex-literals.ts';
import { classMembers, parseRegex, type RegexPart } from '../analysis/regex-parts.ts';
import { defineRule, type JudgedFile } from '../rule.ts';

export const rule = defineRule({
  id: 'regex-mistake',
  title: 'Regular expression that says something else',
  reason:
    'An empty class matches nothing at all; `A-z` takes `[`, `\\`, `]`, `^`, `_` and the backquote as well; a character that stands twice in a class was meant to be another one or a sequence.',
  category: 'bug',
  severity: 3,
  references: ['CWE-185', 'eslint no-empty-character-class', 'sonar S5869'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: [
    'no-empty-character-class',
    'duplicates-in-character-class',
    'no-obscure-range',
    'no-dupe-characters-character-class',
  ],
  ecmascript: (file) => ecmascriptRegexes(file, (regex) => look(file, regex, true)),
  tree: { python: (file) => pythonRegexes(file, (regex) => look(file, regex, false)) },
  examples: [
    {
      language: 'javascript',
      bad: 'export const a = /^[A-z]+$/;\n',
      good: 'export const a = /^[A-Za-z_]+[^]$/;\n',
    },
    {
      language: 'javascript',
      bad: 'export const a = /^abc[]/;\n',
      good: 'export const a = /^abc[\\]]/;\n',
    },
    {
      language: 'python',
      bad: 'import re\n\nWORD = re.compile(r"[and|or|not]+")\n',
      good: 'import re\n\nWORD = re.compile(r"(?:and|or|not)+[a-z0-9_]")\n',
    },
  ],
});

function look(file: JudgedFile, { pattern, range }: FoundRegex, isScript: boolean): void {
  const alternatives = parseRegex(pattern);
  if (!alternatives) return;
  const told = each(alternatives, (part) => {
    if (part.kind !== 'class') return undefined;
    if (part.text === '[]' && isScript)
      return { text: 'The class `[]` is empty and matches nothing.', severity: 4 as const };
    const { single, ranges } = classMembers(part.text);
    if (ranges.some(([from, to]) => from === 'A' && to === 'z'))
      return { text: '`A-z` takes more than letters: write `A-Za-z`.' };
    // A word or its alternatives in brackets: letters that come twice, with nothing but letters and bars.
    const plain = single.filter((one) => /^\p{L}$/u.test(one));
    const doubled = plain.find((one, index) => plain.indexOf(one) !== index);
    const isWord = ranges.length === 0 && plain.length >= 3 && single.every((one) => /^[\p{L}|]$/u.test(one));
    if (doubled !== undefined && isWord)
      return {
        text: `\`${part.text.slice(0, 40)}\` is a set of characters, in which \`${doubled}\` stands twice: a group was probably meant.`,
      };
    return undefined;
  });
  if (told) file.report(range, told.text, told.severity ? { severity: told.severity } : {});
}

interface Told {
  readonly text: string;
  readonly severity?: 4;
}

function each(
  alternatives: readonly (readonly RegexPart[])[],
  ask: (part: RegexPart) => Told | undefined,
): Told | undefined {
  for (const parts of alternatives)
    for (const part of parts) {
      const told = ask(part) ?? (part.kind === 'group' ? each(part.alternatives, ask) : undefined);
      if (told) return told;
    }
  return undefined;
}
