/** One file from disk to packed facts: what a worker does, and the main thread for a handful of files. */
import { extractFile } from '#parse/extract-file.ts';
import { detectLanguage } from '#languages/detect-language.ts';
import { encodeFacts } from '#model/facts-codec.ts';
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

export async function runParseJob(
  { index, source }: ParseJob,
  { root, maxFileBytes, facts, plain }: ParseJobSettings,
): Promise<ParseOutcome> {
  const read = readSource(root, source, maxFileBytes);
  if (read.kind === 'skipped')
    return { kind: 'skipped', index, reason: read.skipped.reason, detail: read.skipped.detail };
  const { file, content } = read;
  const { declarations } = detectLanguage(file.path);
  const parsed = { kind: 'parsed', index, hash: content.hash, bytes: content.bytes, file, declarations } as const;
  const known = facts?.get({ hash: content.hash, language: file.language, declarations });
  const unpacked = known && unpack(known);
  if (unpacked) return { ...parsed, encoded: unpacked, packed: undefined, warnings: [], failed: false };
  const {
    facts: made,
    warnings,
    failed,
  } = await extractFile({
    text: content.text,
    language: plain ? 'text' : file.language,
    declarations,
  });
  const encoded = encodeFacts(made);
  return { ...parsed, encoded, packed: pack(encoded), warnings, failed: failed || plain === true };
}
