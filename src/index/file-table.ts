/** The files of a snapshot with the dense numbers of their symbols. */
import type { Connection } from '#stores/sqlite.ts';
import type { FileRecord } from '#model/snapshot.ts';
import { runsLength } from './id-runs.ts';
import { type IndexedFile, readIndexedFiles } from './indexed-file.ts';

export interface SymbolPlace {
  readonly file: number;
  readonly row: number;
}

/** Dense numbers follow the files' paths and the symbols' rows; stored numbers are the index's own. */
export class FileTable {
  readonly files: readonly IndexedFile[];
  readonly symbolCount: number;
  /** Dense number of each file's first symbol. */
  readonly #first: Int32Array;
  /** Runs of stored numbers, ascending, with the dense number of each run's first. */
  readonly #runStart: Int32Array;
  readonly #runCount: Int32Array;
  readonly #runDense: Int32Array;
  #byPath: Map<string, number> | undefined;
  #byId: Map<number, number> | undefined;

  constructor(connection: Connection) {
    this.files = readIndexedFiles(connection);
    this.#first = new Int32Array(this.files.length + 1);
    const runs: [start: number, count: number, dense: number][] = [];
    this.files.forEach(({ ids }, file) => {
      let dense = this.#first[file]!;
      this.#first[file + 1] = dense + runsLength(ids);
      for (let at = 0; at < ids.length; at += 2) {
        runs.push([ids[at]!, ids[at + 1]!, dense]);
        dense += ids[at + 1]!;
      }
    });
    this.symbolCount = this.#first[this.files.length]!;
    runs.sort((a, b) => a[0] - b[0]);
    this.#runStart = Int32Array.from(runs, (run) => run[0]);
    this.#runCount = Int32Array.from(runs, (run) => run[1]);
    this.#runDense = Int32Array.from(runs, (run) => run[2]);
  }

  fileByPath(path: string): number | undefined {
    this.#byPath ??= new Map(this.files.map((file, index) => [file.path, index]));
    return this.#byPath.get(path);
  }

  /** Of the index's own number; −1 for a file that is not there. */
  fileById(id: number): number {
    this.#byId ??= new Map(this.files.map((file, index) => [file.id, index]));
    return this.#byId.get(id) ?? -1;
  }

  firstSymbol(file: number): number {
    return this.#first[file]!;
  }

  count(file: number): number {
    return this.#first[file + 1]! - this.#first[file]!;
  }

  /** Where a dense number stands. */
  place(symbol: number): SymbolPlace {
    if (!(symbol >= 0 && symbol < this.symbolCount)) throw new RangeError(`no symbol ${symbol} in this snapshot`);
    const file = upperBound(this.#first, symbol) - 1;
    return { file, row: symbol - this.#first[file]! };
  }

  /** Stored number of a dense one. */
  stored(symbol: number): number {
    const { file, row } = this.place(symbol);
    const { ids } = this.files[file]!;
    let left = row;
    for (let at = 0; ; at += 2) {
      if (left < ids[at + 1]!) return ids[at]! + left;
      left -= ids[at + 1]!;
    }
  }

  /** Dense number of a stored one; −1 if no file has it. */
  dense(stored: number): number {
    const run = upperBound(this.#runStart, stored) - 1;
    if (run < 0) return -1;
    const offset = stored - this.#runStart[run]!;
    return offset < this.#runCount[run]! ? this.#runDense[run]! + offset : -1;
  }

  record(file: number): FileRecord {
    const stored = this.files[file]!;
    return {
      id: file,
      path: stored.path,
      language: stored.language,
      roles: stored.roles,
      level: stored.level,
      partial: stored.partial,
      bytes: stored.bytes,
      codeLines: stored.codeLines,
      commentLines: stored.commentLines,
      blankLines: stored.blankLines,
      hash: stored.hash,
      edgesHash: stored.edgesHash,
      firstSymbol: this.firstSymbol(file),
      symbolCount: this.count(file),
    };
  }
}

/** Index of the first element above the value, in an ascending array. */
function upperBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
