import { nodeCount, type SparseGraph } from './sparse-graph.ts';

export interface PageRankOptions {
  /** Probability of following an arc; 0.85 as in Brin and Page (1998). */
  readonly damping?: number;
  /** Stops when the ranks change by less than this in sum. */
  readonly tolerance?: number;
  readonly maximumIterations?: number;
  /** Where a walk restarts: non-negative, any sum; even when absent. */
  readonly restart?: Float64Array;
}

/** Weighted PageRank by power iteration. Ranks sum to 1; what sinks without successors hold is spread over the restart. */
export function pageRank(graph: SparseGraph, options: PageRankOptions = {}): Float64Array {
  const { damping = 0.85, tolerance = 1e-9, maximumIterations = 100 } = options;
  const nodes = nodeCount(graph);
  if (nodes === 0) return new Float64Array(0);
  const restart = normalized(options.restart, nodes);
  const totals = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++)
      totals[node]! += graph.weights?.[arc] ?? 1;
  }
  let ranks = restart.slice();
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const moved = new Float64Array(nodes);
    let stranded = 0;
    for (let node = 0; node < nodes; node++) {
      const total = totals[node]!;
      if (total === 0) {
        stranded += ranks[node]!;
        continue;
      }
      const share = ranks[node]! / total;
      for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++) {
        moved[graph.targets[arc]!]! += share * (graph.weights?.[arc] ?? 1);
      }
    }
    let change = 0;
    for (let node = 0; node < nodes; node++) {
      const rank = damping * (moved[node]! + stranded * restart[node]!) + (1 - damping) * restart[node]!;
      change += Math.abs(rank - ranks[node]!);
      moved[node] = rank;
    }
    ranks = moved;
    if (change < tolerance) break;
  }
  return ranks;
}

function normalized(restart: Float64Array | undefined, nodes: number): Float64Array {
  const sum = restart?.reduce((total, value) => total + value, 0) ?? 0;
  if (!restart || sum <= 0) return new Float64Array(nodes).fill(1 / nodes);
  return restart.map((value) => value / sum);
}
