import { communities } from '#graph/communities.ts';
import { reversed, type SparseGraph, sparseGraph } from '#graph/sparse-graph.ts';
import type { FileRecord } from '#model/snapshot.ts';
import type { SurveyCommunity } from '#model/survey.ts';

const SHOWN = 20;

/** Communities of the product's files in the graph of uses. */
export function fileCommunities(product: readonly FileRecord[], uses: SparseGraph): SurveyCommunity[] {
  const dense = new Map(product.map(({ id }, index) => [id, index]));
  const from: number[] = [];
  const to: number[] = [];
  const weights: number[] = [];
  for (const [id, index] of dense) {
    for (let arc = uses.offsets[id]!; arc < uses.offsets[id + 1]!; arc++) {
      const target = dense.get(uses.targets[arc]!);
      if (target === undefined) continue;
      from.push(index);
      to.push(target);
      weights.push(uses.weights?.[arc] ?? 1);
    }
  }
  const graph = sparseGraph(product.length, from, to, weights);
  const users = reversed(graph);
  const usersOf = (index: number): number => users.offsets[index + 1]! - users.offsets[index]!;
  const community = communities(graph);
  const members = Map.groupBy(product.keys(), (index) => community[index]!);
  return [...members.values()]
    .filter((files) => files.length > 1)
    .slice(0, SHOWN)
    .map((files) => {
      const centre = files.reduce((best, file) => (usersOf(file) > usersOf(best) ? file : best));
      const folders = Map.groupBy(files, (file) => folderOf(product[file]!.path));
      return {
        centre: product[centre]!.path,
        files: files.length,
        codeLines: files.reduce((sum, file) => sum + product[file]!.codeLines, 0),
        folders: Array.from(folders, ([path, inside]) => ({ path, files: inside.length })).sort(
          (a, b) => b.files - a.files || (a.path < b.path ? -1 : 1),
        ),
      };
    })
    .sort((a, b) => b.codeLines - a.codeLines || (a.centre < b.centre ? -1 : 1));
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
