/** Merges an image and the segments beside it into a new image. */
import { COUNTS_FOLLOW, DOCUMENT_STRIDE, FIELD_COUNT, type SearchSegment } from '#model/search-segment.ts';
import type { BaseImage, ImageContent } from './base-image.ts';
import { ByteSink } from './byte-sink.ts';

export interface FileSegment {
  /** The index's number of the file. */
  readonly file: number;
  readonly segment: SearchSegment;
}

/** What lies in one source: an image or a segment. */
interface Source {
  readonly offsets: Int32Array;
  readonly postings: Uint8Array;
  /** New number of each of its documents; −1 for those of files that are gone. */
  readonly renumbered: Int32Array;
}

/** `isLive` tells whether a file of the image is to be kept; files of the segments are. */
export function mergeImage(
  image: BaseImage | undefined,
  isLive: (file: number) => boolean,
  segments: readonly FileSegment[],
): ImageContent {
  const files: number[] = [];
  const first: number[] = [];
  const names: string[] = [];
  const documents: Int32Array[] = [];
  const lengths: Uint8Array[] = [];
  const vectorDocuments: number[] = [];
  const vectors: Int8Array[] = [];
  const sources: Source[] = [];
  const lists: Iterable<string>[] = [];
  if (image) {
    const renumbered = new Int32Array(image.names.length).fill(-1);
    image.files.forEach((file, index) => {
      if (!isLive(file)) return;
      const [from, to] = [image.first[index]!, image.first[index + 1]!];
      files.push(file);
      first.push(names.length);
      for (let document = from; document < to; document++) {
        renumbered[document] = names.length;
        names.push(image.names[document]!);
      }
      documents.push(image.documents.subarray(from * DOCUMENT_STRIDE, to * DOCUMENT_STRIDE));
      lengths.push(image.lengths.subarray(from * FIELD_COUNT, to * FIELD_COUNT));
    });
    keepVectors(image, renumbered, vectorDocuments, vectors);
    sources.push({ offsets: image.offsets, postings: image.postings, renumbered });
    lists.push(image.terms.words());
  }
  for (const { file, segment } of segments) {
    const renumbered = Int32Array.from(segment.names, (_, document) => names.length + document);
    files.push(file);
    first.push(names.length);
    for (const name of segment.names) names.push(name);
    documents.push(segment.documents);
    lengths.push(segment.lengths);
    keepVectors(segment, renumbered, vectorDocuments, vectors);
    sources.push({ offsets: segment.offsets, postings: segment.postings, renumbered });
    lists.push(segment.terms);
  }
  first.push(names.length);
  return {
    files: Int32Array.from(files),
    first: Int32Array.from(first),
    documents: joined(documents, Int32Array),
    lengths: joined(lengths, Uint8Array),
    names,
    vectorDocuments: Int32Array.from(vectorDocuments),
    vectors: joined(vectors, Int8Array),
    ...mergePostings(sources, lists),
  };
}

function keepVectors(
  { vectorDocuments, vectors }: Pick<SearchSegment, 'vectorDocuments' | 'vectors'>,
  renumbered: Int32Array,
  kept: number[],
  rows: Int8Array[],
): void {
  if (vectorDocuments.length === 0) return;
  const dimensions = vectors.length / vectorDocuments.length;
  vectorDocuments.forEach((document, row) => {
    if (renumbered[document]! < 0) return;
    kept.push(renumbered[document]!);
    rows.push(vectors.subarray(row * dimensions, (row + 1) * dimensions));
  });
}

function mergePostings(
  sources: readonly Source[],
  lists: readonly Iterable<string>[],
): Pick<ImageContent, 'terms' | 'offsets' | 'postings'> {
  // Every (term, source) pair, then sorted by term with a counting sort: sources of a term stay in their order.
  const numbers = new Map<string, number>();
  const pairs = { term: [] as number[], source: [] as number[], local: [] as number[] };
  lists.forEach((list, source) => {
    let local = 0;
    for (const term of list) {
      let number = numbers.get(term);
      if (number === undefined) numbers.set(term, (number = numbers.size));
      pairs.term.push(number);
      pairs.source.push(source);
      pairs.local.push(local++);
    }
  });
  const sorted = [...numbers.keys()].sort();
  const rank = new Int32Array(sorted.length);
  sorted.forEach((term, index) => (rank[numbers.get(term)!] = index));
  const next = new Int32Array(sorted.length + 1);
  for (const term of pairs.term) next[rank[term]! + 1]!++;
  for (let term = 0; term < sorted.length; term++) next[term + 1]! += next[term]!;
  const starts = next.slice();
  const order = new Int32Array(pairs.term.length);
  pairs.term.forEach((term, pair) => (order[next[rank[term]!]!++] = pair));

  const sink = new ByteSink(sources.reduce((sum, { postings }) => sum + postings.length, 0) + 1024);
  const terms: string[] = [];
  const offsets: number[] = [];
  sorted.forEach((term, index) => {
    const before = sink.length;
    let previous = -1;
    for (let at = starts[index]!; at < starts[index + 1]!; at++) {
      const pair = order[at]!;
      previous = copyPostings(sources[pairs.source[pair]!]!, pairs.local[pair]!, previous, sink);
    }
    if (sink.length === before) return;
    terms.push(term);
    offsets.push(before);
  });
  offsets.push(sink.length);
  return { terms, offsets: Int32Array.from(offsets), postings: sink.finish() };
}

/** Appends the postings of live documents. Returns the last document's new number. */
function copyPostings({ offsets, postings, renumbered }: Source, local: number, last: number, sink: ByteSink): number {
  let previous = last;
  let document = -1;
  const end = offsets[local + 1]!;
  for (let at = offsets[local]!; at < end;) {
    let delta = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = postings[at++]!;
      delta |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    document += delta + 1;
    const from = at;
    const mask = postings[at++]!;
    if ((mask & COUNTS_FOLLOW) !== 0) for (let bits = mask & (COUNTS_FOLLOW - 1); bits > 0; bits &= bits - 1) at++;
    const renamed = renumbered[document]!;
    if (renamed < 0) continue;
    sink.varint(renamed - previous - 1);
    sink.append(postings, from, at);
    previous = renamed;
  }
  return previous;
}

type Numbers = Int32Array | Uint8Array | Int8Array;

function joined<Kind extends Numbers>(parts: readonly Kind[], make: new (length: number) => Kind): Kind {
  const whole = new make(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
