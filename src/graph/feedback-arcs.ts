import { nodeCount, type SparseGraph, sparseGraph } from './sparse-graph.ts';
import { stronglyConnectedComponents } from './strongly-connected-components.ts';

/**
 * Arcs (indices into `targets`) without which the graph has no cycle, chosen greedily by least weight inside a strongly
 * connected component: the dependencies that go against the grain. For graphs of some hundred arcs; the minimum set is NP-hard.
 */
export function feedbackArcs(graph: SparseGraph): ReadonlySet<number> {
  const nodes = nodeCount(graph);
  const sources = new Int32Array(graph.targets.length);
  for (let node = 0; node < nodes; node++) sources.fill(node, graph.offsets[node], graph.offsets[node + 1]);
  const weight = (arc: number): number => graph.weights?.[arc] ?? 1;
  const removed = new Set<number>();
  const kept = new Set(sources.keys());
  for (;;) {
    const arcs = [...kept];
    const rest = sparseGraph(
      nodes,
      arcs.map((arc) => sources[arc]!),
      arcs.map((arc) => graph.targets[arc]!),
    );
    const { of } = stronglyConnectedComponents(rest);
    const inside = arcs.filter((arc) => of[sources[arc]!] === of[graph.targets[arc]!]);
    if (inside.length === 0) return removed;
    const lightest = inside.reduce((best, arc) => (weight(arc) < weight(best) ? arc : best));
    kept.delete(lightest);
    removed.add(lightest);
  }
}
