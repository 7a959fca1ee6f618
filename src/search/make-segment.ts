/** Reads a file's words once, document by document, and packs where each stands. */
import { isCatalogue, languageKind } from '#languages/catalogue.ts';
import type { FileFacts } from '#model/facts.ts';
import {
  CHUNK_KIND,
  COUNTS_FOLLOW,
  DOCUMENT_STRIDE,
  FIELD_COUNT,
  lengthCode,
  searchFields,
  type SearchSegment,
} from '#model/search-segment.ts';
import { chunkKinds, symbolKinds } from '#model/vocabulary.ts';
import type { WordBag } from '#text/word-bag.ts';
import { WordReader } from '#text/word-reader.ts';
import { WordStream } from '#text/word-stream.ts';
import { WordTable } from '#text/word-table.ts';
import { TableEncoder } from '#embedders/table/table-encoder.ts';
import type { TableModel } from '#embedders/table/table-model.ts';
import { quantiseRows } from '#vectors/quantised-rows.ts';
import { ByteSink } from './byte-sink.ts';
import { type FileDocument, fileDocuments } from './file-documents.ts';
import { ownedPieces } from './owned-pieces.ts';

export interface SegmentInput {
  readonly text: string;
  readonly facts: FileFacts;
  /** Comments and literals, as `scanLexically` finds them; undefined where nothing is known of them. */
  readonly spans: Int32Array | undefined;
}

/**
 * Words of one file at most, of code and prose, and of data and configuration: what is longer is data. Of a catalogue only the
 * path is read; what is asked for in quotes is looked for in the files themselves, in these too.
 */
const MAX_WORDS = 400_000;
const MAX_DATA_WORDS = 1_500;
/** A table that has grown past this starts anew. */
const TABLE_WORDS = 400_000;
const NAME = searchFields.indexOf('name');
const CONTAINER = searchFields.indexOf('container');
const SIGNATURE = searchFields.indexOf('signature');

/** Read in this order: a document's words lie together. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly document: number;
  readonly field: number;
}

/** Fewer distinct words than this say too little for a vector. */
const VECTOR_WORDS = 6;

/** One a thread: it remembers the words that it has met. With a model, functions, types and sections get vectors. */
export class SegmentMaker {
  readonly #model: TableModel | undefined;
  #table = new WordTable();
  #reader = new WordReader(this.#table);
  #encoder: TableEncoder | undefined;
  readonly #stream = new WordStream();
  /** Of each word of the table, its number in the file at hand; valid where `#metIn` is the file's. */
  #local = new Int32Array(1 << 12);
  #metIn = new Int32Array(1 << 12);
  #file = 0;
  /** Words of the file, by number: the table's number and how often. */
  #words: number[] = [];
  #totals: number[] = [];
  /** What was read: the word's number, document × 8 + field. */
  #readWords = new Int32Array(1 << 14);
  #places = new Int32Array(1 << 14);
  #count = 0;
  /** How often the file's words stand in the document at hand. */
  #tally = new Int32Array(1 << 10);
  #vectorDocuments: number[] = [];
  #vectors = new Float32Array();

  constructor(model?: TableModel) {
    this.#model = model;
    this.#encoder = model && new TableEncoder(model, this.#table);
  }

