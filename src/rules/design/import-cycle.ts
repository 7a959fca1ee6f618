import { functionKinds } from '#model/vocabulary.ts';
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
    for (const file of judgedFiles(project)) {
      const functions = snapshot.symbolsOf(file.id).filter(({ kind }) => functionKinds.includes(kind));
      const told = new Set<number>();
      for (const { source, target, kind, line, provenance } of snapshot.edgesOf(file.id)) {
        if (kind !== 'imports' || target < 0 || source !== file.firstSymbol || provenance === 'candidate') continue;
        const to = snapshot.symbol(target).file;
        if (to === file.id || told.has(to)) continue;
        told.add(to);
        // Imports inside functions are how circles are broken.
        const isLate = functions.some(({ startLine, endLine }) => startLine <= line && line <= endLine);
        yield { to: paths[to]!.path, line, isLate };
      }
    }
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
    for (const component of knots(loaded)) {
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

type Edges = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Strongly connected components of more than one file (Tarjan, without recursion). */
function knots(edges: Edges): ReadonlySet<number>[] {
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const found: ReadonlySet<number>[] = [];
  for (const root of [...edges.keys()].sort((a, b) => a - b)) {
    if (order.has(root)) continue;
    const stack = [{ node: root, next: [...(edges.get(root)?.keys() ?? [])], at: 0 }];
    order.set(root, order.size);
    low.set(root, order.get(root)!);
    open.push(root);
    isOpen.add(root);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const child = top.next[top.at++];
      if (child !== undefined) {
        if (!order.has(child)) {
          order.set(child, order.size);
          low.set(child, order.get(child)!);
          open.push(child);
          isOpen.add(child);
          stack.push({ node: child, next: [...(edges.get(child)?.keys() ?? [])], at: 0 });
        } else if (isOpen.has(child)) low.set(top.node, Math.min(low.get(top.node)!, order.get(child)!));
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent) low.set(parent.node, Math.min(low.get(parent.node)!, low.get(top.node)!));
      if (low.get(top.node) !== order.get(top.node)) continue;
      const component = new Set<number>();
      for (let node = open.pop()!; ; node = open.pop()!) {
        component.add(node);
        isOpen.delete(node);
        if (node === top.node) break;
      }
      if (component.size > 1) found.push(component);
    }
  }
  return found;
}

/** From the lowest file round to itself by the fewest steps. */
function shortestCycle(component: ReadonlySet<number>, edges: Edges): readonly number[] {
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
