/** Where a tmpfs cannot hold an overlay (Linux before 6.6), what is written lies in the data folder. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bubblewrapAvailability } from './availability.ts';
import { holdTree } from './hold-tree.ts';

const available = (await bubblewrapAvailability()).available;

describe.skipIf(!available)('a held tree', () => {
  let scratch: string;
  let tree: string;
  let folder: string;
  beforeEach(() => {
    // On the disk: /tmp may be a tmpfs itself.
    scratch = mkdtempSync(path.join(import.meta.dirname, '../../../node_modules/.held-'));
    [tree, folder] = [path.join(scratch, 'tree'), path.join(scratch, 'folder')];
    for (const name of [path.join(tree, 'sub'), folder]) mkdirSync(name, { recursive: true });
    writeFileSync(path.join(tree, 'sub/a'), 'a\n');
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  const inside = (pid: number, script: string): string =>
    execFileSync(
      'nsenter',
      ['--target', String(pid), '--user', '--mount', '--preserve-credentials', 'sh', '-c', script],
      {
        encoding: 'utf8',
      },
    );

  it.each([true, false])('takes changes and forgets them (in memory: %s)', async (inMemory) => {
    const held = await holdTree({ tree, folder, diskBytes: 32 * 1024 ** 2, inMemory });
    try {
      expect(held.how).toBe('overlay');
      const script = `cd '${folder}/tree' && rm -r sub && mkdir sub && echo b > sub/b && ls sub && head -c 3000000 /dev/zero > big`;
      expect(inside(held.pid, script)).toBe('b\n');
      expect(readFileSync(path.join(tree, 'sub/a'), 'utf8')).toBe('a\n');
      if (inMemory) expect(held.writtenBytes).toBeUndefined();
      else expect(await held.writtenBytes!()).toBeGreaterThan(2_900_000);
    } finally {
      await held.release();
    }
    expect(existsSync(folder)).toBe(false);
  });

  it('says so when it cannot be had', async () => {
    await expect(holdTree({ tree: path.join(scratch, 'nothing'), folder, diskBytes: 1 })).rejects.toThrow('ENOENT');
    const aborted = holdTree({ tree, folder, diskBytes: 1024 ** 2 }, AbortSignal.abort());
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
  });
});
