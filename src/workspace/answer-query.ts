/** Runs one statement over the views, read-only. In a process of its own (see run-query.ts). */
import { makeQueryFunctions } from '#index/query-functions.ts';
import { createViews } from '#index/query-views.ts';
import { decodeFacts } from '#model/facts-codec.ts';
import { type FactsStore, openFactsStore } from '#stores/facts-store.ts';
import { openIndexForReading } from '#stores/index-store.ts';
import { unpack } from '#stores/pack.ts';
import type { QueryRequest, QueryValue, QueryReply } from './run-query.ts';

export function answerQuery({ indexFolder, dataFolder, sql, maxRows }: QueryRequest): QueryReply {
  const connection = openIndexForReading(indexFolder);
  // The functions read through a connection of their own, to which no door is shut.
  const behind = openIndexForReading(indexFolder);
  if (!connection || !behind) return { kind: 'failed', message: 'there is no index' };
  let facts: FactsStore | undefined;
  const functions = makeQueryFunctions(behind, (file) => {
    facts ??= openFactsStore(dataFolder, { readOnly: true });
    const packed = facts.get(file);
    const bytes = packed && unpack(packed);
    return bytes && decodeFacts(bytes);
  });
  for (const [name, call] of Object.entries(functions)) connection.define(name, (id) => call(id as number | null));
  connection.exec(createViews());
  connection.allowOnlyViews();
  try {
    if (hasSecondStatement(sql)) return { kind: 'failed', message: 'only one statement at a time' };
    return { kind: 'rows', ...connection.select<QueryValue>(sql, maxRows) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  } finally {
    facts?.close();
    behind.close();
    connection.close();
  }
}

/** SQLite would run the first statement and pass over the rest in silence. */
function hasSecondStatement(sql: string): boolean {
  const bare = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[^]*?\*\//g, ' ');
  return /;\s*\S/.test(bare);
}
