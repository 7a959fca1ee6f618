/** Steps over a flat SyntaxTree. Node −1 stands for "none". */
import type { SyntaxTree } from '#model/syntax-tree.ts';

/** Grammar type numbers by name; one name may have several numbers (an alias, or a keyword and the node it starts). */
export function typeIds(typeNames: readonly string[], name: string): readonly number[] {
  const found: number[] = [];
  for (let id = 0; id < typeNames.length; id++) if (typeNames[id] === name) found.push(id);
  return found;
}

/** Number of a field by name, 0 (no field) where the grammar has none. */
export function fieldId(fieldNames: readonly (string | null)[], name: string): number {
  return Math.max(0, fieldNames.indexOf(name));
}

/** First child, named or not; −1 for a leaf. */
export function firstChild(tree: SyntaxTree, node: number): number {
  return node + 1 < tree.subtreeEnd[node]! ? node + 1 : -1;
}

export function nextSibling(tree: SyntaxTree, node: number): number {
  const next = tree.subtreeEnd[node]!;
  return next < tree.count && tree.parent[next] === tree.parent[node] ? next : -1;
}

/** First child under a field; −1 if there is none. */
export function childByField(tree: SyntaxTree, node: number, field: number): number {
  const end = tree.subtreeEnd[node]!;
  for (let child = node + 1; child < end; child = tree.subtreeEnd[child]!) if (tree.field[child] === field) return child;
  return -1;
}

export function isNamed(tree: SyntaxTree, node: number): boolean {
  return (tree.flags[node]! & 1) !== 0;
}

export function nodeText(tree: SyntaxTree, node: number): string {
  return tree.text.slice(tree.start[node], tree.end[node]);
}

/** Named children in order. Allocates: for cold paths. */
export function namedChildren(tree: SyntaxTree, node: number): number[] {
  const found: number[] = [];
  const end = tree.subtreeEnd[node]!;
  for (let child = node + 1; child < end; child = tree.subtreeEnd[child]!) if (isNamed(tree, child)) found.push(child);
  return found;
}
