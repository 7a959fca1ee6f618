import { walkBody } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'changed-while-iterated',
  title: 'Collection changed while it is iterated',
  reason:
    'Removing from a list shifts what follows, so elements are skipped; adding to or removing from a dictionary or set raises RuntimeError. Iterate over a copy (`list(…)`), or build a new one.',
  category: 'bug',
  severity: 4,
  references: ['CWE-1250', 'pylint W4701', 'ruff B909'],
  languages: ['python'],
  aliases: ['B909', 'modified-iterating-list', 'W4701', 'modified-iterating-dict', 'E4702'],
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        for_statement: (node) => {
          const iterated = nodes.slice(nodes.child(node, 'right')).replace(/\.(?:items|keys|values)\(\)$/, '');
          // What a class's own `keys()` gives may be a copy.
          if (!/^\w+(?:\.\w+)*$/.test(iterated) || iterated === 'self') return;
          const body = nodes.child(node, 'body');
          walkBody(nodes, body, (at) => {
            const isRemoval = nodes.is(at, 'call') && changes(at, iterated);
            const isDeletion =
              nodes.is(at, 'delete_statement') &&
              new RegExp(`^del\\s+${iterated.replaceAll('.', '\\.')}\\[`).test(nodes.slice(at));
            if ((isRemoval || isDeletion) && !leaves(at))
              file.report(file.at(at), `\`${iterated}\` is changed while the loop goes over it.`);
          });
        },
      };

      function changes(call: number, iterated: string): boolean {
        return [`${iterated}.remove`, `${iterated}.discard`, `${iterated}.popitem`].includes(
          nodes.slice(nodes.child(call, 'function')),
        );
      }

      /** The loop is left right after it, or the name is bound anew. */
      function leaves(at: number): boolean {
        let statement = at;
        while (nodes.parent(statement) >= 0 && !nodes.is(nodes.parent(statement), 'block'))
          statement = nodes.parent(statement);
        for (let next = nodes.nextNamed(statement); next >= 0; next = nodes.nextNamed(next))
          if (/^(?:break|return|raise)_statement$/.test(nodes.typeName(next))) return true;
        return false;
      }
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    for x in a:\n        if x:\n            a.remove(x)\n',
      good: 'def f(a):\n    for x in list(a):\n        if x:\n            a.remove(x)\n    for x in a:\n        if x:\n            a.remove(x)\n            break\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    for k, v in a.items():\n        if v:\n            del a[k]\n',
      good: 'def f(a):\n    for k, v in list(a.items()):\n        if v:\n            del a[k]\n',
    },
  ],
});
