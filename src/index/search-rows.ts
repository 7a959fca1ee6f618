/**
 * The text index's rows in index.db: the parts of one merged image, and a segment for each file that changed since it was
 * made. Bytes are opaque here but for the image's list of files.
 */
import { randomUUID } from 'node:crypto';
import { readMeta, writeMeta } from '#stores/index-store.ts';
import { pack, unpack } from '#stores/pack.ts';
import type { Connection } from '#stores/sqlite.ts';
import type { StoredSearch } from '#model/snapshot.ts';
import type { FileTable } from './file-table.ts';

export class SearchRows {
  readonly #connection: Connection;
  #imageFiles: ReadonlySet<number> | undefined;
  #segments: Map<number, number> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Names the image: another one, another identity. Undefined before the first. */
  get imageId(): string | undefined {
    return readMeta(this.#connection).get('search');
  }

  /** Of the model that made the vectors. */
  get modelId(): string | undefined {
    return readMeta(this.#connection).get('searchModel');
  }

  part(name: string): Uint8Array | undefined {
    const row = this.#connection.get<{ bytes: Uint8Array }>('SELECT bytes FROM search_image WHERE part = ?', name);
    return row && unpack(row.bytes);
  }

  /** Of files that changed since the image was made, with the index's number of the file. */
  segments(): (readonly [file: number, bytes: Uint8Array])[] {
    return this.#connection
      .rows<[number, Uint8Array]>('SELECT file, bytes FROM search_segments ORDER BY file')
      .flatMap(([file, packed]) => {
        const bytes = unpack(packed);
        return bytes ? [[file, bytes] as const] : [];
      });
  }

  /** Whether the file is searched at all. */
  has(file: number): boolean {
    return this.#sizes.has(file) || this.#files.has(file);
  }

  /** Segments beside the image, and their bytes. */
  get beside(): { readonly segments: number; readonly bytes: number } {
    return { segments: this.#sizes.size, bytes: this.#sizes.values().reduce((sum, size) => sum + size, 0) };
  }

  put(file: number, bytes: Uint8Array): void {
    const packed = pack(bytes);
    this.#connection.run('INSERT OR REPLACE INTO search_segments VALUES (?, ?)', file, packed);
    this.#sizes.set(file, packed.length);
  }

  remove(file: number): void {
    if (this.#sizes.delete(file)) this.#connection.run('DELETE FROM search_segments WHERE file = ?', file);
  }

  /** Puts a new image in place of the old one and of all segments. */
  replaceImage(parts: Readonly<Record<string, Uint8Array>>, files: Iterable<number>, modelId: string): void {
    this.#connection.run('DELETE FROM search_image');
    this.#connection.run('DELETE FROM search_segments');
    for (const [name, bytes] of Object.entries(parts))
      this.#connection.run('INSERT INTO search_image VALUES (?, ?)', name, pack(bytes));
    writeMeta(this.#connection, { search: randomUUID(), searchModel: modelId });
    this.#imageFiles = new Set(files);
    this.#segments = new Map();
  }

  get #sizes(): Map<number, number> {
    return (this.#segments ??= new Map(
      this.#connection.rows<[number, number]>('SELECT file, length(bytes) FROM search_segments'),
    ));
  }

  get #files(): ReadonlySet<number> {
    if (!this.#imageFiles) {
      const bytes = this.part('files')?.slice();
      this.#imageFiles = new Set(bytes ? new Int32Array(bytes.buffer, 0, bytes.byteLength >> 2) : []);
    }
    return this.#imageFiles;
  }
}

/** What a snapshot shows of the rows. */
export function storedSearch(connection: Connection, files: FileTable): StoredSearch {
  const rows = new SearchRows(connection);
  return {
    imageId: rows.imageId,
    modelId: rows.modelId,
    part: (name) => rows.part(name),
    segments: () =>
      rows.segments().flatMap(([id, bytes]) => {
        const file = files.fileById(id);
        return file < 0 ? [] : [{ file, bytes }];
      }),
    fileOf: (id) => files.fileById(id),
  };
}
