/** Keeps the text index in step with the files, inside the caller's transaction: a segment a file, merged when many lie about. */
import { TrowelError } from '#base/errors.ts';
import { SearchRows } from '#index/search-rows.ts';
import { decodeSegment } from '#model/search-segment-codec.ts';
import { type BaseImage, imageFromParts, imageToParts } from '#search/base-image.ts';
import { type FileSegment, mergeImage } from '#search/merge-image.ts';
import type { Connection } from '#stores/sqlite.ts';

export interface SearchUpdate {
  /** The index's numbers of files that are gone. */
  readonly removed: readonly number[];
  /** Of files that were read; those whose content is as before may be among them. */
  readonly segments: readonly { readonly file: number; readonly bytes: Uint8Array; readonly isNew: boolean }[];
  /** Numbers of all files of the index. */
  readonly live: () => ReadonlySet<number>;
  /** Somebody waits for one file: nothing is merged unless it must be. */
  readonly inHaste: boolean;
}

/** Segments beside the image until they are merged: at the end of a walk, and in haste. */
const CALM_SEGMENTS = 48;
const HASTY_SEGMENTS = 1_000;

export class SearchWriter {
  readonly #rows: SearchRows;
  #modelId: string;
  #isOfModel: boolean;

  /** `modelId` is that of the model which makes the segments' vectors: vectors of two models never mix. */
  constructor(connection: Connection, modelId: string) {
    this.#rows = new SearchRows(connection);
    this.#modelId = modelId;
    this.#isOfModel = this.#rows.modelId === modelId;
  }

  /** False: another model made the vectors that are there, and every file's are to be made again. */
  get isOfModel(): boolean {
    return this.#isOfModel;
  }

  /** What is written from now on was made by this model. Throws `dimension-mismatch` where the rest was made by another one. */
  setModel(modelId: string): void {
    if (this.#isOfModel && modelId !== this.#modelId)
      throw new TrowelError('dimension-mismatch', 'The model behind the name that was chosen has changed.', {
        hint: '`trowel dig --rebuild` embeds everything anew.',
      });
    this.#modelId = modelId;
  }

  /** Whether the file is searched already. */
  has(file: number): boolean {
    return this.#isOfModel && this.#rows.has(file);
  }

  update({ removed, segments, live: liveFiles, inHaste }: SearchUpdate): void {
    for (const file of removed) this.#rows.remove(file);
    const fresh = segments.filter(({ file, isNew }) => file > 0 && (isNew || !this.has(file)));
    const hasImage = this.#isOfModel && this.#rows.imageId !== undefined;
    const beside = this.#rows.beside.segments + fresh.length;
    if (hasImage && beside <= (inHaste ? HASTY_SEGMENTS : CALM_SEGMENTS)) {
      for (const { file, bytes } of fresh) this.#rows.put(file, bytes);
      return;
    }
    if (hasImage && fresh.length === 0) return;
    const live = liveFiles();
    const merged = new Map<number, FileSegment>();
    const beforehand = hasImage ? this.#rows.segments() : [];
    for (const [file, bytes] of [...beforehand, ...fresh.map(({ file, bytes }) => [file, bytes] as const)]) {
      const segment = live.has(file) ? decodeSegment(bytes) : undefined;
      if (segment) merged.set(file, { file, segment });
    }
    const image = hasImage ? this.#image() : undefined;
    const made = mergeImage(image, (file) => live.has(file) && !merged.has(file), [...merged.values()]);
    this.#rows.replaceImage(imageToParts(made), made.files, this.#modelId);
    this.#isOfModel = true;
  }

  #image(): BaseImage | undefined {
    return imageFromParts((name) => this.#rows.part(name));
  }
}
