/** The text index of one snapshot: the image and the segments beside it as one, files that changed or went left out. */
import {
  CHUNK_KIND,
  COUNTS_FOLLOW,
  DOCUMENT_STRIDE,
  DocumentColumn,
  FIELD_COUNT,
  lengthOfCode,
  type SearchSegment,
} from '#model/search-segment.ts';
import { decodeSegment } from '#model/search-segment-codec.ts';
import type { FileId, StoredSearch } from '#model/snapshot.ts';
import { type BaseImage, imageFromParts } from './base-image.ts';

/** Postings that lie together, and the number of their first document in the whole. */
interface Source {
  readonly offsets: Int32Array;
  readonly postings: Uint8Array;
  readonly base: number;
  find(term: string): number;
}

export interface TermPostings {
  readonly postings: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly base: number;
}

/** Each document of a list with its mask of fields; counts are passed over. */
export function eachPosting(list: TermPostings, take: (document: number, mask: number) => void): void {
  const { postings, to } = list;
  let document = list.base - 1;
  for (let at = list.from; at < to;) {
    let byte = postings[at++]!;
    let delta = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = postings[at++]!;
      delta |= (byte & 127) << shift;
    }
    document += delta + 1;
    const mask = postings[at++]!;
    const fields = mask & (COUNTS_FOLLOW - 1);
    if (mask !== fields) for (let bits = fields; bits > 0; bits &= bits - 1) at++;
    take(document, fields);
  }
}

export class SearchIndex {
  readonly documentCount: number;
  /** Of each document its file; −1 for one that is no more. */
  readonly file: Int32Array;
  /** As in a segment. */
  readonly documents: Int32Array;
  readonly lengths: Uint8Array;
  readonly liveCount: number;
  /** Files that have documents. */
  readonly fileCount: number;
  /** One more than the highest number of a file. */
  readonly fileSlots: number;
  /** Mean number of words of each field, over the documents that have any. */
  readonly meanLengths: Float64Array;
  readonly image: BaseImage | undefined;
  /** Of the files beside the image. */
  readonly beside: readonly FileInIndex[];
  /** Of the image, whether each of its files is still as it was. */
  readonly isLive: Uint8Array;
  readonly #bases: readonly number[];
  /** 0 for what is not known yet, −1 for a row of zeros. */
  #lengthsOfVectors: Float32Array | undefined;
  readonly #sources: readonly Source[];
  /** Of each file its documents: the first, and the one behind the last. */
  #ranges: Int32Array | undefined;
  readonly #names: (readonly [first: number, names: readonly string[]])[] = [];

  constructor(image: BaseImage | undefined, fileOf: (number: number) => FileId, segments: readonly FileInIndex[]) {
    this.image = image;
    this.beside = segments;
    this.isLive = new Uint8Array(image?.files.length ?? 0);
    const imageCount = image?.names.length ?? 0;
    this.documentCount = segments.reduce((sum, { segment }) => sum + segment.names.length, imageCount);
    this.file = new Int32Array(this.documentCount).fill(-1);
    const changed = new Set(segments.map(({ file }) => file));
    const sources: Source[] = [];
    if (image) {
      image.files.forEach((number, index) => {
        const file = fileOf(number);
        if (file < 0 || changed.has(file)) return;
        this.isLive[index] = 1;
        this.file.fill(file, image.first[index], image.first[index + 1]);
      });
      const { offsets, postings, terms } = image;
      sources.push({ offsets, postings, base: 0, find: (term) => terms.find(term) });
      this.#names.push([0, image.names]);
    }
    if (image && segments.length === 0) {
      this.documents = image.documents;
      this.lengths = image.lengths;
    } else {
      this.documents = new Int32Array(this.documentCount * DOCUMENT_STRIDE);
      this.lengths = new Uint8Array(this.documentCount * FIELD_COUNT);
      if (image) this.documents.set(image.documents);
      if (image) this.lengths.set(image.lengths);
    }
    const bases: number[] = [];
    let base = imageCount;
    for (const { file, segment } of segments) {
      const count = segment.names.length;
      bases.push(base);
      this.file.fill(file, base, base + count);
      this.documents.set(segment.documents, base * DOCUMENT_STRIDE);
      this.lengths.set(segment.lengths, base * FIELD_COUNT);
      const { offsets, postings, terms } = segment;
      sources.push({ offsets, postings, base, find: (term) => findTerm(terms, term) });
      this.#names.push([base, segment.names]);
      base += count;
    }
    this.#sources = sources;
    this.#bases = bases;
    const { live, means } = countLengths(this.file, this.lengths);
    this.liveCount = live;
    this.fileSlots = this.file.reduce((most, file) => Math.max(most, file + 1), 0);
    const held = new Uint8Array(this.fileSlots);
    for (const file of this.file) if (file >= 0) held[file] = 1;
    this.fileCount = held.reduce((sum, one) => sum + one, 0);
    this.meanLengths = means;
  }

  /** Where the word stands, source by source. */
  postingsOf(term: string): readonly TermPostings[] {
    const found: TermPostings[] = [];
    for (const { offsets, postings, base, find } of this.#sources) {
      const at = find(term);
      if (at >= 0) found.push({ postings, from: offsets[at]!, to: offsets[at + 1]!, base });
    }
    return found;
  }

