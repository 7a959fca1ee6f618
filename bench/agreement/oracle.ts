/** What an outside tool says about the names in a tree. */
import { readFileSync } from 'node:fs';

export interface Place {
  readonly file: string;
  /** 1-based; columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
}

export interface Occurrence extends Place {
  readonly symbol: string;
  readonly endColumn: number;
}

export interface Oracle {
  /** Uses by file, in the oracle's order. */
  readonly uses: ReadonlyMap<string, readonly Occurrence[]>;
  /** Where a symbol is defined in the project. */
  readonly definitions: ReadonlyMap<string, readonly Place[]>;
}

/** What the programs under `oracles/` print: a `use` or `def` a line, tab-separated. */
export function readOracle(file: string): Oracle {
  const uses = new Map<string, Occurrence[]>();
  const definitions = new Map<string, Place[]>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const cells = line.split('\t');
    if (cells[0] === 'use') {
      const [, at = '', row, column, endColumn, symbol = ''] = cells;
      const use = { file: at, line: Number(row), column: Number(column), endColumn: Number(endColumn), symbol };
      const list = uses.get(at);
      if (list) list.push(use);
      else uses.set(at, [use]);
    } else if (cells[0] === 'def') {
      const [, symbol = '', at = '', row, column] = cells;
      definitions.set(symbol, [{ file: at, line: Number(row), column: Number(column) }]);
    }
  }
  return { uses, definitions };
}
