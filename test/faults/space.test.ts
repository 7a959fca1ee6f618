import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrowelError } from '../../src/base/errors.ts';
import { projectFiles } from '../incremental/projects.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

let fixture: TreeFixture;
const mounted: string[] = [];
beforeEach(() => {
  fixture = new TreeFixture();
  fixture.become(new Map(projectFiles.map(({ path: file, versions }) => [file, versions[0]!])));
});
afterEach(() => {
  for (const folder of mounted.splice(0)) spawnSync('umount', ['-l', folder]);
  chmodSync(fixture.folder, 0o755);
  fixture.dispose();
});

/** A small file system of its own where the system lets us mount one. */
function mount(folder: string, options: string): boolean {
  mkdirSync(folder, { recursive: true });
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (done) mounted.push(folder);
  return done;
}

const failure = (work: Promise<unknown>): Promise<TrowelError | undefined> =>
  work.then(
    () => undefined,
    (error: TrowelError) => error,
  );

function bigFile(words: number): string {
  return Array.from(
    { length: words },
    (_, i) => `def function_number_${i}_${(i * 2654435761) % 4294967296}(a, b):\n    return a + b\n`,
  ).join('\n');
}

describe('no room, no permission', () => {
  it('a full disk is a clear error, and what was indexed before is still there', async () => {
    const data = path.join(fixture.folder, 'small');
    // Where nothing can be mounted, a limit on the size of files stands in for the disk's.
    if (!mount(data, 'size=1m')) mkdirSync(data);
    const before = await fixture.dump({ dataFolder: data });
    const filler = path.join(data, 'filler');
    if (mounted.length > 0) {
      try {
        writeFileSync(filler, Buffer.alloc(1 << 20));
      } catch {
        // That is the point.
      }
    }
    fixture.write('shop/big.py', bigFile(3000));
    if (mounted.length === 0) return;
    const error = await failure(fixture.dump({ dataFolder: data }));
    expect(error?.code).toBe('disk-full');
    expect(error?.hint).toMatch(/space/i);
    fixture.remove('shop/big.py');
    writeFileSync(filler, '');
    expect(await fixture.dump({ dataFolder: data })).toBe(before);
  });

  it('a data folder that cannot be written to is a clear error', async () => {
    const data = path.join(fixture.folder, 'sealed');
    if (!mount(data, 'ro')) {
      mkdirSync(data);
      chmodSync(data, 0o500);
    }
    const error = await failure(fixture.dump({ dataFolder: data }));
    expect(error?.code).toBe('data-folder');
    expect(error?.hint).toMatch(/--data-folder/);
  });

  it('a data folder that was sealed after a dig still answers', async () => {
    const data = path.join(fixture.folder, 'sealed-later');
    mkdirSync(data);
    const isMount = mount(data, 'size=20m');
    const before = await fixture.dump({ dataFolder: data });
    if (isMount) spawnSync('mount', ['-o', 'remount,ro', data]);
    else chmodSync(data, 0o500);
    expect(await fixture.dump({ dataFolder: data })).toBe(before);
    fixture.write('shop/more.py', 'x = 1\n');
    const error = await failure(fixture.dump({ dataFolder: data }));
    expect(error?.code).toBe('data-folder');
    if (!isMount) chmodSync(data, 0o700);
  });

  it('a data folder that is a file is a clear error', async () => {
    const data = path.join(fixture.folder, 'file');
    writeFileSync(data, '');
    expect((await failure(fixture.dump({ dataFolder: data })))?.code).toBe('data-folder');
  });
});
