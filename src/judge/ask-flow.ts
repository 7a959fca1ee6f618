/** Flow graphs of a file's functions, each made once, for whichever rule asks first. */
import { flowGraphIn } from '#flowgraph/flow-graph-of.ts';
import type { FlowGraphs } from '#flowgraph/flow-graph.ts';
import { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { TextIndex } from '#languages/text-index.ts';
import type { SyntaxTree } from '#model/syntax-tree.ts';

export function nodesOf(tree: SyntaxTree): SyntaxNodes {
  return new SyntaxNodes(
    tree,
    new Map(tree.fieldNames.flatMap((name, id) => (name === null ? [] : [[name, id] as const]))),
  );
}

/** `nodes` is asked for at most once; without them, or where the tree has errors, there is no flow. */
export function askFlow(
  nodes: () => SyntaxNodes | undefined,
  index: TextIndex,
  language: string,
): (at: number) => FlowGraphs | undefined {
  let parsed: { readonly nodes: SyntaxNodes | undefined } | undefined;
  const known = new Map<number, FlowGraphs | undefined>();
  return (at) => {
    parsed ??= { nodes: nodes() };
    if (!parsed.nodes || parsed.nodes.tree.hasError) return undefined;
    if (!known.has(at)) known.set(at, flowGraphIn(parsed.nodes, index, language, at));
    return known.get(at);
  };
}
