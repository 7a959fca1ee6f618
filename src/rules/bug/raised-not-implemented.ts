import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'raised-not-implemented',
  title: '`NotImplemented` raised',
  reason:
    'NotImplemented is what operators return, not an exception: raising it raises TypeError instead. Raise NotImplementedError.',
  category: 'bug',
  severity: 5,
  references: ['pyflakes F901'],
  languages: ['python'],
  aliases: ['F901', 'notimplemented-raised', 'E0711'],
  tree: {
    python: (file) => ({
      raise_statement: (node) => {
        const raised = file.nodes.firstNamed(node);
        if (raised >= 0 && /^NotImplemented(?:\(.*\))?$/s.test(file.nodes.slice(raised))) {
          const { start } = file.at(raised);
          file.report(file.at(node), 'This raises TypeError: `NotImplementedError` was meant.', {
            edits: [{ start, end: start + 'NotImplemented'.length, text: 'NotImplementedError' }],
          });
        }
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f():\n    raise NotImplemented\n',
      good: 'def f(self, other):\n    return NotImplemented\n',
      fixed: 'def f():\n    raise NotImplementedError\n',
    },
    {
      language: 'python',
      bad: 'def f():\n    raise NotImplemented("later")\n',
      good: 'def f():\n    raise NotImplementedError("later")\n',
      fixed: 'def f():\n    raise NotImplementedError("later")\n',
    },
  ],
});
