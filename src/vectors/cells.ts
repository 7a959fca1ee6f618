/**
 * Inverted lists: each row belongs to the cell whose centre it is nearest to, and a search looks into the nearest cells only
 * (Jégou, Douze & Schmid 2011). The centres are given and never move, so rows may come and go in any order.
 */

export interface Cells {
  readonly dimensions: number;
  /** count × dimensions, of unit length. */
  readonly centres: Float32Array;
  /** How many cells a search looks into. */
  readonly probes: number;
}

export interface CellRows {
  readonly count: number;
  each(take: (row: number) => void): void;
}

export class CellLists {
  readonly #cells: Cells;
  readonly #count: number;
  readonly #lists: number[][];
  /** By row: its cell, and its position in that cell's list. */
  readonly #cellOf: number[] = [];
  readonly #positionOf: number[] = [];

  constructor(cells: Cells) {
    this.#cells = cells;
    this.#count = cells.centres.length / cells.dimensions;
    this.#lists = Array.from({ length: this.#count }, () => []);
  }

  /** `values[from …]` is the row's vector, of any length. */
  put(row: number, values: ArrayLike<number>, from: number): void {
    if (this.#cellOf[row] !== undefined) this.#take(row);
    const cell = this.#nearest(values, from);
    this.#cellOf[row] = cell;
    this.#positionOf[row] = this.#lists[cell]!.push(row) - 1;
  }

  /** Row `last`, the highest, takes the place of `row`, which is gone. */
  move(last: number, row: number): void {
    this.#take(row);
    if (last !== row) {
      const cell = this.#cellOf[last]!;
      const position = this.#positionOf[last]!;
      this.#lists[cell]![position] = row;
      this.#cellOf[row] = cell;
      this.#positionOf[row] = position;
    }
    this.#cellOf.length = last;
    this.#positionOf.length = last;
  }

  near(vector: Float32Array): CellRows {
    const products = Float64Array.from({ length: this.#count }, (_, cell) => this.#product(cell, vector, 0));
    const lists = Array.from(products.keys())
      .sort((a, b) => products[b]! - products[a]! || a - b)
      .slice(0, this.#cells.probes)
      .map((cell) => this.#lists[cell]!);
    return {
      count: lists.reduce((sum, list) => sum + list.length, 0),
      each(take) {
        for (const list of lists) for (const row of list) take(row);
      },
    };
  }

  #take(row: number): void {
    const list = this.#lists[this.#cellOf[row]!]!;
    const position = this.#positionOf[row]!;
    const last = list.pop()!;
    if (last === row) return;
    list[position] = last;
    this.#positionOf[last] = position;
  }

  #nearest(values: ArrayLike<number>, from: number): number {
    let best = 0;
    let most = -Infinity;
    for (let cell = 0; cell < this.#count; cell++) {
      const product = this.#product(cell, values, from);
      if (product > most) {
        most = product;
        best = cell;
      }
    }
    return best;
  }

  #product(cell: number, values: ArrayLike<number>, from: number): number {
    const { centres, dimensions } = this.#cells;
    let sum = 0;
    for (let i = 0, at = cell * dimensions; i < dimensions; i++, at++) sum += centres[at]! * values[from + i]!;
    return sum;
  }
}
