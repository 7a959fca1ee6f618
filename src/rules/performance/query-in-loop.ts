import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

const query =
  /\.objects\.(?:get|filter|exclude|all|create|count|first|last|exists|get_or_create|update_or_create)$|^(?:session|db\.session|self\.session)\.(?:query|get|execute|scalar|scalars)$|^(?:cursor|cur|conn|connection)\.execute$/;

export const rule = defineRule({
  id: 'query-in-loop',
  title: 'Database asked once for each element',
  reason:
    'Each round is a round trip to the database: a hundred rows, a hundred and one queries. Ask once for all (`filter(id__in=…)`, select_related, a join, executemany) before the loop.',
  category: 'performance',
  severity: 3,
  references: ['CWE-1073', 'N+1 queries'],
  languages: ['python'],
  tree: {
    python: (file) => ({
      call: (node) => {
        const { nodes } = file;
        const callee = nodes.slice(nodes.child(node, 'function')).replace(/\s+/g, '');
        if (!query.test(callee)) return;
        // A migration or a command runs once, by somebody who waits.
        if (file.role !== 'source' || /\bmigrations\.|BaseCommand\b/.test(file.text)) return;
        for (let below = node, at = nodes.parent(node); at >= 0; below = at, at = nodes.parent(at)) {
          const type = nodes.typeName(at);
          if (type === 'function_definition' || type === 'lambda' || type === 'class_definition') return;
          if (type !== 'for_statement' || nodes.child(at, 'body') !== below) continue;
          const names = parts(nodes, at)
            .filter((part) => nodes.fieldIs(part, 'left'))
            .flatMap((part) => nodes.slice(part).match(/\w+/g) ?? []);
          const given = nodes.slice(nodes.child(node, 'arguments'));
          // It depends on the element; the rounds of `for attempt in range(3)` do not count.
          if (
            names.some((name) => new RegExp(`\\b${name}\\b`).test(given)) &&
            !nodes.slice(nodes.child(at, 'right')).startsWith('range(')
          )
            file.report(file.at(node), `One query for each \`${names.join(', ')}\`.`);
          return;
        }
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(ids):\n    out = []\n    for i in ids:\n        out.append(Author.objects.get(pk=i))\n    return out\n',
      good: 'def f(ids):\n    found = Author.objects.filter(pk__in=ids)\n    for author in found:\n        print(author)\n    return found\n',
    },
  ],
});
