/**
 * vectors.db: vectors that other encoders made, by the model and the text that they were made of, shared by all indexes of the
 * data folder. Losing it costs the encoder's time, never truth: a damaged one is thrown away and filled again.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { Connection, isNotedAsDamaged, removeStore } from './sqlite.ts';

/** Raised when the table's layout or what a key is made of changes. */
const STORE_VERSION = 2;
/** Vectors that are kept, some 800 MB at 768 dimensions; the oldest go first. */
const MOST_VECTORS = 1_000_000;

export class VectorStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get(key: string): Int8Array | undefined {
    const row = this.#connection.get<{ vector: Uint8Array }>('SELECT vector FROM vectors WHERE key = ?', key);
    return row && new Int8Array(row.vector.buffer, row.vector.byteOffset, row.vector.length);
  }

  /** `model` is the id of the encoder that made them. */
  putAll(model: string, entries: readonly (readonly [key: string, vector: Int8Array])[]): void {
    this.#connection.transaction(() => {
      for (const [key, { buffer, byteOffset, length }] of entries)
        this.#connection.run(
          'INSERT OR REPLACE INTO vectors (key, model, vector) VALUES (?, ?, ?)',
          key,
          model,
          new Uint8Array(buffer, byteOffset, length),
        );
      this.#connection.run('DELETE FROM vectors WHERE rowid <= (SELECT max(rowid) FROM vectors) - ?', MOST_VECTORS);
    });
  }

  /** Removes what other encoders than these made; returns how many vectors that were. */
  prune(models: ReadonlySet<string>): number {
    const gone = this.#connection
      .rows<[string, number]>('SELECT model, count(*) FROM vectors GROUP BY model')
      .filter(([model]) => !models.has(model));
    this.#connection.transaction(() => {
      for (const [model] of gone) this.#connection.run('DELETE FROM vectors WHERE model = ?', model);
    });
    if (gone.length > 0) this.#connection.exec('VACUUM');
    return gone.reduce((sum, [, count]) => sum + count, 0);
  }

  close(): void {
    this.#connection.close();
  }
}

export function hasVectorStore(dataFolder: string): boolean {
  return existsSync(vectorsFile(dataFolder));
}

const vectorsFile = (dataFolder: string): string => path.join(dataFolder, 'vectors.db');

/** Opens the store, or makes it; a damaged one or one of another version is made anew. */
export function openVectorStore(dataFolder: string): VectorStore {
  const file = vectorsFile(dataFolder);
  if (isNotedAsDamaged(file)) removeStore(file);
  try {
    return open(file);
  } catch (error) {
    if (!(error instanceof TrowelError) || error.code !== 'index-damaged') throw error;
    removeStore(file);
    return open(file);
  }
}

function open(file: string): VectorStore {
  const connection = new Connection(file, { busyTimeout: 30_000 });
  try {
    const version = connection.get<{ user_version: number }>('PRAGMA user_version')?.user_version;
    if (version !== STORE_VERSION) {
      connection.transaction(() => {
        connection.exec('DROP TABLE IF EXISTS vectors');
        connection.exec(
          'CREATE TABLE vectors (key TEXT PRIMARY KEY, model TEXT NOT NULL, vector BLOB NOT NULL) STRICT',
        );
        connection.exec(`PRAGMA user_version = ${STORE_VERSION}`);
      });
    }
    return new VectorStore(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}
