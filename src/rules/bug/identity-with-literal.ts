import { bare, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'identity-with-literal',
  title: '`is` with a literal',
  reason:
    '`is` asks whether two objects are the same one. Whether equal numbers or strings are one object depends on the interpreter, so the answer changes between runs and versions. Use == or !=.',
  category: 'bug',
  severity: 4,
  references: ['CWE-597', 'pyflakes F632'],
  languages: ['python'],
  aliases: ['F632', 'literal-comparison', 'R0123'],
  tree: {
    python: (file) => ({
      comparison_operator: (node) => {
        const { nodes } = file;
        const [one, other, third] = parts(nodes, node).map((part) => bare(nodes, part));
        if (one === undefined || other === undefined || third !== undefined) return;
        const start = nodes.tree.end[one]!;
        const end = nodes.tree.start[other]!;
        const match = /^[\s)]*(is(?:\s+not)?)[\s(]*$/.exec(nodes.text.slice(start, end));
        if (!match) return;
        const isLiteral = (part: number): boolean =>
          /^(?:string|concatenated_string|integer|float|list|dictionary|set|tuple)$/.test(nodes.typeName(part));
        if (!isLiteral(one) && !isLiteral(other)) return;
        const wanted = match[1] === 'is' ? '==' : '!=';
        const at = start + match[0].indexOf('is');
        file.report(file.at(node), `\`${match[1]}\` compares identities; \`${wanted}\` was meant.`, {
          edits: [{ start: at, end: at + match[1]!.length, text: wanted }],
        });
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    return a is "x"\n',
      good: 'def f(a):\n    return a is None or a == "x"\n',
      fixed: 'def f(a):\n    return a == "x"\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    return a is not 0\n',
      good: 'def f(a, b):\n    return a is b\n',
      fixed: 'def f(a):\n    return a != 0\n',
    },
  ],
});
