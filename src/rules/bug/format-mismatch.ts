import { parts, plainString } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'format-mismatch',
  title: 'Format string that does not fit its values',
  reason:
    'The number of placeholders and of values differ: the line raises TypeError or IndexError, or a value is never shown. Make them fit.',
  category: 'bug',
  severity: 5,
  references: ['CWE-685', 'pyflakes F507 F524'],
  languages: ['python'],
  aliases: ['F507', 'F524', 'F523', 'F522', 'too-few-format-args', 'E1306', 'E1305', 'bad-format-string'],
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        binary_operator: (node) => {
          if (nodes.slice(nodes.child(node, 'operator')) !== '%') return;
          const text = plainString(nodes, nodes.child(node, 'left'));
          const right = nodes.child(node, 'right');
          if (text === undefined || !nodes.is(right, 'tuple')) return;
          const values = parts(nodes, right);
          if (values.some((value) => nodes.is(value, 'list_splat')) || /%\(/.test(text)) return;
          const specifiers = [
            ...text.matchAll(/%(%|[-#0 +]*(\*|\d+)?(?:\.(\*|\d+))?[hlL]?[diouxXeEfFgGcrsab])/g),
          ].filter(([, kind]) => kind !== '%');
          const wanted = specifiers.reduce(
            (sum, [, , width, precision]) => sum + 1 + (width === '*' ? 1 : 0) + (precision === '*' ? 1 : 0),
            0,
          );
          if (wanted !== values.length)
            file.report(file.at(node), `The text has ${wanted} placeholders, and ${values.length} values are given.`);
        },
        call: (node) => {
          const callee = nodes.child(node, 'function');
          if (!nodes.is(callee, 'attribute') || nodes.slice(nodes.child(callee, 'attribute')) !== 'format') return;
          const text = plainString(nodes, nodes.child(callee, 'object'));
          const given = parts(nodes, nodes.child(node, 'arguments'));
          if (text === undefined || given.some((one) => /splat/.test(nodes.typeName(one)))) return;
          const fields = [
            ...text
              .replaceAll('{{', '')
              .replaceAll('}}', '')
              .matchAll(/\{([^{}:!.[]*)/g),
          ].map(([, name]) => name!);
          const positional = given.filter((one) => !nodes.is(one, 'keyword_argument')).length;
          const names = new Set(
            given
              .filter((one) => nodes.is(one, 'keyword_argument'))
              .map((one) => nodes.slice(nodes.child(one, 'name'))),
          );
          const highest = Math.max(
            fields.filter((name) => name === '').length,
            ...fields.filter((name) => /^\d+$/.test(name)).map((name) => Number(name) + 1),
            0,
          );
          const missing = fields.find((name) => /^[A-Za-z_]\w*$/.test(name) && !names.has(name));
          if (highest > positional)
            file.report(file.at(node), `The text asks for ${highest} values by position, and ${positional} are given.`);
          else if (missing !== undefined)
            file.report(file.at(node), `The text asks for \`${missing}\`, which is not given.`);
        },
      };
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    return "%s: %d" % (a,)\n',
      good: 'def f(a):\n    return "%s: %d%%" % (a, 1) + "%(x)s" % a + "%*d" % (1, 2)\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    return "{} {}".format(a)\n',
      good: 'def f(a):\n    return "{} {x} {{}}".format(a, x=1) + "{0} {0}".format(a) + "{} {}".format(*a)\n',
    },
  ],
});
