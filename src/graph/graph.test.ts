import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { communities, modularity } from './communities.ts';
import { feedbackArcs } from './feedback-arcs.ts';
import { layers } from './layers.ts';
import { packageMetrics } from './package-metrics.ts';
import { pageRank } from './page-rank.ts';
import { distances, shortestPath } from './reachability.ts';
import { reversed, sparseGraph } from './sparse-graph.ts';
import { cycles, stronglyConnectedComponents } from './strongly-connected-components.ts';

const build = (nodes: number, arcs: readonly (readonly [number, number])[]) =>
  sparseGraph(
    nodes,
    arcs.map(([from]) => from),
    arcs.map(([, to]) => to),
  );

const randomArcs = fc.integer({ min: 1, max: 12 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    arcs: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 40 }),
  }),
);

/** reach[a][b]: a path of one arc or more leads from a to b (Warshall). */
function closure(nodes: number, arcs: readonly (readonly [number, number])[]): boolean[][] {
  const reach = Array.from({ length: nodes }, () => Array.from({ length: nodes }, () => false));
  for (const [from, to] of arcs) reach[from]![to] = true;
  for (let via = 0; via < nodes; via++) {
    for (let a = 0; a < nodes; a++) {
      for (let b = 0; b < nodes; b++) if (reach[a]![via] && reach[via]![b]) reach[a]![b] = true;
    }
  }
  return reach;
}

describe('strongly connected components', () => {
  it('agree with mutual reachability and come in reverse topological order', () => {
    fc.assert(
      fc.property(randomArcs, ({ nodes, arcs }) => {
        const graph = build(nodes, arcs);
        const { of } = stronglyConnectedComponents(graph);
        const reach = closure(nodes, arcs);
        for (let a = 0; a < nodes; a++) {
          for (let b = 0; b < nodes; b++) {
            const mutual = a === b || (reach[a]![b]! && reach[b]![a]!);
            expect(of[a] === of[b]).toBe(mutual);
            if (reach[a]![b] && !mutual) expect(of[b]!).toBeLessThan(of[a]!);
          }
        }
      }),
    );
  });

  it('does not overflow on a chain of 200,000 nodes', () => {
    const nodes = 200_000;
    const graph = sparseGraph(
      nodes,
      Array.from({ length: nodes - 1 }, (_, n) => n),
      Array.from({ length: nodes - 1 }, (_, n) => n + 1),
    );
    expect(stronglyConnectedComponents(graph).count).toBe(nodes);
  });

  it('lists cycles, self-loops among them, largest first', () => {
    expect(
      cycles(
        build(6, [
          [0, 1],
          [1, 2],
          [2, 0],
          [3, 3],
          [4, 5],
        ]),
      ),
    ).toEqual([[0, 1, 2], [3]]);
  });
});

describe('page rank', () => {
  it('solves the two-node case by hand', () => {
    // 0 → 1, 1 is a sink: r0 = d·r1/2 + (1 − d)/2, r1 = d·(r0 + r1/2) + (1 − d)/2.
    const [first, second] = pageRank(build(2, [[0, 1]]));
    expect(first! + second!).toBeCloseTo(1, 9);
    expect(first).toBeCloseTo((0.85 * second!) / 2 + 0.075, 6);
    expect(second! / first!).toBeCloseTo(1.85, 4);
  });

  it('prefers what the restart prefers', () => {
    const ranks = pageRank(
      build(3, [
        [0, 1],
        [1, 0],
      ]),
      { restart: Float64Array.from([0, 0, 1]) },
    );
    expect(ranks[2]).toBeCloseTo(1, 6);
  });
});

describe('communities', () => {
  const twoCliques: (readonly [number, number])[] = [[3, 4]];
  for (const base of [0, 4])
    for (let a = 0; a < 4; a++) for (let b = a + 1; b < 4; b++) twoCliques.push([base + a, base + b]);

  it('separates two cliques joined by one arc', () => {
    expect([...communities(build(8, twoCliques))]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('never does worse than one community for all', () => {
    fc.assert(
      fc.property(randomArcs, ({ nodes, arcs }) => {
        const graph = build(nodes, arcs);
        expect(modularity(graph, communities(graph))).toBeGreaterThanOrEqual(
          modularity(graph, new Int32Array(nodes)) - 1e-9,
        );
      }),
    );
  });
});

describe('layers and paths', () => {
  it('puts dependents above what they depend on', () => {
    expect([
      ...layers(
        build(5, [
          [0, 1],
          [1, 2],
          [0, 2],
          [3, 4],
          [4, 3],
        ]),
      ),
    ]).toEqual([2, 1, 0, 0, 0]);
  });

  it('finds shortest paths whose length is the distance', () => {
    fc.assert(
      fc.property(randomArcs, fc.nat(11), fc.nat(11), ({ nodes, arcs }, from, to) => {
        const graph = build(nodes, arcs);
        const start = from % nodes;
        const goal = to % nodes;
        const distance = distances(graph, [start])[goal]!;
        const found = shortestPath(graph, [start], new Set([goal]));
        expect(found === undefined ? -1 : found.nodes.length - 1).toBe(distance);
        found?.arcs.forEach((arc, index) => expect(graph.targets[arc]).toBe(found.nodes[index + 1]));
      }),
    );
  });

  it('is its own inverse when reversed twice', () => {
    fc.assert(
      fc.property(randomArcs, ({ nodes, arcs }) => {
        const graph = build(nodes, arcs);
        expect(reversed(reversed(graph))).toEqual(graph);
      }),
    );
  });
});

describe('feedback arcs', () => {
  it('take the lightest way round out of a cycle', () => {
    const graph = sparseGraph(3, [0, 1, 2, 0], [1, 2, 0, 2], [9, 5, 1, 3]);
    const removed = [...feedbackArcs(graph)].map((arc) => graph.weights![arc]);
    expect(removed).toEqual([1]);
  });

  it('leave no cycle, and nothing to remove where there is none', () => {
    fc.assert(
      fc.property(randomArcs, ({ nodes, arcs }) => {
        const graph = build(nodes, arcs);
        const removed = feedbackArcs(graph);
        const rest: [number, number][] = [];
        for (let node = 0; node < nodes; node++) {
          for (let arc = graph.offsets[node]!; arc < graph.offsets[node + 1]!; arc++)
            if (!removed.has(arc)) rest.push([node, graph.targets[arc]!]);
        }
        expect(cycles(build(nodes, rest))).toEqual([]);
        if (cycles(graph).length === 0) expect(removed.size).toBe(0);
      }),
    );
  });
});

describe('package metrics', () => {
  it('follow Martin’s definitions and give no number for 0 of 0', () => {
    const metrics = packageMetrics(
      [0, 0, 1, 2],
      [
        [0, 2],
        [1, 2],
        [2, 0],
        [0, 1],
      ],
      [
        { types: 4, abstractTypes: 1 },
        { types: 1, abstractTypes: 1 },
        { types: 0, abstractTypes: 0 },
      ],
    );
    expect(metrics[0]).toEqual({
      afferentCoupling: 1,
      efferentCoupling: 1,
      instability: 0.5,
      abstractness: 0.25,
      distance: 0.25,
    });
    expect(metrics[1]).toEqual({
      afferentCoupling: 2,
      efferentCoupling: 1,
      instability: 1 / 3,
      abstractness: 1,
      distance: expect.closeTo(1 / 3, 12),
    });
    expect(metrics[2]).toEqual({
      afferentCoupling: 0,
      efferentCoupling: 0,
      instability: undefined,
      abstractness: undefined,
      distance: undefined,
    });
  });
});
