import { defineRule, markupLanguages } from '../rule.ts';

/** Without the prefix, WAI-ARIA 1.3. */
const known = new Set(
  'activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex colindextext colspan controls current describedby description details disabled dropeffect errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level live modal multiline multiselectable orientation owns placeholder posinset pressed readonly relevant required roledescription rowcount rowindex rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext'.split(
    ' ',
  ),
);

export const rule = defineRule({
  id: 'unknown-aria-attribute',
  title: 'ARIA attribute that does not exist',
  reason:
    'Browsers ignore an attribute that the standard does not know: what it should say is never said. Correct the spelling.',
  category: 'accessibility',
  severity: 4,
  references: ['WCAG 4.1.2', 'WAI-ARIA 1.2', 'jsx-a11y/aria-props'],
  languages: markupLanguages,
  aliases: ['aria-props'],
  markup: (file) => (element) => {
    for (const key of element.keys)
      if (key.startsWith('aria-') && !known.has(key.slice(5)))
        file.report(element.range, `There is no attribute \`${key}\`.`);
  },
  examples: [
    {
      language: 'tsx',
      bad: 'export const A = () => (<div aria-labeledby="a" />);\n',
      good: 'export const A = () => (<div aria-labelledby="a" aria-expanded={open} />);\n',
    },
    { language: 'html', bad: '<div aria-lable="a"></div>\n', good: '<div aria-label="a"></div>\n' },
  ],
});
