/**
 * The merged, immutable part of a text index: all files as of one merge, in typed arrays. What changes afterwards lies beside
 * it, a segment a file. Its layout says nothing to readers: documents of a file lie together, files in any order.
 */
import { DOCUMENT_STRIDE, FIELD_COUNT } from '#model/search-segment.ts';
import { encodeTerms, TermTable } from './term-table.ts';

export interface BaseImage {
  /** The index's numbers of the files, by the image's own. */
  readonly files: Int32Array;
  /** The documents of file f are first[f] to first[f + 1]. */
  readonly first: Int32Array;
  /** As in a segment. */
  readonly documents: Int32Array;
  readonly lengths: Uint8Array;
  readonly terms: TermTable;
  /** As in a segment, with the image's document numbers. */
  readonly offsets: Int32Array;
  readonly postings: Uint8Array;
  /** One a document. */
  readonly names: readonly string[];
  readonly vectorDocuments: Int32Array;
  readonly vectors: Int8Array;
}

/** An image as bytes, by part: what is not asked for need not be read. */
export type ImageParts = Readonly<Record<ImagePart, Uint8Array>>;
const imageParts = [
  'files',
  'first',
  'documents',
  'lengths',
  'terms',
  'blocks',
  'offsets',
  'postings',
  'names',
  'vectorDocuments',
  'vectors',
] as const;
export type ImagePart = (typeof imageParts)[number];

export interface ImageContent extends Omit<BaseImage, 'terms'> {
  readonly terms: readonly string[];
}

/** Offsets and documents are kept as differences, column by column, which pack small. */
export function imageToParts(image: ImageContent): ImageParts {
  const { count, blocks, bytes } = encodeTerms(image.terms);
  return {
    files: bytesOf(image.files),
    first: bytesOf(image.first),
    documents: bytesOf(toColumns(image.documents, DOCUMENT_STRIDE)),
    lengths: image.lengths,
    terms: bytes,
    blocks: bytesOf(Int32Array.of(count, ...differences(blocks))),
    offsets: bytesOf(differences(image.offsets)),
    postings: image.postings,
    names: Buffer.from(image.names.join('\n')),
    vectorDocuments: bytesOf(differences(image.vectorDocuments)),
    vectors: new Uint8Array(image.vectors.buffer, image.vectors.byteOffset, image.vectors.length),
  };
}

/** Undefined where a part is missing or does not fit the others. */
export function imageFromParts(part: (name: ImagePart) => Uint8Array | undefined): BaseImage | undefined {
  const read = Object.fromEntries(imageParts.map((name) => [name, part(name)]));
  if (imageParts.some((name) => read[name] === undefined)) return undefined;
  const ints = (name: ImagePart): Int32Array => intsOf(read[name]!);
  const documents = fromColumns(ints('documents'), DOCUMENT_STRIDE);
  const count = documents.length / DOCUMENT_STRIDE;
  const [termCount = 0, ...blocks] = ints('blocks');
  const names = count === 0 ? [] : Buffer.from(read['names']!).toString('utf8').split('\n');
  const lengths = read['lengths']!;
  if (names.length !== count || lengths.length !== count * FIELD_COUNT) return undefined;
  const vectors = read['vectors']!;
  return {
    files: ints('files'),
    first: ints('first'),
    documents,
    lengths,
    terms: new TermTable({ count: termCount, blocks: sums(Int32Array.from(blocks)), bytes: read['terms']! }),
    offsets: sums(ints('offsets')),
    postings: read['postings']!,
    names,
    vectorDocuments: sums(ints('vectorDocuments')),
    vectors: new Int8Array(vectors.buffer, vectors.byteOffset, vectors.length),
  };
}

function bytesOf(numbers: Int32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function intsOf(bytes: Uint8Array): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
}

function differences(numbers: Int32Array): Int32Array {
  return numbers.map((value, index) => (index === 0 ? value : value - numbers[index - 1]!));
}

function sums(numbers: Int32Array): Int32Array {
  const made = numbers.slice();
  for (let index = 1; index < made.length; index++) made[index]! += made[index - 1]!;
  return made;
}

function toColumns(rows: Int32Array, stride: number): Int32Array {
  const count = rows.length / stride;
  const columns = new Int32Array(rows.length);
  for (let row = 0; row < count; row++)
    for (let column = 0; column < stride; column++) columns[column * count + row] = rows[row * stride + column]!;
  return columns;
}

function fromColumns(columns: Int32Array, stride: number): Int32Array {
  const count = columns.length / stride;
  const rows = new Int32Array(columns.length);
  for (let row = 0; row < count; row++)
    for (let column = 0; column < stride; column++) rows[row * stride + column] = columns[column * count + row]!;
  return rows;
}
