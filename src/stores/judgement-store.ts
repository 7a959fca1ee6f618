/** judgements.db beside an index: what rules said of contents. Losing it costs time, never truth. */
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { Connection, removeStore } from './sqlite.ts';

const LAYOUT = 1;

export interface JudgementStore {
  /** Everything kept, by key. */
  all(): ReadonlyMap<string, string>;
  /** Adds entries and forgets all keys that are not needed any more. */
  keep(added: readonly (readonly [key: string, value: string])[], needed: ReadonlySet<string>): void;
  close(): void;
}

/** Undefined where the folder cannot be written to. A damaged store is made anew. */
export function openJudgementStore(indexFolder: string): JudgementStore | undefined {
  const file = path.join(indexFolder, 'judgements.db');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return open(file);
    } catch (error) {
      if (!(error instanceof TrowelError)) throw error;
      if (error.code !== 'index-damaged' || attempt > 0) return undefined;
      removeStore(file);
    }
  }
  return undefined;
}

function open(file: string): JudgementStore {
  const connection = new Connection(file, { busyTimeout: 2_000 });
  try {
    const version = connection.get<{ user_version: number }>('PRAGMA user_version')!.user_version;
    if (version !== LAYOUT) {
      connection.transaction(() => {
        connection.exec('DROP TABLE IF EXISTS judgements');
        connection.exec('CREATE TABLE judgements (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID');
        connection.exec(`PRAGMA user_version = ${LAYOUT}`);
      });
    }
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    all: () => new Map(connection.rows<[string, string]>('SELECT key, value FROM judgements')),
    keep(added, needed) {
      const stale = connection.rows<[string]>('SELECT key FROM judgements').filter(([key]) => !needed.has(key));
      if (added.length === 0 && stale.length === 0) return;
      connection.transaction(() => {
        for (const [key] of stale) connection.run('DELETE FROM judgements WHERE key = ?', key);
        for (const [key, value] of added)
          connection.run('INSERT OR REPLACE INTO judgements (key, value) VALUES (?, ?)', key, value);
      });
    },
    close: () => connection.close(),
  };
}
