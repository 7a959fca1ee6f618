import { defineRule, markupLanguages } from '../rule.ts';

export const rule = defineRule({
  id: 'control-without-name',
  title: 'Control without a name',
  reason: 'A screen reader says only “button” or “link”. Put text inside, or say what it does with `aria-label`.',
  category: 'accessibility',
  severity: 4,
  references: ['WCAG 4.1.2', 'WCAG 2.4.4', 'jsx-a11y/control-has-associated-label'],
  languages: markupLanguages,
  aliases: ['control-has-associated-label', 'anchor-has-content'],
  markup: (file) => (element) => {
    const isControl = element.name === 'button' || (element.name === 'a' && element.has('href'));
    if (!isControl || element.hasSpread || element.hasText || element.isHidden) return;
    if (
      [
        'aria-label',
        'aria-labelledby',
        'title',
        'v-text',
        'v-html',
        'dangerouslysetinnerhtml',
        'aria-hidden',
        'children',
      ].some((key) => element.has(key))
    )
      return;
    const named = (one: typeof element): boolean =>
      one.hasText ||
      one.hasSpread ||
      ['alt', 'aria-label', 'title', ...(one.name === 'input' ? ['value'] : [])].some(
        (key) => one.has(key) && one.value(key) !== '',
      ) ||
      !/^[a-z]+$/.test(one.name) ||
      one.children.some(named);
    if (element.children.some(named)) return;
    file.report(element.range, `This \`<${element.name}>\` has neither text nor a label.`);
  },
  examples: [
    {
      language: 'tsx',
      bad: 'export const A = () => (<button onClick={go}><i className="x" /></button>);\n',
      good: 'export const A = () => (<p><button aria-label="Close"><i /></button><button>{text}</button><div hidden><button /></div><a href="/"><img src="a" alt="Home" /></a><button><Icon /></button></p>);\n',
    },
    {
      language: 'html',
      bad: '<a href="/x"><i class="icon"></i></a>\n',
      good: '<aside class="keys hidden"><button data-key="j"></button></aside><a href="/y"><input type="button" value="Again"></a><a href="/x">More</a><button><span class="sr">Close</span></button><a id="top"></a>\n',
    },
  ],
});
