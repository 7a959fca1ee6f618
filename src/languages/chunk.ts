import type { ChunkKind } from '#model/vocabulary.ts';
import type { TextIndex } from './text-index.ts';

/** A run of whole lines, 1-based and inclusive. */
export interface Chunk {
  readonly kind: ChunkKind;
  /** Symbol row that it belongs to; 0 is the file. */
  readonly symbol: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly title?: string;
}

export interface ChunkInput {
  readonly text: string;
  readonly index: TextIndex;
  readonly language: string;
  /** Of each line (line-classes.ts). */
  readonly classes: Uint8Array;
  readonly strings: readonly string[];
  readonly symbols: Int32Array;
}

/** A chunk has at most about this many lines. */
export const CHUNK_LINES = 80;
