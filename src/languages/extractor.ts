import type { FileFacts } from '#model/facts.ts';
import type { TextIndex } from './text-index.ts';

/** What turns a file's text into facts. Pure: the same input yields the same facts, on any machine, in any order. */
export interface Extractor {
  /** Loads what the extractor needs (grammars, native parsers). Called once a thread, before the first `extract`. */
  prepare(language: string): Promise<void>;
  extract(input: ExtractInput): FileFacts;
}

export interface ExtractInput {
  readonly text: string;
  /** Identifier from the catalogue: `python`, `typescript`, `tsx`, … */
  readonly language: string;
  /** Declarations only: `.d.ts`, `.pyi`. */
  readonly declarations: boolean;
  /** The text's places and its lines' classes, where the caller has them already. */
  readonly index?: TextIndex;
  readonly lineClasses?: Uint8Array;
}
