/** The one file that knows node:sqlite: connections with Trowel's settings, and SQLite's errors as Trowel's. */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { constants, DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { TrowelError } from '#base/errors.ts';

export type SqlValue = SQLInputValue;
export type Statement = StatementSync;

export interface ConnectionOptions {
  readonly readOnly?: boolean;
  /** Pages kept in memory, in KiB. */
  readonly cacheKilobytes?: number;
  /** How long to wait for another connection's commit, in milliseconds. */
  readonly busyTimeout?: number;
  /** Keeps SQLite's first journal mode: for a file that only serves as a lock. */
  readonly rollbackJournal?: boolean;
  /** Nothing can write the file, not even the shared memory that readers of a write-ahead log need: its folder is read-only. */
  readonly immutable?: boolean;
}

/** A connection. Prepared statements are kept by their text. */
export class Connection {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Statement>();
  #depth = 0;

  constructor(path: string, options: ConnectionOptions = {}) {
    this.path = path;
    this.#database = guarded(
      path,
      () =>
        new DatabaseSync(location(path, options), {
          readOnly: options.readOnly ?? false,
          timeout: options.busyTimeout ?? 5000,
        }),
    );
    try {
      guarded(path, () => {
        if (!options.readOnly && !options.rollbackJournal)
          this.#database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000');
        // A commit under WAL needs no sync to survive a killed process; what a power cut tears is found by SQLite's checksums.
        this.#database.exec(
          `PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${options.cacheKilobytes ?? 16_384}`,
        );
      });
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Runs statements without results. */
  exec(sql: string): void {
    guarded(this.path, () => this.#database.exec(sql));
  }

  /** A statement whose rows are objects. */
  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = guarded(this.path, () => this.#database.prepare(sql));
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  run(sql: string, ...values: readonly SqlValue[]): number {
    return guarded(this.path, () => Number(this.prepare(sql).run(...values).changes));
  }

  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return guarded(this.path, () => this.prepare(sql).get(...values) as Row | undefined);
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return guarded(this.path, () => this.prepare(sql).all(...values) as Row[]);
  }

  /** Rows as arrays: half the cost of objects for large results. */
  rows<Row extends readonly unknown[]>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return guarded(this.path, () => {
      const key = `${sql}\u0000rows`;
      let statement = this.#statements.get(key);
      if (!statement) {
        statement = this.#database.prepare(sql);
        statement.setReturnArrays(true);
        this.#statements.set(key, statement);
      }
      return statement.all(...values) as unknown as Row[];
    });
  }

  /** Runs `work` in a write transaction, which is rolled back if it throws. Not to be nested. */
  transaction<Result>(work: () => Result): Result {
    this.begin('IMMEDIATE');
    try {
      const result = guarded(this.path, work);
      this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  begin(mode: 'DEFERRED' | 'IMMEDIATE' | 'EXCLUSIVE'): void {
    this.exec(`BEGIN ${mode}`);
    this.#depth = 1;
  }

  commit(): void {
    this.exec('COMMIT');
    this.#depth = 0;
  }

  /** Harmless outside a transaction, and after SQLite itself rolled back. */
  rollback(): void {
    if (this.#depth === 0) return;
    this.#depth = 0;
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // A full disk makes SQLite roll back by itself; there is nothing left to undo.
    }
  }

  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  /** Makes a function available to SQL on this connection. */
  define(name: string, call: (...values: SqlValue[]) => SqlValue): void {
    this.#database.function(name, { deterministic: true, varargs: true }, call);
  }

  /**
   * From here on, statements may read the temporary views and nothing else; those that do anything else fail to prepare,
   * even if they were prepared before.
   */
  allowOnlyViews(): void {
    const harmless = new Set([constants.SQLITE_SELECT, constants.SQLITE_FUNCTION, constants.SQLITE_RECURSIVE]);
    const tableFunctions = new Set(['json_each', 'json_tree']);
    this.#database.setAuthorizer((action, table, column, database, view) => {
      if (harmless.has(action)) return constants.SQLITE_OK;
      // A read inside a view names the view; counting rows reads no column.
      const isOpen =
        view !== null || database === 'temp' || database === null || column === '' || tableFunctions.has(table ?? '');
      const isSchema = table?.startsWith('sqlite_') ?? false;
      return action === constants.SQLITE_READ && isOpen && !isSchema ? constants.SQLITE_OK : constants.SQLITE_DENY;
    });
  }

  /** Rows of a statement, as arrays, up to a number. */
  select<Value>(
    sql: string,
    maxRows: number,
  ): { readonly columns: string[]; readonly rows: Value[][]; readonly truncated: boolean } {
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    const columns = statement.columns().map(({ name }) => name ?? '');
    const rows: Value[][] = [];
    for (const row of statement.iterate()) {
      if (rows.length === maxRows) return { columns, rows, truncated: true };
      rows.push(row as unknown as Value[]);
    }
    return { columns, rows, truncated: false };
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}

/** Opens for reading, also in a folder that cannot be written to, as long as no journal lies beside the file. */
export function openReadOnly(path: string, busyTimeout = 5000): Connection {
  try {
    const connection = new Connection(path, { readOnly: true, busyTimeout });
    connection.get('SELECT 1 FROM sqlite_schema LIMIT 1');
    return connection;
  } catch (error) {
    const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    if (!(error instanceof TrowelError) || error.code !== 'data-folder' || hasLog || !existsSync(path)) throw error;
    return new Connection(path, { readOnly: true, immutable: true, busyTimeout });
  }
}

function location(path: string, { immutable }: ConnectionOptions): string | URL {
  if (!immutable) return path;
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}

const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Runs a call into SQLite and turns its failures into errors that say what to do. */
function guarded<Result>(path: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw translate(path, error);
  }
}

/** Leaves a note beside a damaged store, so that whoever opens it next for writing makes it anew. */
export function noteDamage(path: string): void {
  try {
    writeFileSync(`${path}.damaged`, '');
  } catch {
    // A folder that cannot be written to cannot be repaired either.
  }
}

export function isNotedAsDamaged(path: string): boolean {
  return existsSync(`${path}.damaged`);
}

/** Deletes a store with its journals and notes. */
export function removeStore(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '.damaged']) rmSync(path + suffix, { force: true });
}

/** A statement used outside `Connection`'s methods throws SQLite's own errors: pass them through here. */
function translate(path: string, error: unknown): unknown {
  if (error instanceof TrowelError) return error;
  const code = (error as { errcode?: number } | undefined)?.errcode;
  if (code === undefined) return error;
  const message = (error as Error).message;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return new TrowelError('disk-full', `No space is left for ${path}.`, {
        hint: 'What was indexed before is still there. Free some space, or choose another place with --data-folder.',
        cause: error,
      });
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      noteDamage(path);
      return new TrowelError('index-damaged', `${path} is damaged: ${message}.`, {
        hint: 'Run the command again: it is made anew.',
        cause: error,
      });
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return new TrowelError('data-folder', `Trowel cannot use ${path}: ${message}.`, {
        hint: 'Check the permissions and the space of the data folder, or choose another with --data-folder.',
        cause: error,
      });
    case SQLITE_BUSY:
      return new TrowelError('index-busy', `${path} is in use by another process.`, {
        hint: 'Try again in a moment.',
        cause: error,
      });
    default:
      return error;
  }
}
