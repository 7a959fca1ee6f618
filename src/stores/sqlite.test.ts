import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrowelError } from '#base/errors.ts';
import { factsKey, openFactsStore } from './facts-store.ts';
import { pack, unpack } from './pack.ts';
import { Connection } from './sqlite.ts';
import { acquireWriterLock } from './writer-lock.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'trowel-stores-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failure = (work: () => unknown): TrowelError | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as TrowelError;
  }
};

describe('Connection', () => {
  it('says when no room is left, and keeps what was committed', () => {
    const connection = new Connection(path.join(folder, 'a.db'));
    connection.exec('CREATE TABLE t (x BLOB); INSERT INTO t VALUES (1); PRAGMA max_page_count = 8');
    const error = failure(() =>
      connection.transaction(() => connection.run('INSERT INTO t VALUES (zeroblob(1000000))')),
    );
    expect(error?.code).toBe('disk-full');
    expect(connection.inTransaction).toBe(false);
    expect(connection.all('SELECT x FROM t')).toHaveLength(1);
    connection.close();
  });

  it('undoes a transaction that throws', () => {
    const connection = new Connection(path.join(folder, 'a.db'));
    connection.exec('CREATE TABLE t (x)');
    expect(
      failure(() =>
        connection.transaction(() => {
          connection.run('INSERT INTO t VALUES (1)');
          throw new Error('no');
        }),
      )?.message,
    ).toBe('no');
    expect(connection.all('SELECT * FROM t')).toEqual([]);
    connection.close();
  });

  it('holds the revision that a read transaction began with', () => {
    const writer = new Connection(path.join(folder, 'a.db'));
    writer.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)');
    const reader = new Connection(path.join(folder, 'a.db'), { readOnly: true });
    reader.begin('DEFERRED');
    expect(reader.all('SELECT * FROM t')).toHaveLength(1);
    writer.run('INSERT INTO t VALUES (2)');
    expect(reader.all('SELECT * FROM t')).toHaveLength(1);
    reader.rollback();
    expect(reader.all('SELECT * FROM t')).toHaveLength(2);
    reader.close();
    writer.close();
  });
});

describe('facts store', () => {
  const key = (hash: string): { hash: string; language: string; declarations: boolean } => ({
    hash: hash.repeat(32),
    language: 'go',
    declarations: false,
  });

  it('keeps blobs by key and prunes what nobody needs', () => {
    const store = openFactsStore(folder);
    store.putAll([
      [key('a'), pack(Buffer.from('one'))],
      [key('b'), pack(Buffer.from('two'))],
    ]);
    expect(Buffer.from(unpack(store.get(key('a'))!)!).toString()).toBe('one');
    expect(store.get({ ...key('a'), declarations: true })).toBeUndefined();
    expect(store.prune(new Set([factsKey(key('b'))]))).toBe(1);
    expect([store.has(key('a')), store.has(key('b'))]).toEqual([false, true]);
    const { identity } = store;
    store.close();
    const again = openFactsStore(folder);
    expect(again.identity).toBe(identity);
    again.close();
  });
});

describe('writer lock', () => {
  it('is held by one, and free again when it is released', async () => {
    const first = await acquireWriterLock(folder, { patience: 0 });
    let holder: number | undefined;
    expect(await acquireWriterLock(folder, { patience: 30, onWait: (pid) => (holder = pid) })).toBeUndefined();
    expect(holder).toBe(process.pid);
    first!.release();
    const second = await acquireWriterLock(folder, { patience: 0 });
    expect(second).toBeDefined();
    second!.release();
  });
});
