import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { treeFiles } from './tree-files.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'trowel-tree-files-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const ways = process.platform === 'linux' ? [true, false] : [false];

describe.each(ways)('files of a tree, through /proc: %s', (hasProc) => {
  const outside = path.join(home, String(hasProc));
  const folder = path.join(outside, 'tree');
  mkdirSync(path.join(folder, 'inner'), { recursive: true });
  mkdirSync(path.join(outside, 'target'));
  writeFileSync(path.join(outside, 'secret'), 'secret');
  writeFileSync(path.join(folder, 'long'), 'x'.repeat(100));
  symlinkSync('inner', path.join(folder, 'inside'));
  symlinkSync('../secret', path.join(folder, 'out'));
  symlinkSync(path.join(outside, 'target'), path.join(folder, 'away'));
  // On macOS it is a program that Seatbelt keeps inside; here one that follows no link.
  const removeInside = async (name: string): Promise<void> =>
    void spawnSync('rm', ['-rf', '--', name], { cwd: folder });
  const files = treeFiles({ folder, root: folder, maxBytes: 1000, hasProc, removeInside });
  const read = async (name: string): Promise<string | undefined> => {
    const found = await files.read(name);
    return found && Buffer.from(found).toString();
  };

  it('are written, read and removed', async () => {
    await files.write('a/b/c.txt', 'one');
    await files.write('long', 'short');
    expect([await read('a/b/c.txt'), await read('long'), await read('a/none')]).toEqual(['one', 'short', undefined]);
    await files.remove('a');
    await files.remove('a');
    expect(existsSync(path.join(folder, 'a'))).toBe(false);
  });

  it('are followed by links that stay inside, and by no others', async () => {
    await files.write('inside/new', 'x');
    expect(readFileSync(path.join(folder, 'inner/new'), 'utf8')).toBe('x');
    for (const name of ['out', 'away/x', '../secret', '/etc/passwd'])
      await expect(files.read(name), name).rejects.toMatchObject({ code: 'usage' });
    await expect(files.write('out', 'x')).rejects.toMatchObject({ code: 'usage' });
    await expect(files.write('away/x', 'x')).rejects.toMatchObject({ code: 'usage' });
    expect(readFileSync(path.join(outside, 'secret'), 'utf8')).toBe('secret');
    await files.remove('away');
    expect(existsSync(path.join(outside, 'target'))).toBe(true);
  });

  it('are not exchanged for a link meanwhile', async () => {
    writeFileSync(path.join(outside, 'target/planted'), 'before');
    const script = `cd '${folder}'; while :; do mkdir -p race; rm -rf race; ln -s ../target race; rm -f race; done`;
    const racer = spawn('sh', ['-c', script], { stdio: 'ignore' });
    try {
      for (let attempt = 0; attempt < 200; attempt++) {
        await files.write('race/planted', 'after').catch(() => {});
        await files.write('race/other', 'after').catch(() => {});
        await files.remove('race').catch(() => {});
      }
    } finally {
      racer.kill('SIGKILL');
    }
    expect(readFileSync(path.join(outside, 'target/planted'), 'utf8')).toBe('before');
    const other = path.join(outside, 'target/other');
    expect(hasProc ? existsSync(other) : existsSync(other) && readFileSync(other, 'utf8') !== '').toBe(false);
  });
});