  make({ text, facts, spans }: SegmentInput): SearchSegment {
    this.#begin();
    const most = mostWords(facts.language);
    const bytes = most > 0 ? Buffer.from(text) : Buffer.alloc(0);
    const documents = fileDocuments(facts, bytes.length);
    const pieces: Piece[] = [];
    ownedPieces(text, bytes, documents, spans, (start, end, document, field) =>
      pieces.push({ start, end, document, field }),
    );
    pieces.sort((a, b) => a.document - b.document || a.start - b.start);
    const limit = this.#count + most;
    let next = 0;
    documents.forEach((entry, document) => {
      const { name, container, signature } = entry;
      const first = this.#count;
      if (this.#count < limit) {
        this.#readText(name, document, NAME);
        this.#readText(container, document, CONTAINER);
        this.#readText(signature, document, SIGNATURE);
      }
      for (; pieces[next]?.document === document; next++) {
        const { start, end, field } = pieces[next]!;
        if (this.#count < limit) this.#read(bytes, start, end, document, field);
      }
      if (this.#encoder && hasVector(entry)) this.#embed(document, first);
    });
    return this.#pack(documents);
  }

  #begin(): void {
    if (this.#table.size > TABLE_WORDS) {
      this.#table = new WordTable();
      this.#reader = new WordReader(this.#table);
      this.#encoder = this.#model && new TableEncoder(this.#model, this.#table);
    }
    this.#file++;
    this.#count = 0;
    this.#words = [];
    this.#totals = [];
    this.#vectorDocuments = [];
  }

  #readText(text: string, document: number, field: number): void {
    if (text === '') return;
    const bytes = Buffer.from(text);
    this.#read(bytes, 0, bytes.length, document, field);
  }

  #read(bytes: Uint8Array, start: number, end: number, document: number, field: number): void {
    const stream = this.#stream;
    stream.clear();
    this.#reader.read(bytes, start, end, stream);
    const { numbers, length } = stream;
    this.#reserve(length);
    const place = document * 8 + field;
    const [local, metIn, words, totals, file] = [this.#local, this.#metIn, this.#words, this.#totals, this.#file];
    for (let i = 0; i < length; i++) {
      const word = numbers[i]!;
      if (metIn[word] !== file) {
        metIn[word] = file;
        local[word] = words.push(word) - 1;
        totals.push(0);
      }
      totals[local[word]!]!++;
      this.#readWords[this.#count] = local[word]!;
      this.#places[this.#count++] = place;
    }
  }

