import { type SparseGraph, sparseGraph } from '#graph/sparse-graph.ts';
import type { FileId, Snapshot } from '#model/snapshot.ts';
import { type EdgeKind, edgeKinds, provenances } from '#model/vocabulary.ts';

/** Edges that say nothing about dependence between files. */
const ignored = new Set<EdgeKind>(['contains', 'tests']);

export interface FileGraph {
  /** Every kind of use, weighted by number of edges. */
  readonly uses: SparseGraph;
  /** Those of them that the code names: what is called by data flow alone may have been handed over by anybody. */
  readonly named: SparseGraph;
  /** Imports as the run time sees them. */
  readonly imports: SparseGraph;
  /** Imports with those that only types need. */
  readonly allImports: SparseGraph;
}

/** The symbol graph folded onto files; a file's edges to itself are left out. */
export function fileGraph(snapshot: Snapshot): FileGraph {
  const { offsets, targets, labels } = snapshot.outgoing();
  const fileOf = snapshot.symbolTable().file;
  const uses = { from: [] as FileId[], to: [] as FileId[] };
  const named = { from: [] as FileId[], to: [] as FileId[] };
  const imports = { from: [] as FileId[], to: [] as FileId[] };
  const typeImports = { from: [] as FileId[], to: [] as FileId[] };
  for (let source = 0; source < snapshot.symbolCount; source++) {
    const from = fileOf[source]!;
    for (let arc = offsets[source]!; arc < offsets[source + 1]!; arc++) {
      const target = targets[arc]!;
      if (target < 0) continue;
      const to = fileOf[target]!;
      const kind = edgeKinds[labels[arc]! & 0xff]!;
      if (from === to || ignored.has(kind)) continue;
      uses.from.push(from);
      uses.to.push(to);
      if (provenances[labels[arc]! >> 8] === 'exact') {
        named.from.push(from);
        named.to.push(to);
      }
      const list = kind === 'imports' ? imports : kind === 'imports-types' ? typeImports : undefined;
      list?.from.push(from);
      list?.to.push(to);
    }
  }
  const nodes = snapshot.fileCount;
  return {
    uses: sparseGraph(nodes, uses.from, uses.to),
    named: sparseGraph(nodes, named.from, named.to),
    imports: sparseGraph(nodes, imports.from, imports.to),
    allImports: sparseGraph(nodes, imports.from.concat(typeImports.from), imports.to.concat(typeImports.to)),
  };
}

/** Whether anything in the code joins two files, in either direction. */
export function joinedFiles(
  snapshot: Snapshot,
  uses: SparseGraph = fileGraph(snapshot).uses,
): (first: string, second: string) => boolean {
  const has = (from: FileId, to: FileId): boolean =>
    uses.targets.subarray(uses.offsets[from], uses.offsets[from + 1]).includes(to);
  return (first, second) => {
    const a = snapshot.fileByPath(first)?.id;
    const b = snapshot.fileByPath(second)?.id;
    return a !== undefined && b !== undefined && (has(a, b) || has(b, a));
  };
}
