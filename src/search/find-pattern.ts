/** Literals and regular expressions, in the files as they were indexed; lines of one symbol are one hit. */
import { languageKind } from '#languages/catalogue.ts';
import { throwIfAborted } from '#base/abort.ts';
import type { SearchFilters } from '#model/search.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import { wordsOf } from '#text/words.ts';
import { type FindMatches, linearRegex } from './linear-regex.ts';
import { answerKind } from './document-kinds.ts';
import type { RankedDocument, Ranking } from './rank.ts';
import { eachPosting, type SearchIndex } from './search-index.ts';
import type { QueryPlan } from './understand-query.ts';

/** Matches of one file that are looked at, and of all files. */
const FILE_MATCHES = 400;
const ALL_MATCHES = 20_000;
/** Bytes of a file above which a missing word says nothing: not all of it was read. */
const READ_BYTES = 1_000_000;
/** A match on the line where the symbol is named. */
const DEFINITION = 2;

export interface PatternRanking extends Ranking {
  readonly notes: readonly string[];
}

export function findPattern(
  { pattern, text, wants }: QueryPlan,
  snapshot: Snapshot,
  index: SearchIndex,
  filters: SearchFilters,
  signal?: AbortSignal,
): PatternRanking {
  const isLiteral = pattern!.flags === 'literal';
  const needle = isLiteral ? pattern!.source : requiredText(pattern!.source, pattern!.flags);
  const matches: FindMatches = isLiteral ? literalMatches(needle) : linearRegex(pattern!.source, pattern!.flags);
  const files = snapshot.files().filter(({ id }) => filters.accepts(id));
  const holders = isLiteral ? filesWithWords(needle, index) : undefined;
  const documents = documentsByFile(index);
  const ranked: RankedDocument[] = [];
  const notes: string[] = [];
  let seen = 0;
  let changed = 0;
  for (const file of files) {
    throwIfAborted(signal);
    if (holders && !holders.has(file.id) && isReadWhole(file)) continue;
    const content = snapshot.text(file.id);
    if (content === undefined) {
      changed++;
      continue;
    }
    if (needle !== '' && !content.includes(needle)) continue;
    const found = matches(content, FILE_MATCHES);
    if (found.length === 0) continue;
    seen += found.length;
    ranked.push(...rankFile(file, content, found, documents.get(file.id) ?? [], index, wants.tests));
    if (seen >= ALL_MATCHES) {
      notes.push(`More than ${ALL_MATCHES} matches: the search ended at ${file.path}. Ask for less, or in a folder.`);
      break;
    }
  }
  if (changed > 0) notes.push(`${changed} files have changed since they were indexed and were left out.`);
  ranked.sort(
    (a, b) => b.score - a.score || index.file[a.document]! - index.file[b.document]! || a.document - b.document,
  );
  const kinds = filters.kinds;
  const kept = kinds.size === 0 ? ranked : ranked.filter(({ document }) => kinds.has(answerKind(index, document)));
  if (kept.length === 0) notes.push(`No file holds ${text}, with the filters given.`);
  return { ranked: kept, total: kept.length, notes };
}

function rankFile(
  { roles }: FileRecord,
  content: string,
  found: readonly (readonly [number, number])[],
  documents: readonly number[],
  index: SearchIndex,
  wantsTests: boolean,
): RankedDocument[] {
  const starts = lineStarts(content);
  const byDocument = new Map<number, { line: number; start: number; end: number }[]>();
  for (const [from, to] of found) {
    const line = lineAt(starts, from);
    const at = starts[line - 1]!;
    const document = innermost(documents, line, index);
    const place = { line, start: from - at, end: to - at };
    const places = byDocument.get(document);
    if (places) places.push(place);
    else byDocument.set(document, [place]);
  }
  const aside = roles.some((role) => role === 'generated' || role === 'vendored' || role === 'minified');
  const factor = (roles.includes('test') && !wantsTests ? 0.6 : 1) * (aside ? 0.4 : 1);
  return Array.from(byDocument, ([document, places]) => {
    const isDefinition = places.some(({ line }) => line === index.startLine(document)) && index.symbolRow(document) > 0;
    const lines = new Set(places.map(({ line }) => line)).size;
    const reason = `${places.length} ${places.length === 1 ? 'match' : 'matches'} on ${lines} ${lines === 1 ? 'line' : 'lines'}`;
    const score = factor * (1 + Math.log2(1 + lines) / 10 + (isDefinition ? DEFINITION : 0));
    return { document, score, signals: [{ name: 'text', reason, value: score }], places };
  });
}

/** Documents of each file, as they stand in it. */
function documentsByFile(index: SearchIndex): ReadonlyMap<number, readonly number[]> {
  const byFile = new Map<number, number[]>();
  index.file.forEach((file, document) => {
    if (file < 0) return;
    const list = byFile.get(file);
    if (list) list.push(document);
    else byFile.set(file, [document]);
  });
  return byFile;
}

function innermost(documents: readonly number[], line: number, index: SearchIndex): number {
  let best = documents[0]!;
  for (const document of documents) {
    const [start, end] = [index.startLine(document), index.endLine(document)];
    if (start <= line && line <= end && end - start <= index.endLine(best) - index.startLine(best)) best = document;
  }
  return best;
}

function literalMatches(needle: string): FindMatches {
  return (text, limit) => {
    const found: [number, number][] = [];
    for (let at = text.indexOf(needle); at >= 0 && found.length < limit; at = text.indexOf(needle, at + needle.length))
      found.push([at, at + needle.length]);
    return found;
  };
}

/**
 * Files that hold every whole word inside the literal; undefined where it has none. The runs at its ends may be parts of longer
 * ones, and say nothing.
 */
function filesWithWords(needle: string, index: SearchIndex): ReadonlySet<number> | undefined {
  const runs =
    needle.match(/[^A-Za-z0-9_\u0080-\uffff]([A-Za-z_][A-Za-z0-9_]{1,100})(?=[^A-Za-z0-9_\u0080-\uffff])/g) ?? [];
  let files: Set<number> | undefined;
  for (const run of runs) {
    const word = wordsOf(run)[0];
    if (word === undefined) continue;
    const own = new Set<number>();
    for (const list of index.postingsOf(word))
      eachPosting(list, (document) => {
        if (index.file[document]! >= 0) own.add(index.file[document]!);
      });
    files = files ? new Set([...files].filter((file) => own.has(file))) : own;
  }
  return files;
}

function isReadWhole({ language, bytes }: FileRecord): boolean {
  const kind = languageKind(language);
  return bytes < READ_BYTES && kind === 'programming' && language !== 'jupyter';
}

/** A run of plain characters that every match holds, the longest one; empty where that is not plain to see. */
function requiredText(source: string, flags: string): string {
  if (flags.includes('i') || /[|()[\]]|\(\?/.test(source.replace(/\\./g, ''))) return '';
  const runs: string[] = [];
  let run = '';
  const end = (): void => {
    runs.push(run);
    run = '';
  };
  for (let at = 0; at < source.length; at++) {
    const here = source[at]!;
    if (here === '\\') {
      const next = source[++at] ?? '';
      if (/[A-Za-z0-9]/.test(next)) end();
      else run += next;
    } else if ('*?{'.includes(here)) {
      run = run.slice(0, -1);
      end();
      if (here === '{') while (at < source.length && source[at] !== '}') at++;
    } else if ('+.^$'.includes(here)) end();
    else run += here;
  }
  end();
  return runs.reduce((longest, next) => (next.length > longest.length ? next : longest), '');
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** 1-based. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
