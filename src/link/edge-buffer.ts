import { LINKED_EDGE_STRIDE, LinkedEdgeColumn, type LinkedFile } from '#model/graph.ts';
import { PackedTable } from '#model/packed-table.ts';
import { edgeKinds, provenances, type EdgeKind, type Provenance } from '#model/vocabulary.ts';

function positions<T extends string>(names: readonly T[]): Readonly<Record<T, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Record<T, number>;
}

export const edgeKindIndex: Readonly<Record<EdgeKind, number>> = positions(edgeKinds);
export const provenanceIndex: Readonly<Record<Provenance, number>> = positions(provenances);

/** Collects the edges of one file; an edge that is there already is not added again. */
export class EdgeBuffer {
  readonly #rows = new PackedTable(LINKED_EDGE_STRIDE, 32);
  readonly #externals: string[] = [];
  readonly #externalIds = new Map<string, number>();
  /** Rows + 1 by a hash of their identity, to find doubles; chained through `#next`. */
  #heads = new Int32Array(64);
  #next = new Int32Array(64);
  unresolvedCalls = 0;

  add(
    sourceFile: number,
    sourceSymbol: number,
    targetFile: number,
    targetSymbol: number,
    kind: number,
    provenance: number,
    line: number,
    column: number,
    rivals = 1,
  ): void {
    const key = keyOf(targetFile, targetSymbol, kind, line, column);
    const head = this.#heads[key & (this.#heads.length - 1)]! - 1;
    for (let row = head; row >= 0; row = this.#next[row]! - 1) {
      if (
        this.#rows.get(row, LinkedEdgeColumn.targetSymbol) === targetSymbol &&
        this.#rows.get(row, LinkedEdgeColumn.targetFile) === targetFile &&
        this.#rows.get(row, LinkedEdgeColumn.sourceSymbol) === sourceSymbol &&
        this.#rows.get(row, LinkedEdgeColumn.sourceFile) === sourceFile &&
        this.#rows.get(row, LinkedEdgeColumn.kind) === kind &&
        this.#rows.get(row, LinkedEdgeColumn.line) === line &&
        this.#rows.get(row, LinkedEdgeColumn.column) === column
      ) {
        // The better-known of two equal edges stays.
        if (provenance < this.#rows.get(row, LinkedEdgeColumn.provenance))
          this.#rows.set(row, LinkedEdgeColumn.provenance, provenance);
        return;
      }
    }
    const row = this.#rows.add(
      sourceFile,
      sourceSymbol,
      targetFile,
      targetSymbol,
      kind,
      provenance,
      line,
      column,
      rivals,
    );
    if (row >= this.#next.length) this.#grow();
    const place = key & (this.#heads.length - 1);
    this.#next[row] = this.#heads[place]!;
    this.#heads[place] = row + 1;
  }

  #grow(): void {
    const size = this.#next.length * 2;
    this.#heads = new Int32Array(size);
    this.#next = new Int32Array(size);
    const get = (row: number, column: number): number => this.#rows.get(row, column);
    for (let row = 0; row < size / 2; row++) {
      const key = keyOf(
        get(row, LinkedEdgeColumn.targetFile),
        get(row, LinkedEdgeColumn.targetSymbol),
        get(row, LinkedEdgeColumn.kind),
        get(row, LinkedEdgeColumn.line),
        get(row, LinkedEdgeColumn.column),
      );
      const place = key & (size - 1);
      this.#next[row] = this.#heads[place]!;
      this.#heads[place] = row + 1;
    }
  }

  /** Makes exact the edges of one kind from a symbol to another that are there. */
  confirm(
    sourceFile: number,
    sourceSymbol: number,
    targetFile: number,
    targetSymbol: number,
    kind: number,
    line: number,
    column: number,
  ): void {
    const key = keyOf(targetFile, targetSymbol, kind, line, column);
    for (let row = this.#heads[key & (this.#heads.length - 1)]! - 1; row >= 0; row = this.#next[row]! - 1) {
      if (
        this.#rows.get(row, LinkedEdgeColumn.targetSymbol) === targetSymbol &&
        this.#rows.get(row, LinkedEdgeColumn.targetFile) === targetFile &&
        this.#rows.get(row, LinkedEdgeColumn.sourceSymbol) === sourceSymbol &&
        this.#rows.get(row, LinkedEdgeColumn.sourceFile) === sourceFile &&
        this.#rows.get(row, LinkedEdgeColumn.kind) === kind &&
        this.#rows.get(row, LinkedEdgeColumn.line) === line
      )
        this.#rows.set(row, LinkedEdgeColumn.provenance, provenanceIndex.exact);
    }
  }

  addExternal(
    sourceFile: number,
    sourceSymbol: number,
    name: string,
    kind: number,
    line: number,
    column: number,
  ): void {
    let id = this.#externalIds.get(name);
    if (id === undefined) {
      id = this.#externals.length;
      this.#externals.push(name);
      this.#externalIds.set(name, id);
    }
    this.add(sourceFile, sourceSymbol, -1, id, kind, provenanceIndex.external, line, column);
  }

  get rows(): PackedTable {
    return this.#rows;
  }

  finish(): LinkedFile {
    return { edges: this.#rows.finish(), externals: this.#externals, unresolvedCalls: this.unresolvedCalls };
  }
}

function keyOf(targetFile: number, targetSymbol: number, kind: number, line: number, column: number): number {
  return (((line * 131 + column) * 31 + kind) * 31 + targetSymbol * 17 + targetFile * 7919) | 0;
}
