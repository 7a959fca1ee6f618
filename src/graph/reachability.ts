import { nodeCount, type SparseGraph } from './sparse-graph.ts';

/** Hops from the nearest start, −1 where no path leads; breadth first, up to `maximum` hops. */
export function distances(
  graph: SparseGraph,
  starts: Iterable<number>,
  maximum = Number.POSITIVE_INFINITY,
): Int32Array {
  const distance = new Int32Array(nodeCount(graph)).fill(-1);
  let frontier: number[] = [];
  for (const start of starts) {
    if (distance[start] === -1) {
      distance[start] = 0;
      frontier.push(start);
    }
  }
  for (let hop = 1; frontier.length > 0 && hop <= maximum; hop++) {
    const next: number[] = [];
    for (const node of frontier) {
      for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++) {
        const target = graph.targets[arc]!;
        if (distance[target] === -1) {
          distance[target] = hop;
          next.push(target);
        }
      }
    }
    frontier = next;
  }
  return distance;
}

/** A shortest path as nodes and the arc taken from each to the next (an index into `targets`); undefined if there is none. */
export function shortestPath(
  graph: SparseGraph,
  starts: Iterable<number>,
  goals: ReadonlySet<number>,
): { nodes: number[]; arcs: number[] } | undefined {
  const cameBy = new Int32Array(nodeCount(graph)).fill(-1);
  const cameFrom = new Int32Array(nodeCount(graph)).fill(-2);
  let frontier: number[] = [];
  for (const start of starts) {
    if (cameFrom[start] !== -2) continue;
    cameFrom[start] = -1;
    frontier.push(start);
  }
  let goal = frontier.find((node) => goals.has(node));
  while (goal === undefined && frontier.length > 0) {
    const next: number[] = [];
    search: for (const node of frontier) {
      for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++) {
        const target = graph.targets[arc]!;
        if (cameFrom[target] !== -2) continue;
        cameFrom[target] = node;
        cameBy[target] = arc;
        if (goals.has(target)) {
          goal = target;
          break search;
        }
        next.push(target);
      }
    }
    frontier = next;
  }
  if (goal === undefined) return undefined;
  const nodes = [goal];
  const arcs: number[] = [];
  while (cameFrom[nodes[0]!] !== -1) {
    arcs.unshift(cameBy[nodes[0]!]!);
    nodes.unshift(cameFrom[nodes[0]!]!);
  }
  return { nodes, arcs };
}
