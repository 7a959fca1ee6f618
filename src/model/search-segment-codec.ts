/** SearchSegment as bytes: a header of 32-bit numbers, tables, postings, then texts. */
import { DOCUMENT_STRIDE, FIELD_COUNT, type SearchSegment } from './search-segment.ts';

const MAGIC = 0x54525345; // "TRSE"
const HEADER = 9;

export function encodeSegment(segment: SearchSegment): Uint8Array {
  const terms = Buffer.from(segment.terms.join('\n'));
  const names = Buffer.from(segment.names.map(withoutBreaks).join('\n'));
  const { offsets, documents, vectorDocuments, postings, lengths, vectors } = segment;
  const ints = HEADER + offsets.length + documents.length + vectorDocuments.length;
  const bytes = new Uint8Array(
    ints * 4 + postings.length + lengths.length + vectors.length + terms.length + names.length,
  );
  const view = new Int32Array(bytes.buffer, 0, ints);
  view.set([
    MAGIC,
    segment.terms.length,
    segment.names.length,
    vectorDocuments.length,
    postings.length,
    vectors.length,
    terms.length,
    names.length,
    0,
  ]);
  view.set(offsets, HEADER);
  view.set(documents, HEADER + offsets.length);
  view.set(vectorDocuments, HEADER + offsets.length + documents.length);
  let at = ints * 4;
  for (const part of [postings, lengths, vectors, terms, names]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Undefined for bytes that are no segment. */
export function decodeSegment(input: Uint8Array): SearchSegment | undefined {
  const bytes = input.byteOffset % 4 === 0 ? input : input.slice();
  if (bytes.length < HEADER * 4) return undefined;
  const all = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const [magic, termCount, documentCount, vectorCount, postingBytes, vectorBytes, termBytes, nameBytes] = all;
  if (magic !== MAGIC) return undefined;
  let at = HEADER;
  const ints = (count: number): Int32Array => all.subarray(at, (at += count));
  const offsets = ints(termCount! + 1);
  const documents = ints(documentCount! * DOCUMENT_STRIDE);
  const vectorDocuments = ints(vectorCount!);
  let byte = at * 4;
  const part = (length: number): Uint8Array => bytes.subarray(byte, (byte += length));
  const postings = part(postingBytes!);
  const lengths = part(documentCount! * FIELD_COUNT);
  const vectors = part(vectorBytes!);
  const terms = part(termBytes!);
  const names = part(nameBytes!);
  if (byte !== bytes.length) return undefined;
  return {
    terms: lines(terms, termCount!),
    offsets,
    postings,
    documents,
    lengths,
    names: lines(names, documentCount!),
    vectorDocuments,
    vectors: new Int8Array(vectors.buffer, vectors.byteOffset, vectors.length),
  };
}

function lines(bytes: Uint8Array, count: number): readonly string[] {
  return count === 0 ? [] : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').split('\n');
}

function withoutBreaks(name: string): string {
  return /[\n\r]/.test(name) ? name.replace(/[\n\r]+/g, ' ') : name;
}