  /** The document's vector, as bytes; undefined where it has none. */
  vector(document: number): Int8Array | undefined {
    let at = this.#bases.length - 1;
    while (at >= 0 && this.#bases[at]! > document) at--;
    const { vectorDocuments, vectors } = at < 0 ? this.image! : this.beside[at]!.segment;
    const wanted = document - (at < 0 ? 0 : this.#bases[at]!);
    let low = 0;
    let high = vectorDocuments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (vectorDocuments[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    if (vectorDocuments[low] !== wanted) return undefined;
    const dimensions = vectors.length / vectorDocuments.length;
    return vectors.subarray(low * dimensions, (low + 1) * dimensions);
  }

  /** Cosine of the document's vector and a unit vector; undefined where it has none. */
  cosine(document: number, vector: Float32Array): number | undefined {
    const row = this.vector(document);
    if (!row) return undefined;
    this.#lengthsOfVectors ??= new Float32Array(this.documentCount);
    let length = this.#lengthsOfVectors[document]!;
    if (length === 0) this.#lengthsOfVectors[document] = length = lengthOf(row);
    return length < 0 ? undefined : dot(row, vector) / length;
  }

  /** The file's documents: the first, which is the file itself, and the one behind the last. */
  documentsOf(file: number): readonly [first: number, end: number] {
    const ranges = this.ranges;
    return [ranges[file * 2]!, ranges[file * 2 + 1]!];
  }

  /** Both for each file, one after the other. */
  get ranges(): Int32Array {
    if (!this.#ranges) {
      this.#ranges = new Int32Array(this.fileSlots * 2);
      for (let document = 0; document < this.documentCount; document++) {
        const own = this.file[document]!;
        if (own < 0) continue;
        if (this.#ranges[own * 2 + 1] === 0) this.#ranges[own * 2] = document;
        this.#ranges[own * 2 + 1] = document + 1;
      }
    }
    return this.#ranges;
  }

  /** Number of the first document of each file beside the image. */
  besideBase(at: number): number {
    return this.#bases[at]!;
  }

  /** As written; empty for a file. */
  name(document: number): string {
    let at = this.#names.length - 1;
    while (this.#names[at]![0] > document) at--;
    const [first, names] = this.#names[at]!;
    return names[document - first]!;
  }

  symbolRow(document: number): number {
    return this.documents[document * DOCUMENT_STRIDE + DocumentColumn.symbol]!;
  }

  /** Index into symbolKinds, or CHUNK_KIND + index into chunkKinds. */
  kind(document: number): number {
    return this.documents[document * DOCUMENT_STRIDE + DocumentColumn.kind]!;
  }

  isPiece(document: number): boolean {
    return this.kind(document) >= CHUNK_KIND;
  }

  startLine(document: number): number {
    return this.documents[document * DOCUMENT_STRIDE + DocumentColumn.startLine]!;
  }

  endLine(document: number): number {
    return this.documents[document * DOCUMENT_STRIDE + DocumentColumn.endLine]!;
  }

  flags(document: number): number {
    return this.documents[document * DOCUMENT_STRIDE + DocumentColumn.flags]!;
  }
}

/** Four sums, which the processor adds side by side; the order is fixed. */
function dot(row: Int8Array, vector: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = row.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    a += row[at]! * vector[at]!;
    b += row[at + 1]! * vector[at + 1]!;
    c += row[at + 2]! * vector[at + 2]!;
    d += row[at + 3]! * vector[at + 3]!;
  }
  for (let at = whole; at < row.length; at++) a += row[at]! * vector[at]!;
  return a + b + (c + d);
}

function lengthOf(row: Int8Array): number {
  let square = 0;
  for (let at = 0; at < row.length; at++) square += row[at]! * row[at]!;
  return square > 0 ? Math.sqrt(square) : -1;
}

export interface FileInIndex {
  readonly file: FileId;
  readonly segment: SearchSegment;
}

/** Images stay in memory by their identity: the next snapshot of the same tree reads what changed and nothing else. */
const keptImages = new Map<string, BaseImage>();
const KEPT_IMAGES = 4;

export function openSearchIndex(stored: StoredSearch): SearchIndex {
  const segments = stored.segments().flatMap(({ file, bytes }) => {
    const segment = decodeSegment(bytes);
    return segment ? [{ file, segment }] : [];
  });
  return new SearchIndex(openImage(stored), (number) => stored.fileOf(number), segments);
}

function openImage(stored: StoredSearch): BaseImage | undefined {
  const { imageId } = stored;
  if (imageId === undefined) return undefined;
  let image = keptImages.get(imageId);
  if (image) keptImages.delete(imageId);
  else image = imageFromParts((name) => stored.part(name));
  if (!image) return undefined;
  keptImages.set(imageId, image);
  if (keptImages.size > KEPT_IMAGES) keptImages.delete(keptImages.keys().next().value!);
  return image;
}

/** Whole numbers: the sums do not depend on the order of the documents. */
function countLengths(file: Int32Array, lengths: Uint8Array): { readonly live: number; readonly means: Float64Array } {
  const sums = new Float64Array(FIELD_COUNT);
  const having = new Float64Array(FIELD_COUNT);
  let live = 0;
  for (let document = 0; document < file.length; document++) {
    if (file[document]! < 0) continue;
    live++;
    for (let field = 0; field < FIELD_COUNT; field++) {
      const code = lengths[document * FIELD_COUNT + field]!;
      if (code === 0) continue;
      sums[field]! += lengthOfCode[code]!;
      having[field]!++;
    }
  }
  return { live, means: sums.map((sum, field) => (having[field]! > 0 ? sum / having[field]! : 1)) };
}

function findTerm(terms: readonly string[], term: string): number {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (terms[middle]! < term) low = middle + 1;
    else high = middle;
  }
  return terms[low] === term ? low : -1;
}
