/** The reference of rules: made from the rules themselves, with the examples that are their tests. */
import { findingCategories } from '../../src/model/finding.ts';
import { builtInRules } from '../../src/rules/registry.ts';
import type { Rule, RuleExample } from '../../src/rules/rule.ts';

const fences: Readonly<Record<string, string>> = { javascript: 'js', typescript: 'ts' };

function exampleOf({ language, bad, good }: RuleExample): string {
  // Prettier would rewrite code that it knows, and with it what is shown.
  const fence = `\`\`\`${fences[language] ?? language}`;
  const block = (title: string, code: string): string =>
    code.length > 700 ? '' : `${title}:\n\n<!-- prettier-ignore -->\n${fence}\n${code.trimEnd()}\n\`\`\``;
  return [block('Found', bad), block('Not found', good)].filter((part) => part !== '').join('\n\n');
}

function sectionOf(rule: Rule): string {
  const languages = rule.languages.length === 0 ? 'all languages with symbols' : rule.languages.join(', ');
  const about = [
    `severity ${rule.severity}`,
    languages,
    ...(rule.references.length > 0 ? [rule.references.join(', ')] : []),
    ...(rule.optIn ? ['off unless it is turned on'] : []),
  ];
  const [first] = rule.examples;
  return [
    `### ${rule.id}`,
    `**${rule.title}.** ${rule.reason}`,
    `_${about.join(' · ')}_`,
    first ? exampleOf(first) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function rulesPage(made: string): string {
  const sections = findingCategories.flatMap((category) => {
    const rules = builtInRules.filter((rule) => rule.category === category);
    return rules.length === 0
      ? []
      : [`## ${category}`, ...rules.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(sectionOf)];
  });
  return `# Rules

${made}

\`trowel check\` asks these ${builtInRules.length} rules. Severity: 5 breaks or endangers users now; 4 is a bug or a trap that a reviewer stops; 3 is to be put right soon; 2 when one passes by; 1 is taste. Bugs are looked for in tests, too; all else in the product only; generated and vendored files are left alone.

In the repository's \`trowel.config.json\`, \`"check": { "rules": { "some-rule": "off" } }\` turns one off, \`"on"\` turns one on that is off otherwise, and a number is its severity; \`check.folders\` does so for parts of the tree. In code, \`trowel-ignore some-rule: the reason\` in a comment silences a finding on its line, or on the next one where the comment stands alone; \`trowel-ignore-file\` does so for the file. [Rules of your own](custom-rules.md) are written in YAML.

${sections.join('\n\n')}
`;
}
