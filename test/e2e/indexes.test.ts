import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrowel } from './run-trowel.ts';

interface Listed {
  readonly indexes: readonly { root: string; bytes: number; treeExists: boolean }[];
  readonly factsBytes: number;
  readonly pruned?: { removed: string[]; factsRemoved: number; busy: string[] };
  readonly forgotten?: string;
}

let scratch: string;
let data: string;
beforeAll(() => {
  scratch = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'trowel-indexes-')));
  data = path.join(scratch, 'data');
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function makeTree(name: string, word: string): string {
  const root = path.join(scratch, name);
  mkdirSync(root);
  writeFileSync(path.join(root, 'trowel.config.json'), '{}');
  writeFileSync(path.join(root, 'a.py'), `def ${word}():\n    return '${word}'\n`);
  return root;
}
const indexes = async (...words: string[]): Promise<Listed> => {
  const { code, out, err } = await runTrowel(['indexes', ...words, '--json', '--data-folder', data]);
  expect(code, err).toBe(0);
  return JSON.parse(out) as Listed;
};

describe('trowel indexes', () => {
  it('lists, prunes what is gone, and forgets', async () => {
    expect((await indexes()).indexes).toEqual([]);
    const one = makeTree('one', 'first');
    const two = makeTree('two', 'second');
    for (const root of [one, two]) expect((await runTrowel(['dig', root, '--data-folder', data])).code).toBe(0);
    const listed = await indexes();
    expect(listed.indexes.map(({ root }) => root)).toEqual([one, two]);
    expect(listed.indexes.every(({ bytes }) => bytes > 0)).toBe(true);

    expect((await indexes('prune')).pruned).toMatchObject({ removed: [], factsRemoved: 0, busy: [] });
    rmSync(one, { recursive: true });
    expect((await indexes()).indexes.map(({ treeExists }) => treeExists)).toEqual([false, true]);
    const { pruned, indexes: left } = await indexes('prune');
    expect(pruned).toMatchObject({ removed: [one], busy: [] });
    expect(pruned!.factsRemoved).toBeGreaterThan(0);
    expect(left.map(({ root }) => root)).toEqual([two]);
    expect(readdirSync(path.join(data, 'indexes'))).toHaveLength(1);

    const again = await runTrowel(['dig', two, '--json', '--data-folder', data]);
    expect(JSON.parse(again.out)).toMatchObject({ changes: { unchanged: 2, added: 0 } });
    expect((await indexes('forget', path.join(two, 'a.py'))).forgotten).toBe(two);
    expect((await indexes()).indexes).toEqual([]);
    expect(existsSync(path.join(two, 'a.py'))).toBe(true);
  });

  it('says that there is nothing to forget', async () => {
    const { code, err } = await runTrowel(['indexes', 'forget', scratch, '--data-folder', data]);
    expect(code).toBe(2);
    expect(err).toContain('There is no index of');
  });
});
