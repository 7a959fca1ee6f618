/** Which judged file imports which as the program loads, and the knots that they make. */
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import { functionKinds } from '#model/vocabulary.ts';
import type { Project } from '../rule.ts';
import { judgedFiles } from './measured-symbols.ts';

/** By file: the files that it imports, each with the line of the first import. */
export type ImportEdges = ReadonlyMap<number, ReadonlyMap<number, number>>;

export interface FileImport {
  readonly to: number;
  readonly line: number;
  /** Inside a function, which is how circles are broken. */
  readonly isLate: boolean;
}

/** The first import of each other file. */
export function* importsOf(snapshot: Snapshot, file: FileRecord): Generator<FileImport> {
  const functions = snapshot.symbolsOf(file.id).filter(({ kind }) => functionKinds.includes(kind));
  const told = new Set<number>();
  for (const { source, target, kind, line, provenance } of snapshot.edgesOf(file.id)) {
    if (kind !== 'imports' || target < 0 || source !== file.firstSymbol || provenance === 'candidate') continue;
    const to = snapshot.symbol(target).file;
    if (to === file.id || told.has(to)) continue;
    told.add(to);
    yield { to, line, isLate: functions.some(({ startLine, endLine }) => startLine <= line && line <= endLine) };
  }
}

export function importsAtLoad(project: Project): ImportEdges {
  const files = judgedFiles(project);
  const judged = new Set(files.map(({ id }) => id));
  const edges = new Map<number, ReadonlyMap<number, number>>();
  for (const file of files) {
    const own = [...importsOf(project.snapshot, file)].filter(({ to, isLate }) => !isLate && judged.has(to));
    if (own.length > 0) edges.set(file.id, new Map(own.map(({ to, line }) => [to, line])));
  }
  return edges;
}

/** Strongly connected components of more than one file (Tarjan, without recursion). */
export function importKnots(edges: ImportEdges): ReadonlySet<number>[] {
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
