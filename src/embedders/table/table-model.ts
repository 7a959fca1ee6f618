/** What a static embedding model is: one row of small integers for each word of its vocabulary, and how the rows are added up. */
import type { TokenHashes } from './token-hash.ts';

export interface TableModel {
  /** `<name>-<12 hexadecimal digits of the weights' SHA-256>` */
  readonly id: string;
  readonly name: string;
  /** The words it was trained on: those of another version of `text` would not meet its vocabulary. */
  readonly textVersion: number;
  readonly dimensions: number;
  readonly rows: number;
  readonly weighting: FieldWeighting;
  readonly vocabulary: TokenHashes;
  /** Row r is `values[r·dimensions …] × scales[r]`. */
  readonly values: Int8Array;
  readonly scales: Float32Array;
  /** Words by row, one a line in UTF-8; for people and for further training, never needed to embed. */
  readonly words: Uint8Array;
  /** Where it comes from: data, seed, metrics. JSON. */
  readonly origin: Readonly<Record<string, unknown>>;
}

/** Code = Σ over body and documentation (1 + ln tf)·row + Σ over the name's words `name`·row. A query is the plain sum of its words. */
export interface FieldWeighting {
  /** Weight of each word of the name, beside its place in the body. */
  readonly name: number;
  /** tf of a word in the documentation, where one in the body counts 1. */
  readonly documentation: number;
}
