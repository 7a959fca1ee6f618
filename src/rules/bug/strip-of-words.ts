import { parts, plainString } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'strip-of-words',
  title: 'Strip that takes letters, not a word',
  reason:
    '`strip`, `lstrip` and `rstrip` take any of the given characters, in any order and number, not the text as a whole: `"x.rst".rstrip(".rst")` loses letters of the name, too. Use removeprefix or removesuffix.',
  category: 'bug',
  severity: 4,
  references: ['ruff B005'],
  languages: ['python'],
  aliases: ['B005', 'bad-str-strip-call', 'E1310'],
  tree: {
    python: (file) => ({
      call: (node) => {
        const { nodes } = file;
        const callee = nodes.child(node, 'function');
        if (!nodes.is(callee, 'attribute') || !/^[lr]?strip$/.test(nodes.slice(nodes.child(callee, 'attribute'))))
          return;
        const given = parts(nodes, nodes.child(node, 'arguments'));
        const text = given.length === 1 ? plainString(nodes, given[0]!) : undefined;
        // Words and names: three letters and more, and some character twice or a dot or slash at an end.
        if (text === undefined || !/^(?:[a-z]+:\/\/|\.[a-z]{2,}|[a-zA-Z]{3,}[\w./:-]*)$/.test(text)) return;
        if (/^(?:[a-z]-?)+$/.test(text) && new Set(text).size === text.length && text.length < 5) return;
        if (/^(?:abc|0123|aeiou|[a-zA-Z]*(?:abcdef|xyz))/i.test(text)) return;
        // A set names each character once: what repeats one, or has an extension or a scheme, was meant as a text.
        const isText = new Set(text).size < text.length || /[./:_-]/.test(text);
        file.report(file.at(node), `This takes any of the characters of ${nodes.slice(given[0]!)} off, not the word.`, {
          ...(!isText && { severity: 3 }),
        });
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    return a.lstrip("https://")\n',
      good: 'def f(a):\n    return a.strip(" \\t").rstrip("/").removesuffix(".rst").strip("()")\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    return a.rstrip(".json")\n',
      good: 'def f(a):\n    return a.rstrip(".")\n',
    },
  ],
});
