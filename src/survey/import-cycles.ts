import { shortestPath } from '#graph/reachability.ts';
import type { SparseGraph } from '#graph/sparse-graph.ts';
import { cycles, stronglyConnectedComponents } from '#graph/strongly-connected-components.ts';
import type { SurveyCycle } from '#model/survey.ts';

/** Cycles of files that import each other, largest first; those that only type imports close are marked. */
export function importCycles(
  imports: SparseGraph,
  allImports: SparseGraph,
  pathOf: (file: number) => string,
): SurveyCycle[] {
  const atRunTime = stronglyConnectedComponents(imports).of;
  return cycles(allImports).map((files) => {
    const runtimeMembers = Map.groupBy(files, (file) => atRunTime[file]!);
    const largest = [...runtimeMembers.values()].sort((a, b) => b.length - a.length)[0]!;
    const typeOnly = largest.length === 1 && !files.some((file) => pointsTo(imports, file, file));
    const example = smallestCycle(typeOnly ? allImports : imports, typeOnly ? files : largest);
    return { files: files.map(pathOf), example: example.map(pathOf), typeOnly };
  });
}

function pointsTo(graph: SparseGraph, from: number, to: number): boolean {
  return graph.targets.subarray(graph.offsets[from], graph.offsets[from + 1]).includes(to);
}

/** Starts tried in a large component: its smallest cycle need not be found, a short one serves the reader. */
const STARTS = 40;

function smallestCycle(graph: SparseGraph, members: readonly number[]): number[] {
  let best: number[] = [];
  for (const start of members.slice(0, STARTS)) {
    const successors = [...graph.targets.subarray(graph.offsets[start], graph.offsets[start + 1])];
    const found = shortestPath(graph, successors, new Set([start]))?.nodes;
    if (found && (best.length === 0 || found.length < best.length)) best = [start, ...found.slice(0, -1)];
    if (best.length > 0 && best.length <= 2) break;
  }
  return best;
}
