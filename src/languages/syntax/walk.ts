/** Steps over a flat SyntaxTree. Node −1 stands for "none". */
import type { SyntaxTree } from '#model/syntax-tree.ts';

/** Number of a field by name, 0 (no field) where the grammar has none. */
export function fieldId(fieldNames: readonly (string | null)[], name: string): number {
  return Math.max(0, fieldNames.indexOf(name));
}

/** First child under a field; −1 if there is none. */
export function childByField(tree: SyntaxTree, node: number, field: number): number {
  const end = tree.subtreeEnd[node]!;
  for (let child = node + 1; child < end; child = tree.subtreeEnd[child]!)
    if (tree.field[child] === field) return child;
  return -1;
}

export function nodeText(tree: SyntaxTree, node: number): string {
  return tree.text.slice(tree.start[node], tree.end[node]);
}
