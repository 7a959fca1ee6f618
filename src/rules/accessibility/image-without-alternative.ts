import { defineRule, markupLanguages } from '../rule.ts';

export const rule = defineRule({
  id: 'image-without-alternative',
  title: 'Image without a text alternative',
  reason:
    'Who cannot see the image learns nothing of it, not even that it may be skipped. Say what it shows in `alt`, or `alt=""` where it is decoration.',
  category: 'accessibility',
  severity: 4,
  references: ['WCAG 1.1.1', 'jsx-a11y/alt-text'],
  languages: markupLanguages,
  aliases: ['alt-text', 'a11y-alt'],
  markup: (file) => (element) => {
    if (
      element.name !== 'img' &&
      !(element.name === 'input' && element.value('type') === 'image') &&
      element.name !== 'area'
    )
      return;
    if (
      element.isHidden ||
      element.hasSpread ||
      ['alt', 'aria-label', 'aria-labelledby', 'title'].some((key) => element.has(key))
    )
      return;
    if (
      element.value('role') === 'presentation' ||
      element.value('role') === 'none' ||
      element.value('aria-hidden') === 'true'
    )
      return;
    if (element.name === 'area' && !element.has('href')) return;
    file.report(element.range, `\`<${element.name}>\` has no \`alt\`.`);
  },
  examples: [
    {
      language: 'tsx',
      bad: 'export const A = () => (<img src="a.png" />);\n',
      good: 'export const A = () => (<p><img src="a.png" alt="" /><img {...props} /><Image src="b" /></p>);\n',
    },
    {
      language: 'html',
      bad: '<img src="a.png">\n',
      good: '<p style="display: none"><img src="c.png"></p><img src="a.png" alt="A cat"><img src="b.png" role="presentation">\n',
    },
  ],
});
