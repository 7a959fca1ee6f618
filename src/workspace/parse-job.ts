/** One file from disk to packed facts: what a worker does, and the main thread for a handful of files. */
import type { TableModel } from '#embedders/table/table-model.ts';
import { extractFile } from '#parse/extract-file.ts';
import { detectLanguage } from '#languages/detect-language.ts';
import { decodeFacts, encodeFacts } from '#model/facts-codec.ts';
import type { FileFacts } from '#model/facts.ts';
import { encodeSegment } from '#model/search-segment-codec.ts';
import { spansOfFile } from '#parse/spans-of-file.ts';
import { SegmentMaker } from '#search/make-segment.ts';
import type { FactsStore } from '#stores/facts-store.ts';
import { pack, unpack } from '#stores/pack.ts';
import { readSource } from '#scan/read-source.ts';
import type { ParseJob, ParseOutcome } from './parse-protocol.ts';

export interface ParseJobSettings {
  readonly root: string;
  readonly maxFileBytes: number;
  /** Where facts are looked up before a file is parsed; undefined to parse in any case. */
  readonly facts: FactsStore | undefined;
  /** Makes the vectors of search. */
  readonly model: TableModel | undefined;
  /** Lines and chunks only, whatever the language. */
  readonly plain?: boolean;
}

export async function runParseJob(
  { index, source }: ParseJob,
  { root, maxFileBytes, facts, model, plain }: ParseJobSettings,
): Promise<ParseOutcome> {
  const read = readSource(root, source, maxFileBytes);
  if (read.kind === 'skipped')
    return { kind: 'skipped', index, reason: read.skipped.reason, detail: read.skipped.detail };
  const { file, content } = read;
  const { declarations } = detectLanguage(file.path);
  const parsed = { kind: 'parsed', index, hash: content.hash, bytes: content.bytes, file, declarations } as const;
  const known = facts?.get({ hash: content.hash, language: file.language, declarations });
  const unpacked = known && unpack(known);
  const stored = unpacked && decodeFacts(unpacked);
  if (stored) {
    const segment = makeSegment(content.text, stored, spansOfFile(content.text, stored.language), model);
    return { ...parsed, encoded: unpacked, packed: undefined, segment, warnings: [], failed: false };
  }
  const {
    facts: made,
    warnings,
    failed,
    spans,
  } = await extractFile({
    text: content.text,
    language: plain ? 'text' : file.language,
    declarations,
  });
  const encoded = encodeFacts(made);
  const segment = makeSegment(content.text, made, spans, model);
  return { ...parsed, encoded, packed: pack(encoded), segment, warnings, failed: failed || plain === true };
}

/** Of this thread; it remembers words. */
let maker: SegmentMaker | undefined;
let makersModel: TableModel | undefined;

/** A segment costs less to make than to keep: where facts were found in the store, it is made from them and the text. */
function makeSegment(
  text: string,
  facts: FileFacts,
  spans: Int32Array | undefined,
  model: TableModel | undefined,
): Uint8Array {
  if (!maker || model !== makersModel) maker = new SegmentMaker(model);
  makersModel = model;
  return encodeSegment(maker.make({ text, facts, spans }));
}
