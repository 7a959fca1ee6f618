import { defineRule, markupLanguages } from '../rule.ts';

export const rule = defineRule({
  id: 'hidden-but-focusable',
  title: 'Hidden element that takes the focus',
  reason:
    'It is hidden from screen readers, yet the keyboard reaches it: their users stand on nothing. Take it out of the tab order (`tabindex="-1"`, `disabled`), or do not hide it.',
  category: 'accessibility',
  severity: 4,
  references: ['WCAG 4.1.2', 'jsx-a11y/no-aria-hidden-on-focusable'],
  languages: markupLanguages,
  aliases: ['no-aria-hidden-on-focusable'],
  markup: (file) => (element) => {
    if (element.value('aria-hidden') !== 'true' || element.hasSpread) return;
    const isFocusable =
      /^(?:button|input|select|textarea)$/.test(element.name) ||
      (element.name === 'a' && element.has('href')) ||
      element.value('tabindex') === '0';
    if (!isFocusable || element.has('disabled') || element.has('hidden') || element.value('type') === 'hidden') return;
    if (element.has('tabindex') && element.value('tabindex') !== '0') return;
    file.report(element.range, `\`<${element.name}>\` is hidden from screen readers and takes the focus.`);
  },
  examples: [
    {
      language: 'tsx',
      bad: 'export const A = () => (<button aria-hidden="true">x</button>);\n',
      good: 'export const A = () => (<button aria-hidden="true" tabIndex={-1}>x</button>);\n',
    },
    { language: 'html', bad: '<a href="/" aria-hidden="true">x</a>\n', good: '<i aria-hidden="true"></i>\n' },
  ],
});
