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
          const right = nodes.slice(nodes.child(node, 'right'));
          const calls = right.endsWith('.keys()');
          const iterated = right.replace(/\.(?:items|keys|values)\(\)$/, '');
          // What a class's own `keys()` gives may be a copy; what goes over the environment goes over a copy of its keys.
          if (!/^\w+(?:\.\w+)*$/.test(iterated) || /^(?:self|(?:os\.)?environ)$/.test(iterated)) return;
          const body = nodes.child(node, 'body');
          walkBody(nodes, body, (at) => {
            const isRemoval = nodes.is(at, 'call') && changes(at, iterated);
            const isDeletion =
              nodes.is(at, 'delete_statement') &&
              new RegExp(`^del\\s+${iterated.replaceAll('.', '\\.')}\\[`).test(nodes.slice(at));
            if (!(isRemoval || isDeletion) || leaves(at) || !goesOn(at, node)) return;
            // `keys()` of what is no dictionary may be a copy.
            const isUnknown = calls && !isDictionary(iterated);
            file.report(file.at(at), `\`${iterated}\` is changed while the loop goes over it.`, {
              ...(isUnknown && { severity: 3, confidence: 0.7 }),
            });
          });
        },
      };

      function changes(call: number, iterated: string): boolean {
        return [`${iterated}.remove`, `${iterated}.discard`, `${iterated}.popitem`].includes(
          nodes.slice(nodes.child(call, 'function')),
        );
      }

      /** Some way leads from the change to another round. */
      function goesOn(change: number, loop: number): boolean {
        const { start } = nodes.tree;
        const flow = file.flow(start[loop]!);
        if (!flow) return true;
        const { steps, blocks, edges } = flow.cfg;
        const holds = (block: (typeof blocks)[number], wanted: (step: (typeof steps)[number]) => boolean): boolean =>
          block.steps.some((step) => wanted(steps[step]!));
        const queue = blocks
          .filter((block) => holds(block, (step) => step.start <= start[change]! && start[change]! < step.end))
          .map(({ id }) => id);
        const seen = new Set<number>();
        for (const from of queue)
          for (const edge of edges) {
            if (edge.from !== from || seen.has(edge.to)) continue;
            seen.add(edge.to);
            if (holds(blocks[edge.to]!, (step) => step.start === start[loop])) return true;
            queue.push(edge.to);
          }
        return false;
      }

      /** A literal or `dict(…)` is given to the name somewhere in the file. */
      function isDictionary(name: string): boolean {
        const word = name.replaceAll('.', '\\.');
        return new RegExp(
          `(?<![\\w.])${word}\\s*(?::\\s*[Dd]ict[^=\\n]*)?(?:=\\s*(?:\\{|dict\\(|defaultdict\\(|OrderedDict\\()|:\\s*[Dd]ict\\b)`,
        ).test(file.text);
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
      bad: 'def f(rows):\n    for row in rows:\n        if row.done:\n            rows.remove(row)\n        row.next()\n',
      good: 'def f(rows):\n    for row in rows:\n        if row.known:\n            if row.done:\n                rows.remove(row)\n            return row\n    return None\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    for x in a:\n        if x:\n            a.remove(x)\n',
      good: 'def f(a):\n    for x in list(a):\n        if x:\n            a.remove(x)\n    for x in a:\n        if x:\n            a.remove(x)\n            break\n',
    },
    {
      language: 'python',
      bad: 'def f(os):\n    for k in os.rows:\n        if k:\n            del os.rows[k]\n',
      good: 'import os\n\n\ndef f():\n    for k in os.environ:\n        if k:\n            del os.environ[k]\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    for k, v in a.items():\n        if v:\n            del a[k]\n',
      good: 'def f(a):\n    for k, v in list(a.items()):\n        if v:\n            del a[k]\n',
    },
  ],
});
