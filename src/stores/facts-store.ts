/**
 * facts.db: facts by what they were made of, shared by all indexes of the data folder. Losing it costs time, never truth:
 * a damaged one is thrown away and filled again.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { extractionIdentity } from '#base/build-identity.ts';
import { TrowelError } from '#base/errors.ts';
import { FACTS_VERSION } from '#model/facts.ts';
import { Connection, isNotedAsDamaged, openReadOnly, removeStore } from './sqlite.ts';

/** Raised when the table's layout or the packing of blobs changes. */
const STORE_VERSION = 2;

export interface FactsKey {
  /** Of the content, 32 hexadecimal digits. */
  readonly hash: string;
  readonly language: string;
  readonly declarations: boolean;
  /** Facts of a file whose extractor failed: kept apart, so that nobody takes them for what the content says. */
  readonly failed?: boolean;
}

export function factsKey({ hash, language, declarations, failed }: FactsKey): string {
  return `${hash}${declarations ? '!' : ':'}${language}${failed ? '?' : ''}@${extractionIdentity}`;
}

/** Packed facts by key. Blobs are opaque here; `pack.ts` makes them. */
export class FactsStore {
  /** Changes when the store was made anew: an index that was written beside another store looks its facts up again. */
  readonly identity: string;
  readonly #connection: Connection;
  readonly #inode: number | undefined;

  constructor(connection: Connection, identity: string) {
    this.#connection = connection;
    this.identity = identity;
    this.#inode = inodeOf(connection.path);
  }

  /** False once another process put a new file in its place: what is written here then, nobody else will read. */
  isInPlace(): boolean {
    return inodeOf(this.#connection.path) === this.#inode;
  }

  get(key: FactsKey): Uint8Array | undefined {
    return this.#connection.get<{ packed: Uint8Array }>('SELECT packed FROM facts WHERE key = ?', factsKey(key))
      ?.packed;
  }

  has(key: FactsKey): boolean {
    return this.#connection.get('SELECT 1 FROM facts WHERE key = ?', factsKey(key)) !== undefined;
  }

  isEmpty(): boolean {
    return this.#connection.get('SELECT 1 FROM facts LIMIT 1') === undefined;
  }

  putAll(entries: readonly (readonly [FactsKey, Uint8Array])[]): void {
    if (entries.length === 0) return;
    this.#connection.transaction(() => {
      for (const [key, packed] of entries) {
        this.#connection.run('INSERT OR REPLACE INTO facts (key, packed) VALUES (?, ?)', factsKey(key), packed);
      }
    });
  }

  /** Deletes what no index needs any more and gives the space back. Returns the number of entries deleted. */
  prune(needed: ReadonlySet<string>): number {
    const unneeded = this.#connection.rows<[string]>('SELECT key FROM facts').filter(([key]) => !needed.has(key));
    this.#connection.transaction(() => {
      for (const [key] of unneeded) this.#connection.run('DELETE FROM facts WHERE key = ?', key);
    });
    if (unneeded.length > 0) this.#connection.exec('VACUUM');
    return unneeded.length;
  }

  close(): void {
    this.#connection.close();
  }
}

export function hasFactsStore(dataFolder: string): boolean {
  return existsSync(factsFile(dataFolder));
}

/** Opens the store, or makes it; a damaged one or one of another version is made anew. */
export function openFactsStore(dataFolder: string, options: { readonly readOnly?: boolean } = {}): FactsStore {
  const file = factsFile(dataFolder);
  if (!options.readOnly && isNotedAsDamaged(file)) removeStore(file);
  try {
    return open(file, options.readOnly ?? false);
  } catch (error) {
    if (options.readOnly || !(error instanceof TrowelError) || error.code !== 'index-damaged') throw error;
    removeStore(file);
    return open(file, false);
  }
}

/** Of the store that lies there now; undefined where there is none, or none that can be read. */
export function factsIdentity(dataFolder: string): string | undefined {
  if (!hasFactsStore(dataFolder)) return undefined;
  try {
    const store = openFactsStore(dataFolder, { readOnly: true });
    store.close();
    return store.identity;
  } catch (error) {
    if (!(error instanceof TrowelError)) throw error;
    return undefined;
  }
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

function factsFile(dataFolder: string): string {
  return path.join(dataFolder, 'facts.db');
}

function open(file: string, readOnly: boolean): FactsStore {
  const connection = readOnly ? openReadOnly(file, 30_000) : new Connection(file, { busyTimeout: 30_000 });
  try {
    const version = `${STORE_VERSION}.${FACTS_VERSION}`;
    const stored = readIdentity(connection);
    if (stored?.version === version) return new FactsStore(connection, stored.identity);
    if (readOnly) throw new TrowelError('index-damaged', `${file} is of another version.`);
    const identity = randomUUID();
    connection.transaction(() => {
      connection.exec('DROP TABLE IF EXISTS facts; DROP TABLE IF EXISTS meta');
      connection.exec('CREATE TABLE facts (key TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT');
      connection.exec('CREATE TABLE meta (version TEXT NOT NULL, identity TEXT NOT NULL) STRICT');
      connection.run('INSERT INTO meta VALUES (?, ?)', version, identity);
    });
    return new FactsStore(connection, identity);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function readIdentity(connection: Connection): { readonly version: string; readonly identity: string } | undefined {
  if (connection.get("SELECT 1 FROM sqlite_schema WHERE name = 'meta'") === undefined) return undefined;
  return connection.get('SELECT version, identity FROM meta');
}