  #reserve(more: number): void {
    if (this.#count + more > this.#places.length) {
      this.#readWords = grown(this.#readWords, (this.#count + more) * 2);
      this.#places = grown(this.#places, (this.#count + more) * 2);
    }
    if (this.#table.size > this.#local.length) {
      this.#local = grown(this.#local, this.#table.size * 2);
      this.#metIn = grown(this.#metIn, this.#table.size * 2);
    }
  }

  /** The vector of a document whose words were read from `first` on: its name, its comments, and all other text. */
  #embed(document: number, first: number): void {
    if (this.#words.length > this.#tally.length) this.#tally = new Int32Array(this.#words.length * 2);
    const name: number[] = [];
    const parts = { body: [] as number[], documentation: [] as number[] };
    const counts = { body: [] as number[], documentation: [] as number[] };
    const tally = this.#tally;
    for (const part of ['body', 'documentation'] as const) {
      const isPart = part === 'documentation' ? isDocumentation : isBody;
      for (let at = first; at < this.#count; at++) {
        const field = this.#places[at]! & 7;
        const word = this.#readWords[at]!;
        if (field === NAME && part === 'body') name.push(this.#words[word]!);
        if (isPart[field] === 1 && tally[word]!++ === 0) parts[part].push(word);
      }
      for (const word of parts[part]) {
        counts[part].push(tally[word]!);
        tally[word] = 0;
      }
    }
    if (parts.body.length + parts.documentation.length < VECTOR_WORDS) return;
    const bag = (part: 'body' | 'documentation'): WordBag => ({
      words: Int32Array.from(parts[part], (word) => this.#words[word]!),
      counts: Int32Array.from(counts[part]),
    });
    const { dimensions } = this.#model!;
    const at = this.#vectorDocuments.length * dimensions;
    if (at + dimensions > this.#vectors.length) {
      const grown = new Float32Array((at + dimensions) * 2);
      grown.set(this.#vectors);
      this.#vectors = grown;
    }
    const words = { name, body: bag('body'), documentation: bag('documentation') };
    if (this.#encoder!.code(words, this.#vectors, at)) this.#vectorDocuments.push(document);
  }

  #pack(documents: readonly FileDocument[]): SearchSegment {
    const terms = this.#words.map((word) => this.#table.word(word));
    const order = terms.map((_, word) => word).sort((a, b) => (terms[a]! < terms[b]! ? -1 : 1));
    const next = new Int32Array(order.length + 1);
    let sum = 0;
    for (const word of order) {
      next[word] = sum;
      sum += this.#totals[word]!;
    }
    // Counting sort by word; places of a word stay in their order, which is that of the documents.
    const sorted = new Int32Array(this.#count);
    const lengths = new Int32Array(documents.length * FIELD_COUNT);
    for (let i = 0; i < this.#count; i++) {
      const place = this.#places[i]!;
      sorted[next[this.#readWords[i]!]!++] = place;
      lengths[(place >> 3) * FIELD_COUNT + (place & 7)]!++;
    }
    const sink = new ByteSink(this.#count * 2 + 16);
    const offsets = new Int32Array(order.length + 1);
    let from = 0;
    order.forEach((word, term) => {
      offsets[term] = sink.length;
      writePostings(sorted, from, from + this.#totals[word]!, sink);
      from += this.#totals[word]!;
    });
    offsets[order.length] = sink.length;
    const table = new Int32Array(documents.length * DOCUMENT_STRIDE);
    documents.forEach(({ symbol, kind, startLine, endLine, flags }, document) =>
      table.set([symbol, kind, startLine, endLine, flags], document * DOCUMENT_STRIDE),
    );
    return {
      terms: order.map((word) => terms[word]!),
      offsets,
      postings: sink.finish(),
      documents: table,
      lengths: Uint8Array.from(lengths, lengthCode),
      names: documents.map(({ name }) => name),
      vectorDocuments: Int32Array.from(this.#vectorDocuments),
      vectors: this.#model
        ? quantiseRows(
            this.#vectors.subarray(0, this.#vectorDocuments.length * this.#model.dimensions),
            this.#model.dimensions,
          ).values
        : new Int8Array(),
    };
  }
}

const fieldsOf = (...names: readonly (typeof searchFields)[number][]): Uint8Array =>
  Uint8Array.from(searchFields, (field) => (names.includes(field) ? 1 : 0));
const isDocumentation = fieldsOf('documentation');
const isBody = fieldsOf('body', 'string', 'prose');
const PROSE = CHUNK_KIND + chunkKinds.indexOf('prose');
const CODE = CHUNK_KIND + chunkKinds.indexOf('code');
const MODULE = symbolKinds.indexOf('module');

/** Functions, types, sections of prose, and pieces of code that no extractor knows; not files and not configuration. */
function hasVector({ kind, endByte }: FileDocument): boolean {
  return endByte > 0 && isMeaningful(kind);
}

export function isMeaningful(kind: number): boolean {
  return kind === PROSE || kind === CODE || (kind < CHUNK_KIND && kind !== MODULE);
}

function mostWords(language: string): number {
  if (isCatalogue(language)) return 0;
  const kind = languageKind(language);
  return kind === 'data' || kind === 'configuration' ? MAX_DATA_WORDS : MAX_WORDS;
}

function grown(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(numbers);
  return larger;
}

const counts = new Int32Array(8);

/** Places of one word, ascending by document. */
function writePostings(places: Int32Array, from: number, to: number, sink: ByteSink): void {
  let previous = -1;
  for (let at = from; at < to;) {
    const document = places[at]! >> 3;
    let mask = 0;
    counts.fill(0);
    for (; at < to && places[at]! >> 3 === document; at++) {
      const field = places[at]! & 7;
      mask |= 1 << field;
      if (counts[field]!++ > 0) mask |= COUNTS_FOLLOW;
    }
    sink.varint(document - previous - 1);
    previous = document;
    sink.byte(mask);
    if ((mask & COUNTS_FOLLOW) === 0) continue;
    for (let field = 0; field < FIELD_COUNT; field++) if (counts[field]! > 0) sink.byte(Math.min(255, counts[field]!));
  }
}
