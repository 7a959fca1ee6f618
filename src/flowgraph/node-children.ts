import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';

/** Named children in order, comments left out. */
export function children(nodes: SyntaxNodes, node: number): readonly number[] {
  const list: number[] = [];
  for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) if (!nodes.is(at, 'comment')) list.push(at);
  return list;
}
