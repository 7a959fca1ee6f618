import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'swallowed-exception',
  title: 'Every error swallowed in silence',
  reason:
    'A bare `except` that does nothing hides every mistake in the block, interrupts and misspelt names included. Name the exception that you expect, and say why it may be ignored.',
  category: 'bug',
  severity: 3,
  references: ['CWE-390', 'CWE-391', 'ruff E722 S110'],
  languages: ['python'],
  aliases: ['E722', 'S110', 'bare-except', 'W0702', 'BLE001'],
  tree: {
    python: (file) => ({
      except_clause: (node) => {
        const { nodes } = file;
        const [first, second] = parts(nodes, node);
        if (first === undefined || !nodes.is(first, 'block') || second !== undefined) return;
        if (!/^(?:pass|\.\.\.|continue)$/.test(nodes.slice(first).trim())) return;
        // A comment says why.
        if (/#/.test(nodes.slice(node)) || file.role === 'test') return;
        file.report(
          { start: file.at(node).start, end: file.at(node).start + 7 },
          'All exceptions are caught here and forgotten.',
          { identityOf: file.at(nodes.parent(node)) },
        );
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a):\n    try:\n        a()\n    except:\n        pass\n',
      good: 'def f(a):\n    try:\n        a()\n    except OSError:\n        pass\n    try:\n        a()\n    except:  # the library raises anything\n        pass\n',
    },
  ],
});
