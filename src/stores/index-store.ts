/** index.db: one work tree's files, symbols and edges. It can be made again at any time; its layout is private to Trowel. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { indexIdentity } from '#base/build-identity.ts';
import { TrowelError } from '#base/errors.ts';
import { FACTS_VERSION } from '#model/facts.ts';
import { Connection, isNotedAsDamaged, openReadOnly, removeStore } from './sqlite.ts';

/** Raised when the tables below change. */
const INDEX_VERSION = 3;
const indexVersion = `${INDEX_VERSION}.${FACTS_VERSION}.${indexIdentity}`;

/**
 * `files.ids`: the numbers of the file's symbols by row, as pairs (first, count) of 32-bit integers. A symbol keeps its
 * number as long as its key lives. `edges.owner` is the file whose text gave rise to the edge, 0 when it is the source's own;
 * `edges.line` counts from the source's first line, so that an edit above moves nothing; `edges.target` is −external for what
 * lies outside; `edges.label` is kind | provenance << 4. Contains-edges are `symbols.parent`.
 * `files.walked` is what the walk said of language and roles, before the content was read; `skipped.size` and on are set where
 * the content was read and refused. `files.failed`: an extractor failed, so that its facts are not all that the content says.
 */
const schema = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, raw_path TEXT, language TEXT NOT NULL, roles INTEGER NOT NULL,
    level INTEGER NOT NULL, partial INTEGER NOT NULL, bytes INTEGER NOT NULL, code INTEGER NOT NULL, comment INTEGER NOT NULL,
    blank INTEGER NOT NULL, hash TEXT NOT NULL, declarations INTEGER NOT NULL, failed INTEGER NOT NULL, ids BLOB NOT NULL, unresolved INTEGER NOT NULL,
    edges_hash INTEGER NOT NULL,
    walked TEXT NOT NULL, size INTEGER NOT NULL, modified TEXT NOT NULL, changed TEXT NOT NULL, inode TEXT NOT NULL, racy INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE symbols (
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL, parent INTEGER, owner TEXT, name TEXT NOT NULL, kind INTEGER NOT NULL,
    flags INTEGER NOT NULL, visibility INTEGER NOT NULL, start_line INTEGER NOT NULL, end_line INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE metrics (
    symbol INTEGER PRIMARY KEY, code INTEGER NOT NULL, comment INTEGER NOT NULL, blank INTEGER NOT NULL,
    cyclomatic INTEGER NOT NULL, cognitive INTEGER NOT NULL, nesting INTEGER NOT NULL, statements INTEGER NOT NULL,
    distinct_operators INTEGER NOT NULL, distinct_operands INTEGER NOT NULL, operators INTEGER NOT NULL,
    operands INTEGER NOT NULL, lack_of_cohesion INTEGER
  ) STRICT;
  CREATE TABLE edges (
    source INTEGER NOT NULL, owner INTEGER NOT NULL, seq INTEGER NOT NULL, target INTEGER NOT NULL, label INTEGER NOT NULL,
    line INTEGER NOT NULL, column INTEGER NOT NULL, rivals INTEGER, PRIMARY KEY (source, owner, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE externals (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE search_image (part TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE search_segments (file INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE skipped (
    path TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT, size INTEGER, modified TEXT, changed TEXT, inode TEXT
  ) STRICT;
`;

/** Made after the rows of a first dig: filling an index in order of arrival costs twice as much. */
export const lateIndexes = `
  CREATE INDEX IF NOT EXISTS symbols_by_name ON symbols (name COLLATE NOCASE);
  CREATE INDEX IF NOT EXISTS symbols_by_owner ON symbols (owner) WHERE owner IS NOT NULL;
  CREATE INDEX IF NOT EXISTS edges_by_target ON edges (target);
  CREATE INDEX IF NOT EXISTS edges_by_foreign_owner ON edges (owner) WHERE owner <> 0;
`;

export interface OpenedIndex {
  readonly connection: Connection;
  /** Why an older index was thrown away; undefined when it was not. */
  readonly rebuilt: string | undefined;
}

const fileName = 'index.db';

/** Opens for writing; makes the index when there is none, it is damaged or of another version. Hold the writer lock. */
export function openIndexForWriting(indexFolder: string): OpenedIndex {
  mkdirSync(indexFolder, { recursive: true });
  const file = path.join(indexFolder, fileName);
  if (isNotedAsDamaged(file)) {
    removeIndex(indexFolder);
    return { connection: create(file), rebuilt: 'it was damaged' };
  }
  try {
    const connection = new Connection(file, { cacheKilobytes: 65_536 });
    try {
      const version = storedVersion(connection);
      if (version === indexVersion) {
        checkHealth(connection);
        return { connection, rebuilt: undefined };
      }
      connection.close();
      if (version !== undefined) removeIndex(indexFolder);
      return {
        connection: create(file),
        rebuilt: version === undefined ? undefined : 'it was made by another version',
      };
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof TrowelError) || error.code !== 'index-damaged') throw error;
    removeIndex(indexFolder);
    return { connection: create(file), rebuilt: 'it was damaged' };
  }
}

/** Undefined when there is none that can be read: dig first. */
export function openIndexForReading(indexFolder: string): Connection | undefined {
  const file = path.join(indexFolder, fileName);
  if (isNotedAsDamaged(file)) return undefined;
  let connection: Connection | undefined;
  try {
    connection = openReadOnly(file);
    if (storedVersion(connection) === indexVersion) return connection;
  } catch (error) {
    connection?.close();
    if (error instanceof TrowelError && (error.code === 'index-damaged' || error.code === 'data-folder'))
      return undefined;
    throw error;
  }
  connection.close();
  return undefined;
}

/** Deletes the index's tables; what people decided (state.db) stays. */
export function removeIndex(indexFolder: string): void {
  removeStore(path.join(indexFolder, fileName));
}

function create(file: string): Connection {
  const connection = new Connection(file, { cacheKilobytes: 65_536 });
  connection.transaction(() => {
    connection.exec(schema);
    connection.run("INSERT INTO meta VALUES ('version', ?)", indexVersion);
  });
  return connection;
}

function storedVersion(connection: Connection): string | undefined {
  if (connection.get("SELECT 1 FROM sqlite_schema WHERE name = 'meta'") === undefined) return undefined;
  return connection.get<{ value: string }>("SELECT value FROM meta WHERE key = 'version'")?.value;
}

/** A glance at both ends of each table: cheap at any size. What it misses is met, and reported, when it is read. */
function checkHealth(connection: Connection): void {
  for (const table of ['files', 'symbols', 'metrics', 'externals']) {
    connection.get(`SELECT min(rowid), max(rowid) FROM ${table}`);
  }
  connection.get('SELECT min(source), max(source) FROM edges');
}

export function readMeta(connection: Connection): ReadonlyMap<string, string> {
  return new Map(connection.rows<[string, string]>('SELECT key, value FROM meta'));
}

export function writeMeta(connection: Connection, values: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(values))
    connection.run('INSERT OR REPLACE INTO meta VALUES (?, ?)', key, value);
}
