/** Rows as dots on a plane, near ones near (UMAP: McInnes, Healy, Melville 2018). The only place that knows the library. */
import { throwIfAborted } from '#base/abort.ts';
import { UMAP } from 'umap-js';
import { type NearGraph, nearGraph, type Rows } from './near-graph.ts';

/** Neighbours that a dot keeps its distance to. */
const NEIGHBOURS = 15;
const ROUNDS = 250;

/** 0 to 1 both ways, two numbers a row; the same for the same rows. */
export function layOut(rows: Rows, signal?: AbortSignal): Float64Array {
  const { count } = rows;
  const places = new Float64Array(count * 2);
  if (count <= NEIGHBOURS + 1) {
    for (let row = 0; row < count; row++) {
      places[row * 2] = 0.5 + Math.cos((row * 2 * Math.PI) / count) * 0.4;
      places[row * 2 + 1] = 0.5 + Math.sin((row * 2 * Math.PI) / count) * 0.4;
    }
    return places;
  }
  const graph = nearGraph(rows, NEIGHBOURS, signal);
  const umap = new UMAP({ nComponents: 2, nNeighbors: NEIGHBOURS, nEpochs: ROUNDS, minDist: 0.08, random: sequence() });
  umap.setPrecomputedKNN(listsOf(graph, 'neighbours'), listsOf(graph, 'distances'));
  const { dimensions, values } = rows;
  const data = Array.from({ length: count }, (_, row) =>
    Array.from(values.subarray(row * dimensions, (row + 1) * dimensions)),
  );
  const rounds = umap.initializeFit(data);
  for (let round = 0; round < rounds; round++) {
    throwIfAborted(signal);
    umap.step();
  }
  const laid = umap.getEmbedding();
  for (const axis of [0, 1]) {
    const sorted = laid.map((place) => place[axis]!).sort((a, b) => a - b);
    // A few dots far out would leave no room for the others.
    const [low, high] = [sorted[Math.floor(count * 0.005)]!, sorted[Math.ceil(count * 0.995) - 1]!];
    laid.forEach((place, row) => {
      places[row * 2 + axis] = Math.min(1, Math.max(0, (place[axis]! - low) / (high - low || 1)));
    });
  }
  return places;
}

/** As the library wants them: each row's own number at distance 0 first. */
function listsOf(graph: NearGraph, what: 'neighbours' | 'distances'): number[][] {
  return Array.from({ length: graph.count }, (_, row) => [
    what === 'neighbours' ? row : 0,
    ...graph[what].subarray(row * graph.width, (row + 1) * graph.width - 1),
  ]);
}

/** Mulberry32: always the same numbers. */
function sequence(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
