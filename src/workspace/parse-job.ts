/** One file from disk to packed facts: what a worker does, and the main thread for a handful of files. */
import type { TableModel } from '#embedders/table/table-model.ts';
import { extractFile } from '#parse/extract-file.ts';
import { detectLanguage } from '#languages/detect-language.ts';
import { decodeFacts, encodeFacts } from '#model/facts-codec.ts';
import { encodeSegment } from '#model/search-segment-codec.ts';
import { spansOfFile } from '#parse/spans-of-file.ts';
import { type SegmentInput, SegmentMaker } from '#search/make-segment.ts';
import type { FactsStore } from '#stores/facts-store.ts';
import { pack, unpack } from '#stores/pack.ts';
import { readSource } from '#scan/read-source.ts';
import type { ParseJob, ParseOutcome } from './parse-protocol.ts';

export interface ParseJobSettings {
  readonly root: string;
  readonly maxFileBytes: number;
  /** Where facts are looked up before a file is parsed; undefined to parse in any case. */
  readonly facts: FactsStore | undefined;
  /** Lines and chunks only, whatever the language. */
  readonly plain?: boolean;
}

export interface ParseJobResult {
  /** Without its segment. */
  readonly outcome: ParseOutcome;
  /** What the segment is made of; undefined where there is nothing to search. */
  readonly words: SegmentInput | undefined;
}

export async function readFacts(
  { index, source }: ParseJob,
  { root, maxFileBytes, facts, plain }: ParseJobSettings,
): Promise<ParseJobResult> {
  const read = readSource(root, source, maxFileBytes);
  if (read.kind === 'skipped') {
    const { reason, detail } = read.skipped;
    return { outcome: { kind: 'skipped', index, reason, detail }, words: undefined };
  }
  const { file, content } = read;
  const { hash, bytes, text } = content;
  const { declarations } = detectLanguage(file.path);
  const parsed = { kind: 'parsed', index, hash, bytes, file, declarations, segment: undefined } as const;
  const known = facts?.get({ hash, language: file.language, declarations });
  const unpacked = known && unpack(known);
  const stored = unpacked && decodeFacts(unpacked);
  if (stored) {
    return {
      outcome: { ...parsed, encoded: unpacked, packed: undefined, warnings: [], failed: false },
      words: { text, facts: stored, spans: spansOfFile(text, stored.language) },
    };
  }
  const made = await extractFile({ text, language: plain ? 'text' : file.language, declarations });
  const { warnings, spans } = made;
  const encoded = encodeFacts(made.facts);
  const failed = made.failed || plain === true;
  return {
    outcome: { ...parsed, encoded, packed: pack(encoded), warnings, failed },
    words: { text, facts: made.facts, spans },
  };
}

/** Facts and segment in one go. `model` makes the vectors of search. */
export async function runParseJob(
  job: ParseJob,
  settings: ParseJobSettings,
  model: TableModel | undefined,
): Promise<ParseOutcome> {
  const { outcome, words } = await readFacts(job, settings);
  return words && outcome.kind === 'parsed' ? { ...outcome, segment: makeSegment(words, model) } : outcome;
}

/** Of this thread; it remembers words. */
let maker: SegmentMaker | undefined;
let makersModel: TableModel | undefined;

/** A segment costs less to make than to keep: where facts were found in the store, it is made from them and the text. */
export function makeSegment(words: SegmentInput, model: TableModel | undefined): Uint8Array {
  if (!maker || model !== makersModel) maker = new SegmentMaker(model);
  makersModel = model;
  return encodeSegment(maker.make(words));
}
