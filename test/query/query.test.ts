import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrowelError } from '../../src/base/errors.ts';
import { queryViews } from '../../src/index/query-views.ts';
import { type QueryRows, runQuery } from '../../src/workspace/run-query.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

let fixture: TreeFixture;
let indexFolder: string;
beforeAll(async () => {
  fixture = new TreeFixture();
  fixture.write(
    'shop.py',
    'import os\n\n\nclass Cart:\n    """Holds items."""\n\n    def add(self, item: str) -> int:\n        return count(item)\n\n\ndef count(x):\n    if x:\n        return os.getpid()\n    return 0\n',
  );
  const opened = await fixture.open();
  indexFolder = opened.indexFolder;
  opened.snapshot.close();
});
afterAll(() => fixture.dispose());

const ask = (sql: string, limit = 20_000, maxRows = 100): Promise<QueryRows> =>
  runQuery({ indexFolder, dataFolder: fixture.data, sql, maxRows }, limit);
const refusal = (sql: string, limit?: number): Promise<TrowelError | undefined> =>
  ask(sql, limit).then(
    () => undefined,
    (error: TrowelError) => error,
  );

describe('query', () => {
  it('answers over every column of every view', async () => {
    for (const { name, columns } of queryViews) {
      const answer = await ask(`SELECT * FROM ${name}`);
      expect(answer.columns).toEqual(columns.map((column) => column.name));
    }
  });

  it('knows keys, texts and metrics', async () => {
    const { rows } = await ask(
      "SELECT key, qualified_name, kind, parent, signature, return_type, cyclomatic FROM symbols WHERE name = 'add'",
    );
    expect(rows).toEqual([
      ['shop.py#Cart.add:method', 'Cart.add', 'method', 'shop.py#Cart:class', expect.stringContaining('add'), 'int', 1],
    ]);
    expect((await ask("SELECT documentation FROM symbols WHERE name = 'Cart'")).rows).toEqual([['Holds items.']]);
    expect((await ask("SELECT cyclomatic FROM symbols WHERE name = 'count'")).rows).toEqual([[2]]);
  });

  it('knows edges, inside and out', async () => {
    const { rows } = await ask(
      "SELECT source, target, external, provenance, line FROM edges WHERE kind = 'calls' ORDER BY line",
    );
    expect(rows).toContainEqual(['shop.py#Cart.add:method', 'shop.py#count:function', null, 'exact', 8]);
    expect(rows.some((row) => String(row[2]).includes('getpid'))).toBe(true);
  });

  it('takes a semicolon at the end and inside quotes', async () => {
    expect((await ask("SELECT 'a;b' AS x; -- done")).rows).toEqual([['a;b']]);
  });

  it('cuts long results and says so', async () => {
    expect(await ask('SELECT name FROM symbols', 20_000, 2)).toMatchObject({
      truncated: true,
      rows: [expect.anything(), expect.anything()],
    });
  });

  for (const sql of [
    'DELETE FROM files',
    'SELECT * FROM main.files',
    'SELECT * FROM sqlite_schema',
    'PRAGMA journal_mode',
    "ATTACH 'x.db' AS x",
    'CREATE TEMP TABLE t AS SELECT 1',
    "SELECT load_extension('x')",
    'SELECT * FROM pragma_database_list',
    'VACUUM',
    'SELEC 1',
    'SELECT 1; DELETE FROM files',
    'SELECT nope FROM files',
  ]) {
    it(`refuses ${sql}`, async () => expect((await refusal(sql))?.code).toBe('query-invalid'));
  }

  it('ends what does not end by itself', async () => {
    const error = await refusal(
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t',
      1500,
    );
    expect(error?.code).toBe('query-limit');
  });
});
