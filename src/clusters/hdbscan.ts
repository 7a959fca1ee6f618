/**
 * HDBSCAN (Campello, Moulavi, Zimek, Sander, "Hierarchical density estimates for data clustering", TKDD 2015) on a graph of
 * nearest neighbours in place of all pairs: a minimum spanning forest of mutual reachability, its hierarchy condensed to
 * clusters of a least size, and of these the ones with the greatest excess of mass. Ties are broken by row numbers, so that the
 * same rows always give the same clusters.
 */
import type { NearGraph } from './near-graph.ts';

export interface DensityOptions {
  /** Fewer rows are no cluster. */
  readonly leastSize: number;
  /** The distance to this neighbour says how dense it is around a row. */
  readonly samples: number;
  /** A cluster of more rows gives way to its parts. */
  readonly mostSize?: number;
}

export interface DensityClusters {
  readonly count: number;
  /** Of each row its cluster, from 0; −1 for none. */
  readonly labels: Int32Array;
  /** Of each row how firmly it belongs, 0 to 1. */
  readonly strength: Float64Array;
}

/** Copies lie at distance 0, at which density would be endless. */
const LEAST_DISTANCE = 1e-3;

interface Merge {
  readonly left: number;
  readonly right: number;
  readonly distance: number;
  readonly size: number;
}

export function hdbscan(graph: NearGraph, { leastSize, samples, mostSize }: DensityOptions): DensityClusters {
  const { count } = graph;
  const labels = new Int32Array(count).fill(-1);
  const strength = new Float64Array(count);
  if (count < leastSize) return { count: 0, labels, strength };
  const merges = hierarchy(graph, samples);
  const tree = condense(merges, count, leastSize);
  const chosen = choose(tree, mostSize ?? Infinity);
  label(tree, chosen, labels, strength);
  return { count: chosen.length, labels, strength };
}

/** Merges from the densest on; node n + i is what merge i made. Parts that no edge joins are joined last, at no density. */
function hierarchy({ count, width, neighbours, distances }: NearGraph, samples: number): readonly Merge[] {
  const core = new Float64Array(count);
  const depth = Math.min(samples, width) - 1;
  for (let row = 0; row < count; row++) core[row] = distances[row * width + Math.max(0, depth)]!;
  const from = new Int32Array(count * width);
  const to = new Int32Array(count * width);
  const weight = new Float64Array(count * width);
  let edges = 0;
  for (let row = 0; row < count; row++) {
    for (let at = row * width; at < (row + 1) * width; at++) {
      const other = neighbours[at]!;
      if (other < 0) break;
      from[edges] = Math.min(row, other);
      to[edges] = Math.max(row, other);
      weight[edges++] = Math.max(distances[at]!, core[row]!, core[other]!, LEAST_DISTANCE);
    }
  }
  const order = Int32Array.from({ length: edges }, (_, edge) => edge).sort(
    (a, b) => weight[a]! - weight[b]! || from[a]! - from[b]! || to[a]! - to[b]!,
  );
  const union = new Union(count);
  const merges: Merge[] = [];
  const join = (a: number, b: number, distance: number): void => {
    const joined = union.join(a, b, count + merges.length);
    if (joined) merges.push({ ...joined, distance });
  };
  for (const edge of order) join(from[edge]!, to[edge]!, weight[edge]!);
  for (let row = 1; row < count && merges.length < count - 1; row++) join(0, row, Infinity);
  return merges;
}

