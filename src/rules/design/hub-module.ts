import { gatherImports, importsOfFiles } from '../analysis/module-imports.ts';
import { defineRule } from '../rule.ts';

/** Arcan (Arcelli Fontana et al., 2017) takes the median of a tree as bounds; fixed ones give the same answer in every tree. */
const IN = 20;
const OUT = 20;

export const rule = defineRule({
  id: 'hub-module',
  title: 'File that half of the tree uses and that uses half of the tree',
  reason:
    'A change anywhere reaches it, and from it everything. Split it by who uses what, or turn its own dependencies round: let callers pass in what it needs.',
  category: 'design',
  severity: 2,
  references: ['Arcan: Hub-like Dependency', 'SOLID: single responsibility'],
  languages: [],
  minutes: 180,
  gather: gatherImports,
  *join(gathered, project) {
    const imports = importsOfFiles(gathered, project);
    const users = new Map<string, number>();
    for (const targets of imports.values()) for (const to of targets) users.set(to, (users.get(to) ?? 0) + 1);
    for (const [path, targets] of imports) {
      const from = users.get(path) ?? 0;
      if (from < IN || targets.size < OUT) continue;
      // An index or a package's face only passes on.
      if (/(?:^|\/)(?:index|__init__|mod|lib|main)\.\w+$/.test(path)) continue;
      yield {
        message: `${from} files import it, and it imports ${targets.size}.`,
        place: { path, startLine: 1, startColumn: 0, endLine: 1, endColumn: 0 },
        identity: path.slice(path.lastIndexOf('/') + 1),
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: `${Array.from({ length: 20 }, (_, i) => `import low${i}\n`).join('')}\n\ndef hub():\n    return low1.f()\n`,
      good: 'import low1\n\n\ndef hub():\n    return low1.f()\n',
      files: Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          [`low${i}.py`, 'def f():\n    return 1\n'],
          [`high${i}.py`, 'import example\n\n\ndef g():\n    return example.hub()\n'],
        ]).flat(),
      ) as Record<string, string>,
    },
  ],
});
