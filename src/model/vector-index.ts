/** Nearest vectors by cosine: the port that every vector index implements. Ids are the caller's, non-negative 32-bit integers. */

export interface VectorMatch {
  readonly id: number;
  /** Cosine, −1 to 1. */
  readonly score: number;
}

export interface VectorSearch {
  /** Of the index's dimensions; need not be of unit length. */
  readonly vector: Float32Array;
  readonly limit: number;
  /** Only ids for which this holds; asked before ranking, so that `limit` matches come back where there are that many. */
  readonly accept?: (id: number) => boolean;
}

export interface VectorIndex {
  readonly dimensions: number;
  /** Vectors in the index. */
  readonly size: number;
  /** Adds or replaces. `rows.length` must be `ids.length × dimensions`, else `dimension-mismatch` and nothing is changed. */
  add(ids: ArrayLike<number>, rows: Float32Array): Promise<void>;
  /** Unknown ids are passed over. */
  remove(ids: ArrayLike<number>): Promise<void>;
  /** For each search its matches, best first; equal scores by id. */
  search(searches: readonly VectorSearch[], signal?: AbortSignal): Promise<readonly (readonly VectorMatch[])[]>;
}
