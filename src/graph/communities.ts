import { nodeCount, type SparseGraph } from './sparse-graph.ts';

/**
 * Louvain's method (Blondel et al., 2008) on the undirected weighted form of the graph, nodes visited by number, so that the
 * result is the same on every run. Returns a community number per node: 0 is the largest, ties by first member.
 * `resolution` above 1 yields smaller communities.
 */
export function communities(graph: SparseGraph, resolution = 1): Int32Array {
  let level = undirected(graph);
  let membership = Int32Array.from({ length: nodeCount(graph) }, (_, node) => node);
  for (let round = 0; round < 20; round++) {
    const moved = moveNodes(level, resolution);
    membership = membership.map((community) => moved.of[community]!);
    if (moved.count === level.neighbours.length) break;
    level = aggregate(level, moved);
  }
  return bySize(membership);
}

interface Level {
  readonly neighbours: readonly ReadonlyMap<number, number>[];
  /** Weight inside each node, counted twice. */
  readonly loops: Float64Array;
}

interface Assignment {
  readonly of: Int32Array;
  readonly count: number;
}

function undirected(graph: SparseGraph): Level {
  const nodes = nodeCount(graph);
  const neighbours: Map<number, number>[] = Array.from({ length: nodes }, () => new Map());
  const loops = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++) {
      const target = graph.targets[arc]!;
      const weight = graph.weights?.[arc] ?? 1;
      if (target === node) {
        loops[node]! += 2 * weight;
        continue;
      }
      neighbours[node]!.set(target, (neighbours[node]!.get(target) ?? 0) + weight);
      neighbours[target]!.set(node, (neighbours[target]!.get(node) ?? 0) + weight);
    }
  }
  return { neighbours, loops };
}

function moveNodes(level: Level, resolution: number): Assignment {
  const nodes = level.neighbours.length;
  const of = Int32Array.from({ length: nodes }, (_, node) => node);
  const degree = Float64Array.from(
    level.neighbours,
    (row, node) => level.loops[node]! + [...row.values()].reduce((sum, weight) => sum + weight, 0),
  );
  const total = degree.reduce((sum, value) => sum + value, 0);
  if (total === 0) return { of, count: nodes };
  const held = degree.slice();
  for (let pass = 0; pass < 50; pass++) {
    let moves = 0;
    for (let node = 0; node < nodes; node++) {
      const links = new Map<number, number>();
      for (const [neighbour, weight] of level.neighbours[node]!) {
        links.set(of[neighbour]!, (links.get(of[neighbour]!) ?? 0) + weight);
      }
      const own = of[node]!;
      held[own]! -= degree[node]!;
      let best = own;
      let bestGain = (links.get(own) ?? 0) - (resolution * held[own]! * degree[node]!) / total;
      for (const [community, weight] of [...links].sort((a, b) => a[0] - b[0])) {
        const gain = weight - (resolution * held[community]! * degree[node]!) / total;
        if (gain > bestGain + 1e-12) {
          best = community;
          bestGain = gain;
        }
      }
      held[best]! += degree[node]!;
      if (best !== own) {
        of[node] = best;
        moves++;
      }
    }
    if (moves === 0) break;
  }
  return numbered(of);
}

function aggregate(level: Level, moved: Assignment): Level {
  const neighbours: Map<number, number>[] = Array.from({ length: moved.count }, () => new Map());
  const loops = new Float64Array(moved.count);
  level.neighbours.forEach((row, node) => {
    const community = moved.of[node]!;
    loops[community]! += level.loops[node]!;
    for (const [neighbour, weight] of row) {
      const other = moved.of[neighbour]!;
      if (other === community) loops[community]! += weight;
      else neighbours[community]!.set(other, (neighbours[community]!.get(other) ?? 0) + weight);
    }
  });
  return { neighbours, loops };
}

function numbered(of: Int32Array): Assignment {
  const numbers = new Map<number, number>();
  const renamed = of.map((community) => {
    const known = numbers.get(community);
    if (known !== undefined) return known;
    numbers.set(community, numbers.size);
    return numbers.size - 1;
  });
  return { of: renamed, count: numbers.size };
}

function bySize(membership: Int32Array): Int32Array {
  const sizes = new Map<number, { size: number; first: number }>();
  membership.forEach((community, node) => {
    const entry = sizes.get(community);
    if (entry) entry.size++;
    else sizes.set(community, { size: 1, first: node });
  });
  const rank = new Map(
    [...sizes]
      .sort(([, a], [, b]) => b.size - a.size || a.first - b.first)
      .map(([community], index) => [community, index]),
  );
  return membership.map((community) => rank.get(community)!);
}

/** Newman's modularity of a partition of the undirected form of the graph, between −1/2 and 1. */
export function modularity(graph: SparseGraph, membership: Int32Array): number {
  const level = undirected(graph);
  const degree = new Map<number, number>();
  const inside = new Map<number, number>();
  let total = 0;
  level.neighbours.forEach((row, node) => {
    const community = membership[node]!;
    let sum = level.loops[node]!;
    let within = level.loops[node]!;
    for (const [neighbour, weight] of row) {
      sum += weight;
      if (membership[neighbour] === community) within += weight;
    }
    total += sum;
    degree.set(community, (degree.get(community) ?? 0) + sum);
    inside.set(community, (inside.get(community) ?? 0) + within);
  });
  if (total === 0) return 0;
  let result = 0;
  for (const [community, sum] of degree) result += (inside.get(community) ?? 0) / total - (sum / total) ** 2;
  return result;
}
