import { defineRule, markupLanguages } from '../rule.ts';

export const rule = defineRule({
  id: 'positive-tab-index',
  title: 'Tab order by numbers',
  reason:
    'A positive tab index takes the element out of the page’s order and puts it before everything else: focus jumps about. Use 0 and put elements in the order in which they are used.',
  category: 'accessibility',
  severity: 3,
  references: ['WCAG 2.4.3', 'jsx-a11y/tabindex-no-positive'],
  languages: markupLanguages,
  aliases: ['tabindex-no-positive', 'a11y-positive-tabindex', 'a11y_positive_tabindex'],
  markup: (file) => (element) => {
    const value = element.value('tabindex');
    if (value !== undefined && /^[1-9]\d*$/.test(value.trim()))
      file.report(element.range, `The tab index is ${value}.`);
  },
  examples: [
    {
      language: 'tsx',
      bad: 'export const A = () => (<div role="button" tabIndex={3} />);\n',
      good: 'export const A = () => (<div role="button" tabIndex={0} />);\n',
    },
    { language: 'html', bad: '<a href="/" tabindex="2">x</a>\n', good: '<a href="/" tabindex="-1">x</a>\n' },
  ],
});
