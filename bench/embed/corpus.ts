/** The corpus of SOURCES.md as words: described functions and bare ones, their comments and strings apart. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { WordReader } from '../../src/text/word-reader.ts';
import { WordStream } from '../../src/text/word-stream.ts';
import { WordTable } from '../../src/text/word-table.ts';
import type { Runs } from '../../src/train/training-pairs.ts';

/** Beside the checkout, or where TROWEL_CORPUS says. */
const folder = process.env['TROWEL_CORPUS'] ?? path.resolve(import.meta.dirname, '../../../shared/corpus');

export interface CorpusEntry {
  readonly language: string;
  readonly repo: string;
  readonly path: string;
  readonly name: string;
  readonly line: number;
  readonly description?: string;
  readonly code: string;
}

/** Throws where the corpus is not there. */
export function* corpusEntries(): Generator<CorpusEntry> {
  if (!existsSync(folder)) throw new Error(`The corpus is not there: ${folder}. It is not part of this repository.`);
  for (const kind of ['pairs', 'functions'])
    for (const file of readdirSync(path.join(folder, kind)).toSorted())
      for (const line of gunzipSync(readFileSync(path.join(folder, kind, file)))
        .toString()
        .split('\n'))
        if (line !== '') yield JSON.parse(line) as CorpusEntry;
}

export const corpusFields = ['description', 'described', 'name', 'code', 'comments', 'strings', 'place'] as const;
export type CorpusField = (typeof corpusFields)[number];

export interface Corpus {
  readonly table: WordTable;
  readonly entries: readonly Pick<CorpusEntry, 'language' | 'repo'>[];
  readonly isDescribed: readonly boolean[];
  /** `description` in full; `described` without the function's name; `code` without it, too. Numbers of `table`. */
  readonly words: Readonly<Record<CorpusField, Runs>>;
}

/** `keep`: repositories to read. */
export function readCorpus(keep: (repo: string) => boolean): Corpus {
  const table = new WordTable();
  const reader = new WordReader(table);
  const utf8 = new TextEncoder();
  const streams = new Map(corpusFields.map((field) => [field, { stream: new WordStream(), offsets: [0] }]));
  const entries: Pick<CorpusEntry, 'language' | 'repo'>[] = [];
  const isDescribed: boolean[] = [];
  for (const { language, repo, path: file, name, description = '', code } of corpusEntries()) {
    if (!keep(repo)) continue;
    const itself = new RegExp(`(?<![A-Za-z0-9_])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9_])`, 'g');
    const parts = codeParts(code.replace(itself, ' '), language);
    const texts: Record<CorpusField, string> = {
      description,
      described: description.replace(itself, ' '),
      name,
      ...parts,
      place: file.replace(/\.[a-z]+$/, ''),
    };
    for (const [field, { stream, offsets }] of streams) {
      const bytes = utf8.encode(texts[field]);
      reader.read(bytes, 0, bytes.length, stream);
      offsets.push(stream.length);
    }
    entries.push({ language, repo });
    isDescribed.push(description !== '');
  }
  const words = Object.fromEntries(
    Array.from(streams, ([field, { stream, offsets }]) => [
      field,
      { offsets: Int32Array.from(offsets), rows: stream.view().slice() },
    ]),
  ) as unknown as Record<CorpusField, Runs>;
  return { table, entries, isDescribed, words };
}

const hashComments = new Set(['python', 'ruby', 'php']);
const slashComments = (language: string): boolean => language !== 'python' && language !== 'ruby';
const tripleQuotes = new Set(['python', 'kotlin', 'scala', 'swift', 'java']);
const backQuotes = new Set(['javascript', 'typescript', 'go']);

/** Code, comments and strings of a function: lexically, good enough to tell words apart. */
function codeParts(
  text: string,
  language: string,
): { readonly code: string; readonly comments: string; readonly strings: string } {
  const parts = { code: '', comments: '', strings: '' };
  let from = 0;
  let at = 0;
  const take = (kind: 'comments' | 'strings', end: number): void => {
    parts.code += `${text.slice(from, at)} `;
    parts[kind] += `${text.slice(at, end)}\n`;
    at = end;
    from = end;
  };
  const endAfter = (mark: string, start: number): number => {
    const found = text.indexOf(mark, start);
    return found < 0 ? text.length : found + mark.length;
  };
  while (at < text.length) {
    const unit = text[at]!;
    const isLine =
      (unit === '#' && hashComments.has(language) && text[at + 1] !== '[') ||
      (slashComments(language) && text.startsWith('//', at));
    if (isLine) {
      const end = text.indexOf('\n', at);
      take('comments', end < 0 ? text.length : end);
    } else if (slashComments(language) && text.startsWith('/*', at)) take('comments', endAfter('*/', at + 2));
    else if (unit === '"' || (unit === "'" && language !== 'rust') || (unit === '`' && backQuotes.has(language))) {
      const triple = unit.repeat(3);
      if (tripleQuotes.has(language) && text.startsWith(triple, at)) take('strings', endAfter(triple, at + 3));
      else take('strings', stringEnd(text, at, unit));
    } else at++;
  }
  parts.code += text.slice(from);
  return parts;
}

function stringEnd(text: string, start: number, quote: string): number {
  let at = start + 1;
  for (; at < text.length && text[at] !== quote; at++) {
    if (text[at] === '\\') at++;
    if (quote !== '`' && text[at] === '\n') break;
  }
  return Math.min(text.length, at + 1);
}
