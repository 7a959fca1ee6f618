/** Text to vectors: the port that every encoder implements, and what the default one can do beside it. */

export interface EmbeddingInput {
  readonly text: string;
  /** Some encoders treat what is asked and what is searched differently. */
  readonly role: 'query' | 'code';
  /** Code: the name of the function or class, where it has one. */
  readonly name?: string;
  /** Code: its documentation, without comment marks. */
  readonly documentation?: string;
}

/** Rows of unit length, one after the other: `rows.length = count × dimensions`. A text without a known word is a row of zeros. */
export interface Embeddings {
  readonly dimensions: number;
  readonly count: number;
  readonly rows: Float32Array;
}

export interface EmbeddingModel {
  /** Names weights and text version: the same id always yields the same vectors, on any machine. Vectors of two ids never mix. */
  readonly id: string;
  readonly dimensions: number;
  /** What lies beyond is not looked at; `Infinity` for none. */
  readonly maximumTokens: number;
  /** One row an input, in order. Throws `embedding-failed` where the encoder fails, `cancelled` when the signal fires. */
  embed(inputs: readonly EmbeddingInput[], signal?: AbortSignal): Promise<Embeddings>;
}
