/**
 * The vectors of an image with those of the files that changed since, kept between snapshots: opening the next snapshot moves
 * what changed and nothing else. What is found depends on the rows alone.
 */
import { QuantisedVectorIndex } from '#vectors/quantised-vector-index.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { BaseImage } from './base-image.ts';
import type { QueryEncoder } from './encode-query.ts';
import type { SearchIndex } from './search-index.ts';

/** A file's vectors in the index that is being opened. */
export interface FileVectors {
  /** Names the file and its content. */
  readonly key: string;
  /** Number, in the whole, of its segment's first document. */
  readonly base: number;
  readonly vectorDocuments: Int32Array;
  readonly vectors: Int8Array;
}

export interface NearDocument {
  readonly document: number;
  /** Cosine. */
  readonly score: number;
}

export class VectorLayer {
  readonly dimensions: number;
  readonly #image: BaseImage;
  readonly #index: QuantisedVectorIndex;
  /** First row of each file of the image. */
  readonly #firstRow: Int32Array;
  readonly #isOut: Uint8Array;
  /** Of files beside the image: the ids of their rows. */
  readonly #beside = new Map<string, Int32Array>();
  /** Document by id; −1 for none. Ids below the image's rows are these rows. */
  #documents: Int32Array;
  #nextId: number;

  constructor(image: BaseImage, dimensions: number) {
    this.dimensions = dimensions;
    this.#image = image;
    this.#index = new QuantisedVectorIndex({ dimensions });
    const rows = image.vectorDocuments.length;
    this.#firstRow = new Int32Array(image.files.length + 1);
    let row = 0;
    for (let file = 0; file <= image.files.length; file++) {
      while (row < rows && image.vectorDocuments[row]! < image.first[file]!) row++;
      this.#firstRow[file] = row;
    }
    this.#isOut = new Uint8Array(image.files.length);
    this.#documents = image.vectorDocuments.slice();
    this.#nextId = rows;
    this.#put(
      Int32Array.from({ length: rows }, (_, id) => id),
      image.vectors,
    );
  }

  /** Makes the layer that of one snapshot: files of the image that are live in it, and what lies beside. */
  adjust(isLive: (file: number) => boolean, files: readonly FileVectors[]): void {
    for (let file = 0; file < this.#isOut.length; file++) {
      const out = isLive(file) ? 0 : 1;
      if (out === this.#isOut[file]) continue;
      this.#isOut[file] = out;
      const [from, to] = [this.#firstRow[file]!, this.#firstRow[file + 1]!];
      const ids = Int32Array.from({ length: to - from }, (_, at) => from + at);
      if (out === 1) void this.#index.remove(ids);
      else this.#put(ids, this.#image.vectors.subarray(from * this.dimensions, to * this.dimensions));
    }
    const wanted = new Set(files.map(({ key }) => key));
    for (const [key, ids] of this.#beside) {
      if (wanted.has(key)) continue;
      void this.#index.remove(ids);
      this.#beside.delete(key);
    }
    for (const { key, base, vectorDocuments, vectors } of files) {
      let ids = this.#beside.get(key);
      if (!ids) {
        ids = Int32Array.from(vectorDocuments, () => this.#nextId++);
        this.#beside.set(key, ids);
        this.#put(ids, vectors);
      }
      if (this.#nextId > this.#documents.length) {
        const grown = new Int32Array(this.#nextId * 2).fill(-1);
        grown.set(this.#documents);
        this.#documents = grown;
      }
      ids.forEach((id, at) => (this.#documents[id] = base + vectorDocuments[at]!));
    }
  }

  /** Best first; without `accepts`, of all. */
  nearest(vector: Float32Array, limit: number, accepts?: (document: number) => boolean): NearDocument[] {
    const accept = accepts && ((id: number): boolean => accepts(this.#documents[id]!));
    return this.#index
      .searchOne({ vector, limit, ...(accept ? { accept } : {}) })
      .map(({ id, score }) => ({ document: this.#documents[id]!, score }));
  }

  #put(ids: Int32Array, values: Int8Array): void {
    this.#index.addQuantised(ids, { values, scales: scalesOf(values, this.dimensions) });
  }
}

/** Rows are of unit length: the scale follows from the values. */
function scalesOf(values: Int8Array, dimensions: number): Float32Array {
  const scales = new Float32Array(values.length / dimensions);
  for (let row = 0; row < scales.length; row++) {
    let square = 0;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) square += values[at]! * values[at]!;
    scales[row] = square > 0 ? 1 / Math.sqrt(square) : 0;
  }
  return scales;
}

const layers = new WeakMap<BaseImage, { readonly layer: VectorLayer; of: SearchIndex | undefined }>();

/** The layer of the image, made that of the snapshot. */
function layerOf(image: BaseImage, index: SearchIndex, snapshot: Snapshot, dimensions: number): VectorLayer {
  let kept = layers.get(image);
  if (!kept) layers.set(image, (kept = { layer: new VectorLayer(image, dimensions), of: undefined }));
  if (kept.of !== index) {
    const files = snapshot.files();
    kept.layer.adjust(
      (file) => index.isLive[file] === 1,
      index.beside.map(({ file, segment }, at) => ({
        key: `${files[file]!.path}\0${files[file]!.hash}`,
        base: index.besideBase(at),
        vectorDocuments: segment.vectorDocuments,
        vectors: segment.vectors,
      })),
    );
    kept.of = index;
  }
  return kept.layer;
}

/** The vectors of the snapshot's documents; undefined where another model made them, or none. */
export function vectorsOf(snapshot: Snapshot, index: SearchIndex, encoder: QueryEncoder): VectorLayer | undefined {
  const { modelId } = snapshot.search();
  if (!index.image || modelId?.endsWith(`=${encoder.modelId}`) !== true) return undefined;
  return layerOf(index.image, index, snapshot, encoder.dimensions);
}
