/**
 * The in-process index: a byte and a bit a dimension in typed arrays. A search estimates all rows by their sign bits, then
 * computes the exact product of the nearest few. Past `CELLS_FROM` rows, where cells are given, only the rows of the cells
 * nearest to the question are looked at. The result depends on the rows, never on the order in which they came.
 */
import { throwIfAborted } from '#base/abort.ts';
import type { VectorIndex, VectorMatch, VectorSearch } from '#model/vector-index.ts';
import { BestMatches } from './best-matches.ts';
import { type CellRows, type Cells, CellLists } from './cells.ts';
import { checkRows, checkSearch } from './check-vectors.ts';
import { type QuantisedRows, quantiseRows } from './quantised-rows.ts';
import { RowMemory } from './row-memory.ts';

/** Rows whose exact product is computed: a fixed number and a share of all. 256 + 2 % of 75,000 vectors of real functions find 99.2 % of the true ten nearest. */
const CANDIDATES = 256;
const CANDIDATE_SHARE = 0.02;
/** Up to here looking at all sign bits is as fast as choosing cells. */
const CELLS_FROM = 150_000;

export interface QuantisedIndexOptions {
  readonly dimensions: number;
  /** Centres that a model brings along; they depend on the model alone, so that two indexes of the same rows agree. */
  readonly cells?: Cells;
  /** For measurements. */
  readonly cellsFrom?: number;
}

export class QuantisedVectorIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #cells: CellLists | undefined;
  readonly #cellsFrom: number;
  readonly #places = new Map<number, number>();
  #ids = new Int32Array(64);
  #scales = new Float32Array(64);
  readonly #rows: RowMemory;
  #size = 0;

  constructor({ dimensions, cells, cellsFrom = CELLS_FROM }: QuantisedIndexOptions) {
    this.dimensions = dimensions;
    this.#rows = new RowMemory(dimensions);
    this.#cells = cells && new CellLists(cells);
    this.#cellsFrom = cellsFrom;
  }

  get size(): number {
    return this.#size;
  }

  async add(ids: ArrayLike<number>, rows: Float32Array): Promise<void> {
    checkRows(ids, rows.length, this.dimensions);
    this.addQuantised(ids, quantiseRows(rows, this.dimensions));
  }

  /** `add` for rows that were stored quantised: nothing is lost twice. */
  addQuantised(ids: ArrayLike<number>, { values, scales }: QuantisedRows): void {
    const { dimensions } = this;
    checkRows(ids, values.length, dimensions);
    this.#reserve(this.#size + ids.length);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      const known = this.#places.get(id);
      const place = known ?? this.#size++;
      this.#places.set(id, place);
      this.#ids[place] = id;
      this.#scales[place] = scales[i]!;
      this.#rows.put(place, values, i * dimensions);
      this.#cells?.put(place, values, i * dimensions);
    }
  }

  async remove(ids: ArrayLike<number>): Promise<void> {
    for (let i = 0; i < ids.length; i++) this.#removeOne(ids[i]!);
  }

  async search(searches: readonly VectorSearch[], signal?: AbortSignal): Promise<readonly (readonly VectorMatch[])[]> {
    for (const search of searches) checkSearch(search, this.dimensions);
    return searches.map((search) => {
      throwIfAborted(signal);
      return this.searchOne(search);
    });
  }

  /** Without a promise: for callers in this process. */
  searchOne(search: VectorSearch): readonly VectorMatch[] {
    checkSearch(search, this.dimensions);
    const { vector, limit, accept } = search;
    if (limit === 0 || this.#size === 0) return [];
    const rows = this.#candidates(vector, limit, accept);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
    const best = new BestMatches(limit);
    const product = this.#rows.productsWith(vector);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      best.offer(this.#ids[row]!, (product(row) * this.#scales[row]!) / length);
    }
    return best.take();
  }

  /** The ids and quantised rows, sorted by id: what is stored. */
  rows(): { readonly ids: Int32Array } & QuantisedRows {
    const { dimensions } = this;
    const ids = this.#ids.slice(0, this.#size).sort();
    const values = new Int8Array(ids.length * dimensions);
    const scales = new Float32Array(ids.length);
    ids.forEach((id, i) => {
      const place = this.#places.get(id)!;
      values.set(this.#rows.row(place), i * dimensions);
      scales[i] = this.#scales[place]!;
    });
    return { ids, values, scales };
  }

  /** Rows worth an exact look: of those accepted, the nearest by sign bits; all with the last distance, so that order plays no part. */
  #candidates(vector: Float32Array, limit: number, accept: VectorSearch['accept']): Int32Array {
    const among = this.#size >= this.#cellsFrom ? this.#cells?.near(vector) : undefined;
    const rows = accept || among ? this.#accepted(among, accept) : undefined;
    const count = rows?.length ?? this.#size;
    const wanted = Math.max(limit * 4, CANDIDATES + Math.floor(count * CANDIDATE_SHARE));
    if (count <= wanted) return rows ?? Int32Array.from({ length: count }, (_, row) => row);
    const distances = this.#rows.distancesTo(vector, this.#size);
    const histogram = new Int32Array(this.dimensions + 1);
    for (let i = 0; i < count; i++) histogram[distances[rows ? rows[i]! : i]!]!++;
    let farthest = 0;
    let taken = histogram[0]!;
    while (taken < wanted) taken += histogram[++farthest]!;
    const chosen = new Int32Array(taken);
    for (let i = 0, to = 0; i < count; i++) {
      const row = rows ? rows[i]! : i;
      if (distances[row]! <= farthest) chosen[to++] = row;
    }
    return chosen;
  }

  #accepted(among: CellRows | undefined, accept: VectorSearch['accept']): Int32Array {
    const rows = new Int32Array(among?.count ?? this.#size);
    let count = 0;
    const take = (row: number): void => {
      if (!accept || accept(this.#ids[row]!)) rows[count++] = row;
    };
    if (among) among.each(take);
    else for (let row = 0; row < this.#size; row++) take(row);
    return rows.subarray(0, count);
  }

  #removeOne(id: number): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    const last = --this.#size;
    this.#cells?.move(last, place);
    if (place === last) return;
    const moved = this.#ids[last]!;
    this.#ids[place] = moved;
    this.#places.set(moved, place);
    this.#rows.move(last, place);
    this.#scales[place] = this.#scales[last]!;
  }

  #reserve(rows: number): void {
    if (rows <= this.#ids.length) return;
    const room = Math.max(rows, Math.ceil(this.#ids.length * 1.5));
    const grown = <A extends Int8Array | Int32Array | Float32Array>(to: A, from: A): A => {
      to.set(from);
      return to;
    };
    this.#ids = grown(new Int32Array(room), this.#ids);
    this.#scales = grown(new Float32Array(room), this.#scales);
    this.#rows.reserve(room);
  }
}