class Union {
  readonly #parent: Int32Array;
  /** Of a root: the hierarchy's node that stands for it. */
  readonly #node: Int32Array;
  readonly #size: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, row) => row);
    this.#node = this.#parent.slice();
    this.#size = new Int32Array(count).fill(1);
  }

  join(a: number, b: number, node: number): { left: number; right: number; size: number } | undefined {
    const [one, other] = [this.#root(a), this.#root(b)];
    if (one === other) return undefined;
    const [big, small] = this.#size[one]! >= this.#size[other]! ? [one, other] : [other, one];
    const made = { left: this.#node[one]!, right: this.#node[other]!, size: this.#size[one]! + this.#size[other]! };
    this.#parent[small] = big;
    this.#size[big] = made.size;
    this.#node[big] = node;
    return made;
  }

  #root(row: number): number {
    let at = row;
    while (this.#parent[at] !== at) at = this.#parent[at] = this.#parent[this.#parent[at]!]!;
    return at;
  }
}

interface CondensedCluster {
  readonly parent: number;
  readonly children: number[];
  /** Density, 1 / distance, at which it comes into being. */
  readonly birth: number;
  readonly size: number;
  /** Rows that fall out of it one by one, and the density at which they do. */
  readonly rows: number[];
  readonly rowDensities: number[];
  stability: number;
}

/** From the whole downwards: a split into two parts of the least size makes two clusters, anything else sheds rows. */
function condense(merges: readonly Merge[], count: number, leastSize: number): readonly CondensedCluster[] {
  const sizeOf = (node: number): number => (node < count ? 1 : merges[node - count]!.size);
  const clusters: CondensedCluster[] = [];
  const make = (parent: number, birth: number, size: number): number => {
    const number = clusters.push({ parent, children: [], birth, size, rows: [], rowDensities: [], stability: 0 }) - 1;
    if (parent >= 0) clusters[parent]!.children.push(number);
    return number;
  };
  const shed = (node: number, cluster: CondensedCluster, density: number): void => {
    const stack = [node];
    while (stack.length > 0) {
      const next = stack.pop()!;
      if (next >= count) {
        const { left, right } = merges[next - count]!;
        stack.push(right, left);
        continue;
      }
      cluster.rows.push(next);
      cluster.rowDensities.push(density);
      cluster.stability += density - cluster.birth;
    }
  };
  const stack: [node: number, cluster: number][] = [[count + merges.length - 1, make(-1, 0, count)]];
  while (stack.length > 0) {
    const [node, number] = stack.pop()!;
    const cluster = clusters[number]!;
    if (node < count) {
      shed(node, cluster, 1 / LEAST_DISTANCE);
      continue;
    }
    const { left, right, distance } = merges[node - count]!;
    const density = 1 / distance;
    const [leftSize, rightSize] = [sizeOf(left), sizeOf(right)];
    if (leftSize >= leastSize && rightSize >= leastSize) {
      cluster.stability += (leftSize + rightSize) * (density - cluster.birth);
      stack.push([right, make(number, density, rightSize)], [left, make(number, density, leftSize)]);
      continue;
    }
    if (leftSize >= leastSize) stack.push([left, number]);
    else shed(left, cluster, density);
    if (rightSize >= leastSize) stack.push([right, number]);
    else shed(right, cluster, density);
  }
  return clusters;
}

/** Bottom up: a cluster is chosen where it is more stable than the best of its parts together. The whole is never one. */
function choose(clusters: readonly CondensedCluster[], mostSize: number): readonly number[] {
  const best = new Float64Array(clusters.length);
  const isChosen = new Uint8Array(clusters.length);
  for (let number = clusters.length - 1; number > 0; number--) {
    const { children, stability, size } = clusters[number]!;
    const parts = children.reduce((sum, child) => sum + best[child]!, 0);
    const takesItself = size <= mostSize && (children.length === 0 || stability >= parts);
    isChosen[number] = takesItself ? 1 : 0;
    best[number] = takesItself ? stability : parts;
  }
  const chosen: number[] = [];
  const stack = clusters[0]!.children.toReversed();
  while (stack.length > 0) {
    const number = stack.pop()!;
    if (isChosen[number] === 1) chosen.push(number);
    else stack.push(...clusters[number]!.children.toReversed());
  }
  return chosen;
}

function label(
  clusters: readonly CondensedCluster[],
  chosen: readonly number[],
  labels: Int32Array,
  strength: Float64Array,
): void {
  chosen.forEach((number, own) => {
    const parts = [number];
    for (let at = 0; at < parts.length; at++) parts.push(...clusters[parts[at]!]!.children);
    let densest = 0;
    for (const part of parts) for (const density of clusters[part]!.rowDensities) densest = Math.max(densest, density);
    for (const part of parts) {
      const { rows, rowDensities } = clusters[part]!;
      rows.forEach((row, at) => {
        labels[row] = own;
        strength[row] = densest > 0 ? Math.min(1, rowDensities[at]! / densest) : 0;
      });
    }
  });
}
