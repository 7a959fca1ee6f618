import type { Connection } from '#stores/sqlite.ts';
import type { SymbolTable } from '#model/snapshot.ts';
import type { FileTable } from './file-table.ts';

/** Stored numbers fetched at a time. */
const SLICE = 100_000;

/** Columns over all symbols by dense number, read file rows first to last. */
export function readSymbolTable(connection: Connection, files: FileTable): SymbolTable {
  const count = files.symbolCount;
  const minusOne = (): Int32Array => new Int32Array(count).fill(-1);
  const table = {
    kind: new Uint8Array(count),
    flags: new Int32Array(count),
    file: new Int32Array(count),
    parent: minusOne(),
    startLine: new Int32Array(count),
    codeLines: minusOne(),
    cyclomatic: minusOne(),
    cognitive: minusOne(),
  };
  for (let file = 0; file < files.files.length; file++) {
    table.file.fill(file, files.firstSymbol(file), files.firstSymbol(file) + files.count(file));
  }
  const last = connection.rows<[number | null]>('SELECT max(id) FROM symbols')[0]![0] ?? 0;
  for (let first = 0; first <= last; first += SLICE) {
    const range = [first, first + SLICE - 1] as const;
    const rows = connection.rows<[number, number, number, number | null, number]>(
      'SELECT id, kind, flags, parent, start_line FROM symbols WHERE id BETWEEN ? AND ?',
      ...range,
    );
    for (const [stored, kind, flags, parent, startLine] of rows) {
      const id = files.dense(stored);
      if (id < 0) continue;
      table.kind[id] = kind;
      table.flags[id] = flags;
      table.startLine[id] = startLine;
      if (parent !== null) table.parent[id] = files.dense(parent);
    }
    const metrics = connection.rows<[number, number, number, number]>(
      'SELECT symbol, code, cyclomatic, cognitive FROM metrics WHERE symbol BETWEEN ? AND ?',
      ...range,
    );
    for (const [stored, code, cyclomatic, cognitive] of metrics) {
      const id = files.dense(stored);
      if (id < 0) continue;
      table.codeLines[id] = code;
      table.cyclomatic[id] = cyclomatic;
      table.cognitive[id] = cognitive;
    }
  }
  return table;
}
