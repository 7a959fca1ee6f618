import { defineRule, markupLanguages } from '../rule.ts';

export const rule = defineRule({
  id: 'frame-without-title',
  title: 'Frame without a title',
  reason: 'A screen reader cannot say what the frame holds, so its users must enter it to find out. Give it a `title`.',
  category: 'accessibility',
  severity: 3,
  references: ['WCAG 4.1.2', 'WCAG 2.4.1', 'jsx-a11y/iframe-has-title'],
  languages: markupLanguages,
  aliases: ['iframe-has-title'],
  markup: (file) => (element) => {
    if (element.name !== 'iframe' || element.hasSpread) return;
    if (['title', 'aria-label', 'aria-labelledby'].some((key) => element.has(key) && element.value(key) !== '')) return;
    if (element.value('aria-hidden') === 'true' || element.has('hidden')) return;
    file.report(element.range, 'The frame has no `title`.');
  },
  examples: [
    {
      language: 'tsx',
      bad: 'export const A = () => (<iframe src="/a" />);\n',
      good: 'export const A = () => (<iframe src="/a" title="Map" />);\n',
    },
    { language: 'html', bad: '<iframe src="/a"></iframe>\n', good: '<iframe src="/a" title="Map"></iframe>\n' },
  ],
});
