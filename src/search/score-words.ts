/**
 * BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): counts of a word in a document's fields are
 * weighted and normalised by the field's length, added, and only then saturated.
 */
import { identifierParts } from '#text/identifier-parts.ts';
import { stem } from '#text/stem.ts';
import { COUNTS_FOLLOW, FIELD_COUNT, lengthOfCode, searchFields } from '#model/search-segment.ts';
import type { SearchIndex } from './search-index.ts';

export interface FieldWeights {
  readonly weight: readonly number[];
  /** Length normalisation, 0 to 1, by field. */
  readonly b: readonly number[];
  readonly k1: number;
}

export interface WeighedWord {
  readonly word: string;
  readonly weight: number;
}

/** What one word adds to the documents that hold it. */
export interface WordScores {
  readonly word: string;
  /** Documents that hold it, those of no file left out. */
  readonly frequency: number;
  /** Rarity times the word's weight in the query. */
  readonly idf: number;
  readonly documents: Int32Array;
  /** Fields in which it stands, as bits. */
  readonly masks: Uint8Array;
}

/** Scores of all documents and files, and which have one. */
export class ScoreBoard {
  readonly scores: Float64Array;
  /** Each file as one document: its words count wherever in it they stand. */
  readonly files: Float64Array;
  /** For whoever needs a number a document for a while: zeros, to be left as zeros. */
  readonly slots: Int32Array;
  readonly #scored: Int32Array;
  readonly #scoredFiles: Int32Array;
  #count = 0;
  #fileCount = 0;

  constructor({ documentCount, fileSlots }: Pick<SearchIndex, 'documentCount' | 'fileSlots'>) {
    this.scores = new Float64Array(documentCount);
    this.files = new Float64Array(fileSlots);
    this.slots = new Int32Array(documentCount);
    this.#scored = new Int32Array(documentCount);
    this.#scoredFiles = new Int32Array(fileSlots);
  }

  add(document: number, share: number): void {
    if (share <= 0) return;
    if (this.scores[document] === 0) this.#scored[this.#count++] = document;
    this.scores[document]! += share;
  }

  addFile(file: number, share: number): void {
    if (share <= 0) return;
    if (this.files[file] === 0) this.#scoredFiles[this.#fileCount++] = file;
    this.files[file]! += share;
  }

