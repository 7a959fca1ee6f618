import type { SparseGraph } from './sparse-graph.ts';
import { nodeCount } from './sparse-graph.ts';
import { stronglyConnectedComponents } from './strongly-connected-components.ts';

/**
 * Layer of each node: 0 for what depends on nothing, else one above the highest layer it depends on; the nodes of a cycle
 * share one layer. `graph`'s arcs lead from the dependent to what it depends on.
 */
export function layers(graph: SparseGraph): Int32Array {
  const { of, count } = stronglyConnectedComponents(graph);
  const members: number[][] = Array.from({ length: count }, () => []);
  of.forEach((component, node) => members[component]!.push(node));
  const layer = new Int32Array(count);
  // Components come in reverse topological order, so what a component depends on is already placed.
  for (let component = 0; component < count; component++) {
    for (const node of members[component]!) {
      for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++) {
        const below = of[graph.targets[arc]!]!;
        if (below !== component) layer[component] = Math.max(layer[component]!, layer[below]! + 1);
      }
    }
  }
  return Int32Array.from({ length: nodeCount(graph) }, (_, node) => layer[of[node]!]!);
}
