import { type ImportEdges, importKnots, importsOf } from '../analysis/import-graph.ts';
import { judgedFiles } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** Larger knots are one finding, too: at its smallest file. */
const SHOWN = 6;

export const rule = defineRule({
  id: 'import-cycle',
  title: 'Files that import each other in a circle',
  reason:
    'None of them can be understood, tested or loaded without the others, and what runs first depends on who is imported first. Move what both need into a third file, or pass it in.',
  category: 'design',
  severity: 2,
  references: ['Lakos: acyclic dependencies', 'eslint import/no-cycle', 'CWE-1047'],
  languages: [],
  aliases: ['no-cycle', 'cyclic-import', 'R0401'],
  minutes: 90,
  *gather(project) {
    const { snapshot } = project;
    const paths = snapshot.files();
    for (const file of judgedFiles(project))
      for (const { to, line, isLate } of importsOf(snapshot, file)) yield { to: paths[to]!.path, line, isLate };
  },
  *join(gathered, project) {
    const files = judgedFiles(project).map(({ path }) => path);
    const numbers = new Map(files.map((path, number) => [path, number]));
    const loaded = new Map<number, ReadonlyMap<number, number>>();
    for (const { path, gathered: own } of gathered) {
      const edges = new Map<number, number>();
      for (const { to, line, isLate } of own as unknown as readonly ImportEdge[]) {
        const number = numbers.get(to);
        if (number !== undefined && !isLate) edges.set(number, line);
      }
      if (edges.size > 0) loaded.set(numbers.get(path)!, edges);
    }
    for (const component of importKnots(loaded)) {
      const cycle = shortestCycle(component, loaded);
      const paths = cycle.map((file) => files[file]!);
      const first = cycle[0]!;
      const line = loaded.get(first)!.get(cycle[1] ?? first) ?? 1;
      const size =
        component.size > cycle.length ? ` ${component.size} files hang together by this and other circles.` : '';
      const shown = paths.length > SHOWN ? [...paths.slice(0, SHOWN), '…'] : paths;
      yield {
        message: `${[...shown, paths[0]].join(' → ')}.${size}`,
        place: {
          path: paths[0]!,
          startLine: Math.max(1, line),
          startColumn: 0,
          endLine: Math.max(1, line),
          endColumn: 0,
        },
        identity: paths
          .map((path) => path.slice(path.lastIndexOf('/') + 1))
          .sort()
          .join(' '),
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: 'from other import b\n\n\ndef a():\n    return b()\n',
      good: 'def a():\n    from other import b\n    return b()\n',
      files: { 'other.py': 'import example\n\n\ndef b():\n    return example.a()\n' },
    },
    {
      language: 'typescript',
      bad: "import { b } from './other.ts';\nexport const a = () => b();\n",
      good: "import type { b } from './other.ts';\nexport const a = () => 1;\n",
      files: { 'other.ts': "import { a } from './example.ts';\nexport const b = () => a();\n" },
    },
  ],
});

interface ImportEdge {
  readonly to: string;
  readonly line: number;
  readonly isLate: boolean;
}

/** From the lowest file round to itself by the fewest steps. */
function shortestCycle(component: ReadonlySet<number>, edges: ImportEdges): readonly number[] {
  const start = Math.min(...component);
  const before = new Map<number, number>();
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    for (const next of edges.get(queue[at]!)?.keys() ?? []) {
      if (next === start) {
        const path: number[] = [];
        for (let node = queue[at]!; node !== start; node = before.get(node)!) path.unshift(node);
        return [start, ...path];
      }
      if (!component.has(next) || before.has(next)) continue;
      before.set(next, queue[at]!);
      queue.push(next);
    }
  }
  return [...component];
}
