/** A snapshot's edges as they are stored, without those that say what contains what. */
import type { Connection } from '#stores/sqlite.ts';
import type { EdgeRecord, SymbolId } from '#model/snapshot.ts';
import { type EdgeKind, edgeKinds, provenances } from '#model/vocabulary.ts';
import { ExternalNames } from './external-names.ts';
import type { FileTable } from './file-table.ts';

/** Whoever asks of so many symbols of a file one by one is given all of the file's rows. */
export const ONE_BY_ONE = 3;

/** Where symbols begin: lines of edges count from there. */
export interface SymbolStarts {
  startLine(id: SymbolId): number;
  /** Reads those of a file at once. */
  loadRows(file: number): void;
}

export class StoredEdges {
  readonly #connection: Connection;
  readonly #files: FileTable;
  readonly #starts: SymbolStarts;
  readonly #externals: ExternalNames;
  /** By file: how many symbols were asked for. */
  readonly #asked = new Map<number, number>();
  /** By source, of files that were read as a whole. */
  readonly #bySource = new Map<SymbolId, EdgeRecord[]>();

  constructor(connection: Connection, files: FileTable, starts: SymbolStarts) {
    this.#connection = connection;
    this.#files = files;
    this.#starts = starts;
    this.#externals = new ExternalNames(connection);
  }

  /** `file`: that of the symbol. */
  from(file: number, id: SymbolId): readonly EdgeRecord[] {
    const asked = (this.#asked.get(file) ?? 0) + 1;
    this.#asked.set(file, asked);
    if (asked === ONE_BY_ONE)
      for (const edge of this.of(file)) {
        const known = this.#bySource.get(edge.source);
        if (known) known.push(edge);
        else this.#bySource.set(edge.source, [edge]);
      }
    if (asked >= ONE_BY_ONE) return this.#bySource.get(id) ?? [];
    const start = this.#starts.startLine(id);
    return this.#connection
      .rows<[number, number, number, number, number | null]>(
        'SELECT target, label, line, column, rivals FROM edges WHERE source = ?',
        this.#files.stored(id),
      )
      .map(([target, label, line, column, rivals]) => this.#edge(id, target, label, start + line, column, rivals));
  }

  of(file: number): EdgeRecord[] {
    this.#starts.loadRows(file);
    const { ids } = this.#files.files[file]!;
    const edges: EdgeRecord[] = [];
    for (let at = 0; at < ids.length; at += 2)
      for (const [stored, target, label, line, column, rivals] of this.#connection.rows<
        [number, number, number, number, number, number | null]
      >(
        'SELECT source, target, label, line, column, rivals FROM edges WHERE source BETWEEN ? AND ?',
        ids[at]!,
        ids[at]! + ids[at + 1]! - 1,
      )) {
        const source = this.#files.dense(stored);
        edges.push(this.#edge(source, target, label, this.#starts.startLine(source) + line, column, rivals));
      }
    return edges;
  }

  to(id: SymbolId, kinds?: readonly EdgeKind[]): EdgeRecord[] {
    const stored = this.#files.stored(id);
    const edges: EdgeRecord[] = [];
    const found = this.#connection.rows<[number, number, number, number, number | null]>(
      'SELECT source, label, line, column, rivals FROM edges WHERE target = ?',
      stored,
    );
    for (const [storedSource, label, line, column, rivals] of found) {
      if (kinds && !kinds.includes(edgeKinds[label & 15]!)) continue;
      const source = this.#files.dense(storedSource);
      if (source < 0) continue;
      edges.push(this.#edge(source, stored, label, this.#starts.startLine(source) + line, column, rivals));
    }
    return edges;
  }

  #edge(
    source: SymbolId,
    target: number,
    label: number,
    line: number,
    column: number,
    rivals: number | null,
  ): EdgeRecord {
    return {
      source,
      target: target < 0 ? -1 : this.#files.dense(target),
      external: target < 0 ? this.#externals.name(-target) : undefined,
      kind: edgeKinds[label & 15]!,
      provenance: provenances[label >> 4]!,
      line,
      column,
      rivals: rivals ?? 1,
    };
  }
}
