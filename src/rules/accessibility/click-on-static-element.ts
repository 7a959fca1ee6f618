import { defineRule, markupLanguages } from '../rule.ts';

export const rule = defineRule({
  id: 'click-on-static-element',
  title: 'Click that the keyboard cannot do',
  reason:
    'A plain element with a click handler cannot be reached or pressed by keyboard. Use `<button>`, or give it a role, a tab stop and a key handler.',
  category: 'accessibility',
  severity: 3,
  references: ['WCAG 2.1.1', 'jsx-a11y/click-events-have-key-events', 'jsx-a11y/no-static-element-interactions'],
  languages: markupLanguages,
  aliases: [
    'click-events-have-key-events',
    'no-static-element-interactions',
    'a11y-click-events-have-key-events',
    'a11y_click_events_have_key_events',
    'a11y_no_static_element_interactions',
  ],
  markup: (file) => (element) => {
    if (
      !/^(?:div|span|p|li|td|tr|section|img|i|h[1-6])$/.test(element.name) ||
      !element.has('onclick') ||
      element.hasSpread
    )
      return;
    if (['onkeydown', 'onkeyup', 'onkeypress', 'role', 'tabindex', 'aria-hidden'].some((key) => element.has(key)))
      return;
    // It hands on clicks of controls inside, or only stops them.
    const controls = (one: typeof element): boolean =>
      /^(?:a|button|input|select|textarea|label)$/.test(one.name) || one.children.some(controls);
    if (element.children.some(controls) || /stopPropagation|\.stop\b|\.self\b/.test(file.slice(element.range))) return;
    file.report(element.range, `\`<${element.name}>\` is clicked, but cannot be reached by keyboard.`);
  },
  examples: [
    {
      language: 'tsx',
      bad: 'export const A = () => (<div onClick={go}>Go</div>);\n',
      good: 'export const A = () => (<div><button onClick={go}>Go</button><div role="button" tabIndex={0} onClick={go} onKeyDown={go}>Go</div></div>);\n',
    },
    { language: 'html', bad: '<div onclick="go()">Go</div>\n', good: '<button onclick="go()">Go</button>\n' },
  ],
});
