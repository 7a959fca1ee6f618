/** A directed graph as compressed sparse rows: the successors of n are targets[offsets[n] .. offsets[n + 1]). */
export interface SparseGraph {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Parallel to `targets`; all 1 when absent. */
  readonly weights?: Float64Array;
}

export function nodeCount(graph: SparseGraph): number {
  return graph.offsets.length - 1;
}

/**
 * Builds rows from arcs; equal arcs become one, their weights added. Rows are sorted by target, so that every algorithm on
 * them is deterministic whatever the order of the arcs.
 */
export function sparseGraph(
  nodes: number,
  sources: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights?: ArrayLike<number>,
): SparseGraph {
  const merged = new Map<number, number>();
  for (let arc = 0; arc < sources.length; arc++) {
    const key = sources[arc]! * nodes + targets[arc]!;
    merged.set(key, (merged.get(key) ?? 0) + (weights?.[arc] ?? 1));
  }
  const keys = Float64Array.from(merged.keys()).sort();
  const offsets = new Int32Array(nodes + 1);
  const sortedTargets = new Int32Array(keys.length);
  const sortedWeights = new Float64Array(keys.length);
  keys.forEach((key, index) => {
    const source = Math.floor(key / nodes);
    offsets[source + 1]!++;
    sortedTargets[index] = key - source * nodes;
    sortedWeights[index] = merged.get(key)!;
  });
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!;
  return { offsets, targets: sortedTargets, weights: sortedWeights };
}

/** The graph with every arc turned round. */
export function reversed(graph: SparseGraph): SparseGraph {
  const nodes = nodeCount(graph);
  const offsets = new Int32Array(nodes + 1);
  for (const target of graph.targets) offsets[target + 1]!++;
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, nodes);
  const targets = new Int32Array(graph.targets.length);
  const weights = new Float64Array(graph.targets.length);
  for (let node = 0; node < nodes; node++) {
    for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++) {
      const at = next[graph.targets[arc]!]!++;
      targets[at] = node;
      weights[at] = graph.weights?.[arc] ?? 1;
    }
  }
  return { offsets, targets, weights };
}
