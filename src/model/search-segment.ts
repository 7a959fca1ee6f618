/**
 * What search knows of one file: SearchSegment = f(content, language, extractor version, text version), and nothing else. It
 * lists the file's documents (symbols, sections, pieces of configuration) and, word by word, where in them the word stands.
 * Paths come in when the index is read.
 */

/** Where in a document a word stands. Bits of a posting's mask, in this order. */
export const searchFields = ['name', 'container', 'signature', 'documentation', 'body', 'string', 'prose'] as const;

export const FIELD_COUNT = searchFields.length;
/** Set in a posting's mask where a count differs from 1: then a byte for each field of the mask follows. */
export const COUNTS_FOLLOW = 1 << FIELD_COUNT;

/** Row of `documents`. */
export const DocumentColumn = {
  symbol: 0, // symbol row of the file's facts; 0 for the file itself and for pieces of it
  kind: 1, // index into symbolKinds, or CHUNK_KIND + index into chunkKinds
  startLine: 2, // 1-based
  endLine: 3, // inclusive
  flags: 4, // SymbolFlag and DocumentFlag bits
} as const;
export const DOCUMENT_STRIDE = 5;
/** Bits of a document's flags beside the symbol's own. */
export const DocumentFlag = {
  /** Stands inside a function. */
  nested: 1 << 24,
  /** Stands in a module or class of tests: Rust's `mod tests`. */
  inTests: 1 << 25,
} as const;
/** Kinds from here on are pieces without a symbol of their own. */
export const CHUNK_KIND = 64;

export interface SearchSegment {
  /** Distinct, ascending by UTF-16 units. */
  readonly terms: readonly string[];
  /** The postings of term t are bytes offsets[t] to offsets[t + 1]. */
  readonly offsets: Int32Array;
  /**
   * For each document that holds the term, ascending: its number minus the previous one's minus 1 (the first: its number) as a
   * varint, a mask of fields, and counts (at most 255) where COUNTS_FOLLOW is set.
   */
  readonly postings: Uint8Array;
  readonly documents: Int32Array;
  /** Words in each field of each document, as `lengthCode` packs them: documents × FIELD_COUNT. */
  readonly lengths: Uint8Array;
  /** As written: symbol names, titles of sections; empty for a file. One a document. */
  readonly names: readonly string[];
  /** Documents that have a vector, ascending, and their rows: vectorDocuments × dimensions. Empty without a model. */
  readonly vectorDocuments: Int32Array;
  readonly vectors: Int8Array;
}

/** Lengths up to 32 are exact, longer ones within 5 %. */
export function lengthCode(words: number): number {
  return words <= 32 ? words : Math.min(255, 32 + Math.round(8 * Math.log2(words / 32)));
}

/** The length that a code stands for: whole numbers, so that sums do not depend on their order. */
export const lengthOfCode: Int32Array = Int32Array.from({ length: 256 }, (_, code) =>
  code <= 32 ? code : Math.round(32 * 2 ** ((code - 32) / 8)),
);