  /** As new; costs what was scored, not what there is. */
  clear(): void {
    for (let at = 0; at < this.#count; at++) this.scores[this.#scored[at]!] = 0;
    for (let at = 0; at < this.#fileCount; at++) this.files[this.#scoredFiles[at]!] = 0;
    this.#count = 0;
    this.#fileCount = 0;
  }

  /** In no order. */
  get scored(): Int32Array {
    return this.#scored.subarray(0, this.#count);
  }

  /** In no order. */
  get scoredFiles(): Int32Array {
    return this.#scoredFiles.subarray(0, this.#fileCount);
  }
}

/** Adds each word's share to the board, in the order of the words. No word counts as rarer than `rarest`. */
export function scoreWords(
  index: SearchIndex,
  words: readonly WeighedWord[],
  weights: FieldWeights,
  board: ScoreBoard,
  rarest = Infinity,
): readonly WordScores[] {
  const known = prepare(index, weights);
  return words.map((word) =>
    scoreOccurrences(index, word, occurrencesOf(index, word.word, known), weights.k1, board, rarest),
  );
}

/** What is known of one index under one set of weights. */
interface Prepared {
  readonly index: WeakRef<SearchIndex>;
  readonly weights: FieldWeights;
  /** weight / (1 − b + b × length / mean), by field and code of length. */
  readonly norms: Float64Array;
  /** Long lists of words that were asked for; that asked for last comes last. */
  readonly lists: Map<string, Occurrences>;
  listed: number;
}

let prepared: Prepared | undefined;
/** Documents from which a list is kept: the words of a repository's trade come back from question to question. */
const LONG_LIST = 500;
/** Documents in all lists that are kept, some 13 bytes each. */
const MOST_LISTED = 2_000_000;

function prepare(index: SearchIndex, weights: FieldWeights): Prepared {
  if (prepared?.index.deref() !== index || prepared.weights !== weights)
    prepared = { index: new WeakRef(index), weights, norms: makeNorms(index, weights), lists: new Map(), listed: 0 };
  return prepared;
}

function occurrencesOf(index: SearchIndex, word: string, known: Prepared): Occurrences {
  const kept = known.lists.get(word);
  if (kept) known.lists.delete(word);
  const list = kept ?? readOccurrences(index, word, known.norms);
  const { length } = list.documents;
  if (length < LONG_LIST) return list;
  known.lists.set(word, list);
  if (!kept) known.listed += length;
  for (const [oldest, { documents }] of known.lists) {
    if (known.listed <= MOST_LISTED) break;
    known.lists.delete(oldest);
    known.listed -= documents.length;
  }
  return list;
}

function makeNorms(index: SearchIndex, { weight, b }: FieldWeights): Float64Array {
  const norms = new Float64Array(FIELD_COUNT * 256);
  for (let field = 0; field < FIELD_COUNT; field++) {
    for (let code = 0; code < 256; code++)
      norms[field * 256 + code] =
        weight[field]! / (1 - b[field]! + (b[field]! * lengthOfCode[code]!) / index.meanLengths[field]!);
  }
  return norms;
}

/** Where a word stands, and how much of it: counts by field, weighted and normalised, added. */
interface Occurrences {
  readonly documents: Int32Array;
  readonly masks: Uint8Array;
  readonly frequencies: Float64Array;
  /** In how many files it stands. */
  readonly holders: number;
}

function readOccurrences(index: SearchIndex, word: string, norms: Float64Array): Occurrences {
  const lists = index.postingsOf(word);
  const room = lists.reduce((sum, { from, to }) => sum + ((to - from) >> 1), 0);
  const documents = new Int32Array(room);
  const masks = new Uint8Array(room);
  const frequencies = new Float64Array(room);
  const { file, lengths } = index;
  let count = 0;
  for (const { postings, from, to, base } of lists) {
    let document = base - 1;
    for (let at = from; at < to;) {
      let byte = postings[at++]!;
      let delta = byte & 127;
      for (let shift = 7; byte >= 128; shift += 7) {
        byte = postings[at++]!;
        delta |= (byte & 127) << shift;
      }
      document += delta + 1;
      const mask = postings[at++]!;
      const counted = (mask & COUNTS_FOLLOW) !== 0;
      const row = document * FIELD_COUNT;
      let frequency = 0;
      for (let field = 0, bits = mask & (COUNTS_FOLLOW - 1); bits !== 0; field++, bits >>= 1) {
        if ((bits & 1) === 0) continue;
        const times = counted ? postings[at++]! : 1;
        frequency += times * norms[field * 256 + lengths[row + field]!]!;
      }
      if (file[document]! < 0) continue;
      documents[count] = document;
      masks[count] = mask & (COUNTS_FOLLOW - 1);
      frequencies[count++] = frequency;
    }
  }
  return occurrences(index, documents.subarray(0, count), masks.subarray(0, count), frequencies.subarray(0, count));
}

/** A file's documents come one after the other. */
function occurrences(
  { file }: SearchIndex,
  documents: Int32Array,
  masks: Uint8Array,
  frequencies: Float64Array,
): Occurrences {
  let holders = 0;
  let last = -1;
  for (let i = 0; i < documents.length; i++) {
    const own = file[documents[i]!]!;
    if (own !== last) holders++;
    last = own;
  }
  return { documents, masks, frequencies, holders };
}

/** Saturation of a file's count: a file holds many documents. */
const FILE_K1 = 8;
/** How far a file's count is divided by how many documents it holds, 0 to 1. */
const FILE_B = 0.6;

/** Of a file the counts in all its documents are added before they are saturated. */
function scoreOccurrences(
  index: SearchIndex,
  { word, weight }: WeighedWord,
  { documents, masks, frequencies, holders }: Occurrences,
  k1: number,
  board: ScoreBoard,
  rarest: number,
): WordScores {
  const count = documents.length;
  const idf = rarity(index.liveCount, count, rarest);
  const fileIdf = rarity(index.fileCount, holders, rarest);
  const { file, ranges } = index;
  const perFile = index.fileCount / index.liveCount;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const document = documents[i]!;
    const frequency = frequencies[i]!;
    board.add(document, (weight * idf * frequency * (k1 + 1)) / (k1 + frequency));
    const own = file[document]!;
    sum += frequency;
    if (i + 1 < count && file[documents[i + 1]!] === own) continue;
    sum /= 1 - FILE_B + FILE_B * (ranges[own * 2 + 1]! - ranges[own * 2]!) * perFile;
    board.addFile(own, (weight * fileIdf * sum * (FILE_K1 + 1)) / (FILE_K1 + sum));
    sum = 0;
  }
  return { word, frequency: count, idf: idf * weight, documents, masks };
}

function rarity(all: number, holding: number, rarest: number): number {
  return Math.min(rarest, Math.log(1 + (all - holding + 0.5) / (holding + 0.5)));
}

/**
 * A word of the query that the code also writes as two (`websocket`: `WebSocket`): documents that hold both parts in one short
 * field hold the word. Whether it is one of two parts, names of the index say.
 */
export function scoreCompound(
  index: SearchIndex,
  own: WordScores,
  weight: number,
  weights: FieldWeights,
  board: ScoreBoard,
): WordScores | undefined {
  const parts = partsOf(index, own);
  if (!parts) return undefined;
  const lists = prepare(index, weights);
  const [a, b] = parts.map((part) => occurrencesOf(index, part, lists)) as [Occurrences, Occurrences];
  const known = new Set(own.documents);
  const both: { document: number; mask: number; frequency: number }[] = [];
  for (let i = 0, j = 0; i < a.documents.length && j < b.documents.length;) {
    const [left, right] = [a.documents[i]!, b.documents[j]!];
    const mask = left === right ? a.masks[i]! & b.masks[j]! & TOGETHER : 0;
    if (mask !== 0 && !known.has(left))
      both.push({ document: left, mask, frequency: Math.min(a.frequencies[i]!, b.frequencies[j]!) });
    if (left <= right) i++;
    if (right <= left) j++;
  }
  const found = occurrences(
    index,
    Int32Array.from(both, ({ document }) => document),
    Uint8Array.from(both, ({ mask }) => mask),
    Float64Array.from(both, ({ frequency }) => frequency),
  );
  const rarest = own.frequency > 0 ? own.idf / weight : Infinity;
  return scoreOccurrences(index, { word: parts.join(' '), weight }, found, weights.k1, board, rarest);
}

const SHORTEST_PART = 3;
/** Characters of a name that its stem may lack, an underscore counted. */
const LONGEST_ENDING = 8;
/** Fields in which two words stand together; a body is too long for that. */
const TOGETHER = searchFields.reduce(
  (bits, field, bit) => (field === 'body' || field === 'string' ? bits : bits | (1 << bit)),
  0,
);
const NAME_BIT = 1 << searchFields.indexOf('name');
/** The two parts in which names that are this word are written; the first by alphabet, whatever the order of documents. */
function partsOf(index: SearchIndex, { word, documents, masks }: WordScores): readonly string[] | undefined {
  if (word.length < 2 * SHORTEST_PART) return undefined;
  let first: string | undefined;
  for (let i = 0; i < documents.length; i++) {
    if ((masks[i]! & NAME_BIT) === 0) continue;
    for (const run of index.name(documents[i]!).match(/[A-Za-z0-9_]+/g) ?? []) {
      if (run.length < word.length || run.length > word.length + LONGEST_ENDING) continue;
      const parts = identifierParts(run);
      if (parts.length !== 2 || parts.some(({ length }) => length < SHORTEST_PART) || stem(parts.join('')) !== word)
        continue;
      const written = parts.map(stem).join(' ');
      if (first === undefined || written < first) first = written;
    }
  }
  return first?.split(' ');
}
