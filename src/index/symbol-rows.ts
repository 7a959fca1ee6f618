/** A file's symbols as rows, written so that a symbol keeps its number as long as its key lives. */
import type { Connection } from '#stores/sqlite.ts';
import type { FileFacts } from '#model/facts.ts';
import { METRIC_STRIDE, MetricColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { type KeyedRow, keyedRows, localKeys } from '#model/symbol-key.ts';
import { idsOf, type IdRuns, runsOf } from './id-runs.ts';
import { RowBatch } from './row-batch.ts';

const symbolColumns = [
  'id',
  'file',
  'parent',
  'owner',
  'name',
  'kind',
  'flags',
  'visibility',
  'start_line',
  'end_line',
];
const metricColumns = [
  'symbol',
  'code',
  'comment',
  'blank',
  'cyclomatic',
  'cognitive',
  'nesting',
  'statements',
  'distinct_operators',
  'distinct_operands',
  'operators',
  'operands',
  'lack_of_cohesion',
];

export class SymbolRows {
  readonly #connection: Connection;
  readonly #symbols: RowBatch;
  readonly #metrics: RowBatch;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#symbols = new RowBatch(connection, 'symbols', symbolColumns);
    this.#metrics = new RowBatch(connection, 'metrics', metricColumns);
  }

  /** Writes a new file's symbols under the numbers from `first` on. Returns how many there are. */
  insert(file: number, facts: FileFacts, first: number): number {
    const rows = keyedRows(facts);
    for (let row = 0; row < rows.length; row++)
      this.#insertRow(file, facts, rows, row, first + row, (parent) => first + parent);
    this.#insertMetrics(facts, (row) => first + row);
    return rows.length;
  }

  /** Replaces a file's symbols. New keys get numbers from `next` on. */
  replace(
    file: number,
    facts: FileFacts,
    old: IdRuns,
    next: number,
  ): { readonly ids: IdRuns; readonly next: number; readonly gone: readonly number[] } {
    const oldIds = idsOf(old);
    const oldRows = this.#read(oldIds);
    const byKey = new Map(localKeys(oldRows).map((key, row) => [key, row]));
    const rows = keyedRows(facts);
    const keys = localKeys(rows);
    const ids = keys.map((key) => {
      const row = byKey.get(key);
      return row === undefined ? next++ : oldIds[row]!;
    });
    const kept = new Set(ids);
    const gone = [...oldIds].filter((id) => !kept.has(id));
    for (const id of gone) this.#connection.run('DELETE FROM symbols WHERE id = ?', id);
    for (const id of oldIds) this.#connection.run('DELETE FROM metrics WHERE symbol = ?', id);
    for (let row = 0; row < rows.length; row++) {
      const before = byKey.get(keys[row]!);
      if (before === undefined) this.#insertRow(file, facts, rows, row, ids[row]!, (parent) => ids[parent]!);
      else this.#updateRow(facts, row, ids, oldIds, oldRows[before]!);
    }
    this.#insertMetrics(facts, (row) => ids[row]!);
    this.flush();
    return { ids: runsOf(ids), next, gone };
  }

  remove(ids: IdRuns): void {
    for (let at = 0; at < ids.length; at += 2) {
      const first = ids[at]!;
      const last = first + ids[at + 1]! - 1;
      this.#connection.run('DELETE FROM symbols WHERE id BETWEEN ? AND ?', first, last);
      this.#connection.run('DELETE FROM metrics WHERE symbol BETWEEN ? AND ?', first, last);
    }
  }

  flush(): void {
    this.#symbols.flush();
    this.#metrics.flush();
  }

  #insertRow(
    file: number,
    facts: FileFacts,
    rows: readonly KeyedRow[],
    row: number,
    id: number,
    idOf: (row: number) => number,
  ): void {
    const at = row * SYMBOL_STRIDE;
    const { name, kind, parent, owner } = rows[row]!;
    const { symbols } = facts;
    this.#symbols.add(
      id,
      file,
      parent < 0 ? null : idOf(parent),
      owner ?? null,
      name,
      kind,
      symbols[at + SymbolColumn.flags]!,
      symbols[at + SymbolColumn.visibility]!,
      symbols[at + SymbolColumn.startLine]!,
      symbols[at + SymbolColumn.endLine]!,
    );
  }

  /** Owner, name and kind are the key's. */
  #updateRow(facts: FileFacts, row: number, ids: readonly number[], oldIds: Int32Array, old: OldRow): void {
    const at = row * SYMBOL_STRIDE;
    const flags = facts.symbols[at + SymbolColumn.flags]!;
    const visibility = facts.symbols[at + SymbolColumn.visibility]!;
    const start = facts.symbols[at + SymbolColumn.startLine]!;
    const end = facts.symbols[at + SymbolColumn.endLine]!;
    const parent = row === 0 ? null : ids[facts.symbols[at + SymbolColumn.parent]!]!;
    const oldParent = old.parent < 0 ? null : oldIds[old.parent]!;
    if (
      old.flags === flags &&
      old.visibility === visibility &&
      old.start === start &&
      old.end === end &&
      oldParent === parent
    )
      return;
    this.#connection.run(
      'UPDATE symbols SET parent = ?, flags = ?, visibility = ?, start_line = ?, end_line = ? WHERE id = ?',
      parent,
      flags,
      visibility,
      start,
      end,
      ids[row]!,
    );
  }

  #insertMetrics(facts: FileFacts, idOf: (row: number) => number): void {
    const { metrics } = facts;
    const value = (at: number, column: number): number => metrics[at + column]!;
    for (let at = 0; at < metrics.length; at += METRIC_STRIDE) {
      const cohesion = value(at, MetricColumn.lackOfCohesion);
      this.#metrics.add(
        idOf(value(at, MetricColumn.symbol)),
        value(at, MetricColumn.codeLines),
        value(at, MetricColumn.commentLines),
        value(at, MetricColumn.blankLines),
        value(at, MetricColumn.cyclomatic),
        value(at, MetricColumn.cognitive),
        value(at, MetricColumn.nesting),
        value(at, MetricColumn.statements),
        value(at, MetricColumn.distinctOperators),
        value(at, MetricColumn.distinctOperands),
        value(at, MetricColumn.operators),
        value(at, MetricColumn.operands),
        cohesion < 0 ? null : cohesion,
      );
    }
  }

  /** The rows as they stand, in the file's order. */
  #read(ids: Int32Array): OldRow[] {
    const rowOf = new Map<number, number>();
    ids.forEach((id, row) => rowOf.set(id, row));
    return [...ids].map((id) => {
      const [parent, owner, name, kind, flags, visibility, start, end] = this.#connection.rows<
        [number | null, string | null, string, number, number, number, number, number]
      >('SELECT parent, owner, name, kind, flags, visibility, start_line, end_line FROM symbols WHERE id = ?', id)[0]!;
      return {
        parent: parent === null ? -1 : (rowOf.get(parent) ?? -1),
        owner: owner ?? undefined,
        name,
        kind,
        flags,
        visibility,
        start,
        end,
      };
    });
  }
}

interface OldRow extends KeyedRow {
  readonly flags: number;
  readonly visibility: number;
  readonly start: number;
  readonly end: number;
}
