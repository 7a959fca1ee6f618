/** Cuts a file into the pieces that search indexes: code along its symbols, prose along its headings, configuration along its keys. */
import type { FileFacts } from '#model/facts.ts';
import { CHUNK_STRIDE } from '#model/facts.ts';
import { PackedTable } from '#model/packed-table.ts';
import { chunkKinds } from '#model/vocabulary.ts';
import { isCatalogue, languageKind } from './catalogue.ts';
import type { Chunk, ChunkInput } from './chunk.ts';
import { codeChunks } from './code-chunks.ts';
import { configurationChunks } from './configuration-chunks.ts';
import { proseChunks } from './prose-chunks.ts';
import type { TextIndex } from './text-index.ts';

/** Of at most this many UTF-16 units: one endless line becomes several chunks, and of an endless file only the start is searched. */
const CHUNK_UNITS = 12_000;
const PIECES_OF_A_LINE = 8;
/** Data repeats itself: what is searched of a data file is its start. */
const DATA_LINES = 400;
const CONFIGURATION_LINES = 4000;

/** The same facts with chunks; `regions` are further chunks that the caller knows (embedded code, a notebook's prose). */
export function withChunks(
  facts: FileFacts,
  text: string,
  index: TextIndex,
  classes: Uint8Array,
  language = facts.language,
): FileFacts {
  return attachChunks(
    facts,
    chunksOf({ text, index, language, classes, strings: facts.strings, symbols: facts.symbols }),
    text,
    index,
  );
}

export function chunksOf(input: ChunkInput): readonly Chunk[] {
  if (isCatalogue(input.language)) return [];
  const kind = languageKind(input.language);
  if (kind === 'prose') return proseChunks(input);
  if (kind === 'configuration') return configurationChunks(input, CONFIGURATION_LINES);
  if (kind === 'data') return configurationChunks(input, DATA_LINES);
  return codeChunks(input);
}

export function attachChunks(facts: FileFacts, chunks: readonly Chunk[], text: string, index: TextIndex): FileFacts {
  const strings = [...facts.strings];
  const ids = new Map<string, number>();
  const title = (words: string | undefined): number => {
    if (words === undefined || words === '') return -1;
    let id = ids.get(words);
    if (id === undefined) {
      id = strings.push(words) - 1;
      ids.set(words, id);
    }
    return id;
  };
  const table = new PackedTable(CHUNK_STRIDE, Math.max(1, chunks.length));
  for (const chunk of chunks) {
    const kind = chunkKinds.indexOf(chunk.kind);
    const start = index.lineStarts[chunk.startLine - 1]!;
    const end = index.lineStarts[chunk.endLine] ?? text.length;
    for (let at = start, pieces = 0; at < end && pieces < PIECES_OF_A_LINE; pieces++) {
      const stop = pieceEnd(text, at, end);
      const startLine = index.line(at);
      const endLine = index.line(stop - 1);
      table.add(
        kind,
        chunk.symbol,
        index.byte(at, startLine),
        index.byte(stop),
        startLine,
        endLine,
        title(chunk.title),
      );
      at = stop;
    }
  }
  return { ...facts, strings, chunks: table.finish() };
}

/** A place to cut: at a line's end where one is near, never inside a surrogate pair. */
function pieceEnd(text: string, from: number, end: number): number {
  if (end - from <= CHUNK_UNITS * 1.5) return end;
  const limit = from + CHUNK_UNITS;
  const newline = text.lastIndexOf('\n', limit);
  if (newline > from) return newline + 1;
  const unit = text.charCodeAt(limit - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? limit + 1 : limit;
}
