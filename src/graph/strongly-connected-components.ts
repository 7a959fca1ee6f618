import { nodeCount, type SparseGraph } from './sparse-graph.ts';

export interface Components {
  /** Component of each node. Components are numbered in reverse topological order: an arc never leads to a higher number. */
  readonly of: Int32Array;
  readonly count: number;
}

/** Tarjan's algorithm with an explicit stack: depth is bounded by memory, not by the call stack. */
export function stronglyConnectedComponents(graph: SparseGraph): Components {
  const nodes = nodeCount(graph);
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const of = new Int32Array(nodes).fill(-1);
  const next = graph.offsets.slice(0, nodes);
  const open: number[] = [];
  const path: number[] = [];
  let visited = 0;
  let count = 0;
  for (let root = 0; root < nodes; root++) {
    if (order[root] !== -1) continue;
    path.push(root);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (order[node] === -1) {
        order[node] = low[node] = visited++;
        open.push(node);
      }
      let descended = false;
      while (next[node]! < graph.offsets[node + 1]!) {
        const target = graph.targets[next[node]!++]!;
        if (order[target] === -1) {
          path.push(target);
          descended = true;
          break;
        }
        if (of[target] === -1) low[node] = Math.min(low[node]!, order[target]!);
      }
      if (descended) continue;
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] === order[node]) {
        let member: number;
        do {
          member = open.pop()!;
          of[member] = count;
        } while (member !== node);
        count++;
      }
    }
  }
  return { of, count };
}

/** Components of two nodes or more, and single nodes with an arc to themselves: the cycles of the graph. Largest first. */
export function cycles(graph: SparseGraph): readonly (readonly number[])[] {
  const { of, count } = stronglyConnectedComponents(graph);
  const members: number[][] = Array.from({ length: count }, () => []);
  of.forEach((component, node) => members[component]!.push(node));
  const hasLoop = (node: number): boolean =>
    graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]).includes(node);
  return members
    .filter((nodes) => nodes.length > 1 || hasLoop(nodes[0]!))
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}
