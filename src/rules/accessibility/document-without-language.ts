import { defineRule, markupLanguages } from '../rule.ts';

export const rule = defineRule({
  id: 'document-without-language',
  title: 'Page that does not say its language',
  reason:
    'Screen readers choose the voice and browsers offer translation by the page’s language. Write `<html lang="en">`, or whatever it is.',
  category: 'accessibility',
  severity: 3,
  references: ['WCAG 3.1.1', 'jsx-a11y/html-has-lang'],
  languages: markupLanguages,
  aliases: ['html-has-lang', 'a11y-missing-attribute'],
  markup: (file) => (element) => {
    if (element.name === 'html' && !element.hasSpread && !element.has('lang') && !element.has('xml:lang'))
      file.report(element.range, '`<html>` has no `lang`.');
  },
  examples: [
    { language: 'html', bad: '<html><body>x</body></html>\n', good: '<html lang="en"><body>x</body></html>\n' },
    {
      language: 'tsx',
      bad: 'export const A = () => <html><body /></html>;\n',
      good: 'export const A = () => <html lang={locale}><body /></html>;\n',
    },
  ],
});
