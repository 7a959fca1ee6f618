/** judgements.db beside an index: what rules said of contents, and of whole trees. Losing it costs time, never truth. */
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { Connection, removeStore } from './sqlite.ts';

const LAYOUT = 2;
/** Reports of whole trees: the views that a person asks for in turn, and the tree before the last change. */
const REPORTS = 8;
/** So many contents are looked up one by one; more are read with all that is kept. */
const FEW = 64;

export interface JudgementStore {
  /** What is kept of these contents by those rules, or more. */
  judgements(rules: string, contents: readonly string[]): ReadonlyMap<string, string>;
  /** Adds what the rules said of contents. */
  keep(rules: string, added: readonly (readonly [content: string, value: string])[]): void;
  /** Forgets contents whose hash, their key's first part, is in the tree no more, and what other rules said. */
  prune(hashes: ReadonlySet<string>, rules: readonly string[]): void;
  /** What was found in a whole tree. */
  report(key: string): string | undefined;
  keepReport(key: string, value: string): void;
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
        connection.exec('DROP TABLE IF EXISTS reports');
        connection.exec(
          'CREATE TABLE judgements (rules TEXT, content TEXT, value TEXT NOT NULL, PRIMARY KEY (rules, content)) STRICT, WITHOUT ROWID',
        );
        connection.exec(
          'CREATE TABLE reports (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT',
        );
        connection.exec(`PRAGMA user_version = ${LAYOUT}`);
      });
    }
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    judgements(rules, contents) {
      if (contents.length > FEW)
        return new Map(
          connection.rows<[string, string]>('SELECT content, value FROM judgements WHERE rules = ?', rules),
        );
      const found = new Map<string, string>();
      for (const content of contents) {
        const [row] = connection.rows<[string]>(
          'SELECT value FROM judgements WHERE rules = ? AND content = ?',
          rules,
          content,
        );
        if (row) found.set(content, row[0]);
      }
      return found;
    },
    keep(rules, added) {
      if (added.length === 0) return;
      connection.transaction(() => {
        for (const [content, value] of added)
          connection.run(
            'INSERT OR REPLACE INTO judgements (rules, content, value) VALUES (?, ?, ?)',
            rules,
            content,
            value,
          );
      });
    },
    prune(hashes, rules) {
      const known = new Set(rules);
      const stale = connection
        .rows<[string, string]>('SELECT rules, content FROM judgements')
        .filter(([by, content]) => !known.has(by) || !hashes.has(content.slice(0, content.indexOf(':'))));
      if (stale.length === 0) return;
      connection.transaction(() => {
        for (const [by, content] of stale)
          connection.run('DELETE FROM judgements WHERE rules = ? AND content = ?', by, content);
      });
    },
    report: (key) => connection.rows<[string]>('SELECT value FROM reports WHERE key = ?', key)[0]?.[0],
    keepReport(key, value) {
      connection.transaction(() => {
        connection.run('INSERT OR REPLACE INTO reports (key, value) VALUES (?, ?)', key, value);
        connection.run('DELETE FROM reports WHERE id <= (SELECT max(id) FROM reports) - ?', REPORTS);
      });
    },
    close: () => connection.close(),
  };
}
