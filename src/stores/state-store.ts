/** state.db: what people decided about a tree. Never rebuilt: each change of its layout is a numbered migration. */
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { Connection } from './sqlite.ts';

/** Migration i leads from version i to i + 1. Never edit one that was published; append. */
const migrations: readonly string[] = [
  'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE debt_items (
     fingerprint TEXT PRIMARY KEY, status TEXT NOT NULL, note TEXT, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE debt_scans (
     time INTEGER NOT NULL, commit_hash TEXT NOT NULL, revision TEXT NOT NULL PRIMARY KEY, findings INTEGER NOT NULL,
     minutes INTEGER NOT NULL, code_lines INTEGER NOT NULL, by_category TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
];

/** Opens a tree's decisions and brings an older layout up to date, all migrations or none. */
export function openStateStore(indexFolder: string): Connection {
  const file = path.join(indexFolder, 'state.db');
  const connection = new Connection(file);
  try {
    const version = (): number => connection.get<{ user_version: number }>('PRAGMA user_version')!.user_version;
    if (version() > migrations.length) {
      throw new TrowelError('unsupported', `${file} was written by a newer Trowel.`, {
        hint: 'Update Trowel; nothing was changed.',
      });
    }
    if (version() < migrations.length) {
      connection.transaction(() => {
        for (let at = version(); at < migrations.length; at++) connection.exec(migrations[at]!);
        connection.exec(`PRAGMA user_version = ${migrations.length}`);
      });
    }
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
