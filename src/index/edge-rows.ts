/** Edges as rows, grouped by the file whose text gave rise to them. */
import type { Connection } from '#stores/sqlite.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn, type LinkedFile } from '#model/graph.ts';
import { edgeKinds } from '#model/vocabulary.ts';
import type { IdRuns } from './id-runs.ts';
import { RowBatch } from './row-batch.ts';

const columns = ['source', 'owner', 'seq', 'target', 'label', 'line', 'column', 'rivals'];
const CONTAINS = edgeKinds.indexOf('contains');
/** Columns of a pending row: source, owner, target, label, line, column, rivals. */
const WIDTH = 7;

/** What a number of the linker's stands for: a file's symbols by row. */
export interface LinkedSymbols {
  readonly id: number;
  readonly ids: Int32Array;
  readonly startLines: Int32Array;
}

/** What one file's text gave rise to. */
export interface OwnedEdges {
  readonly rows: readonly number[];
  /** Of the rows as a set, 53 bits: equal hashes, nothing to write. */
  readonly hash: number;
}

export class EdgeRows {
  readonly #connection: Connection;
  readonly #batch: RowBatch;
  #externals: Map<string, number> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#batch = new RowBatch(connection, 'edges', columns);
  }

  /** Writes the edges of a file that has none yet. */
  insert(edges: OwnedEdges): void {
    for (const rows of group(edges.rows).values()) this.#insertGroup(rows);
  }

  /** Replaces the edges of a file; sources whose edges are as before are not touched. */
  replace(owner: number, ids: IdRuns, edges: OwnedEdges): void {
    const now = group(edges.rows);
    const before = group(this.#read(owner, ids));
    for (const [key, rows] of before) {
      if (!now.has(key)) this.#deleteGroup(rows);
    }
    for (const [key, rows] of now) {
      const old = before.get(key);
      if (old && sameRows(old, rows)) continue;
      if (old) this.#deleteGroup(old);
      this.#insertGroup(rows);
    }
    this.flush();
  }

  /** Removes a file's own edges. */
  remove(owner: number, ids: IdRuns): void {
    for (let at = 0; at < ids.length; at += 2) {
      this.#connection.run(
        'DELETE FROM edges WHERE source BETWEEN ? AND ? AND owner = 0',
        ids[at]!,
        ids[at]! + ids[at + 1]! - 1,
      );
    }
    this.#connection.run('DELETE FROM edges WHERE owner = ? AND owner <> 0', owner);
  }

  /** Removes what leads to symbols that are gone, and what starts there. */
  removeTouching(symbols: Iterable<number>): void {
    for (const symbol of symbols) {
      this.#connection.run('DELETE FROM edges WHERE target = ?', symbol);
      this.#connection.run('DELETE FROM edges WHERE source = ?', symbol);
    }
  }

  flush(): void {
    this.#batch.flush();
  }

  /**
   * A file's edges with the index's numbers in place of the linker's.
   * @param symbolsOf the files behind the linker's numbers
   */
  own(owner: number, linked: LinkedFile, symbolsOf: (file: number) => LinkedSymbols): OwnedEdges {
    const { edges } = linked;
    const rows: number[] = [];
    let low = 0;
    let high = 0;
    for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
      const kind = edges[at + LinkedEdgeColumn.kind]!;
      const targetFile = edges[at + LinkedEdgeColumn.targetFile]!;
      if (kind === CONTAINS || targetFile === -2) continue;
      const source = symbolsOf(edges[at + LinkedEdgeColumn.sourceFile]!);
      const sourceRow = edges[at + LinkedEdgeColumn.sourceSymbol]!;
      const targetRow = edges[at + LinkedEdgeColumn.targetSymbol]!;
      const target =
        targetFile < 0 ? -this.#external(linked.externals[targetRow]!) : symbolsOf(targetFile).ids[targetRow]!;
      const first = rows.length;
      rows.push(
        source.ids[sourceRow]!,
        source.id === owner ? 0 : owner,
        target,
        kind | (edges[at + LinkedEdgeColumn.provenance]! << 4),
        edges[at + LinkedEdgeColumn.line]! - source.startLines[sourceRow]!,
        edges[at + LinkedEdgeColumn.column]!,
        edges[at + LinkedEdgeColumn.rivals]!,
      );
      let one = 0x9e3779b9 | 0;
      let two = 0x85ebca6b | 0;
      for (let i = first; i < rows.length; i++) {
        one = Math.imul(one ^ rows[i]!, 0x01000193);
        one ^= one >>> 15;
        two = Math.imul(two + rows[i]!, 0x2c1b3c6d);
        two ^= two >>> 13;
      }
      low = (low + (one >>> 0)) % 0x1_0000_0000;
      high = (high + (two >>> 0)) & 0x1f_ffff;
    }
    return { rows, hash: high * 0x1_0000_0000 + low };
  }

  #read(owner: number, ids: IdRuns): number[] {
    const rows: number[] = [];
    const take = (found: readonly (readonly (number | null)[])[]): void => {
      for (const row of found) for (let i = 0; i < WIDTH; i++) rows.push(row[i] ?? 1);
    };
    const list = 'source, owner, target, label, line, column, rivals';
    for (let at = 0; at < ids.length; at += 2) {
      take(
        this.#connection.rows(
          `SELECT ${list} FROM edges WHERE source BETWEEN ? AND ? AND owner = 0`,
          ids[at]!,
          ids[at]! + ids[at + 1]! - 1,
        ),
      );
    }
    take(this.#connection.rows(`SELECT ${list} FROM edges WHERE owner = ? AND owner <> 0`, owner));
    return rows;
  }

  #insertGroup(rows: readonly number[]): void {
    for (let at = 0, seq = 0; at < rows.length; at += WIDTH, seq++) {
      const rivals = rows[at + 6]!;
      this.#batch.add(
        rows[at]!,
        rows[at + 1]!,
        seq,
        rows[at + 2]!,
        rows[at + 3]!,
        rows[at + 4]!,
        rows[at + 5]!,
        rivals === 1 ? null : rivals,
      );
    }
  }

  #deleteGroup(rows: readonly number[]): void {
    this.#connection.run('DELETE FROM edges WHERE source = ? AND owner = ?', rows[0]!, rows[1]!);
  }

  #external(name: string): number {
    this.#externals ??= new Map(this.#connection.rows<[string, number]>('SELECT name, id FROM externals'));
    let id = this.#externals.get(name);
    if (id === undefined) {
      id = this.#externals.size + 1;
      this.#externals.set(name, id);
      this.#connection.run('INSERT INTO externals (id, name) VALUES (?, ?)', id, name);
    }
    return id;
  }
}

/** The rows of each source, in the order of their columns. A source may be another file's: it counts apart. */
function group(rows: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let at = 0; at < rows.length; at += WIDTH) {
    const key = rows[at]! * 2 + (rows[at + 1] === 0 ? 0 : 1);
    let list = groups.get(key);
    if (!list) groups.set(key, (list = []));
    for (let i = 0; i < WIDTH; i++) list.push(rows[at + i]!);
  }
  return groups;
}

/** As sets: the order in which link found them says nothing. */
function sameRows(left: readonly number[], right: readonly number[]): boolean {
  if (left.length !== right.length) return false;
  let ordered = true;
  for (let i = 0; i < left.length && ordered; i++) ordered = left[i] === right[i];
  if (ordered) return true;
  const lines = (rows: readonly number[]): string[] => {
    const made: string[] = [];
    for (let at = 0; at < rows.length; at += WIDTH) made.push(rows.slice(at, at + WIDTH).join());
    return made.sort();
  };
  const [a, b] = [lines(left), lines(right)];
  return a.every((line, index) => line === b[index]);
}
