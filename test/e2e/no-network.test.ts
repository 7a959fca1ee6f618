import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot, runProgram } from './run-trowel.ts';

/** A namespace of its own, with no network in it but an unused loopback device. */
const unshare = ['--map-root-user', '--net'];
const canUnshare = spawnSync('unshare', [...unshare, 'true']).status === 0;
const canTrace = spawnSync('strace', ['-V']).status === 0;

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-offline-'));
  writeFileSync(path.join(scratch, 'a.py'), 'def a():\n    return 1\n');
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const trowel = path.join(projectRoot, 'bin/trowel');

describe('without a network', () => {
  it.skipIf(!canUnshare)('digs, in a namespace that has none', async () => {
    const { code, out, err } = await runProgram('unshare', [
      ...unshare,
      trowel,
      'dig',
      scratch,
      '--json',
      '--data-folder',
      path.join(scratch, '.data'),
    ]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ files: 1 });
  });

  it.skipIf(!canTrace)('does not even try: no system call opens a connection', async () => {
    const log = path.join(scratch, 'strace.log');
    const words = [
      '-f',
      '-qq',
      '-e',
      'trace=connect,sendto,sendmsg',
      '-o',
      log,
      trowel,
      'dig',
      scratch,
      '--data-folder',
      path.join(scratch, '.data'),
    ];
    expect((await runProgram('strace', words)).code).toBe(0);
    const { out } = await runProgram('cat', [log]);
    expect(out.split('\n').filter((line) => /sa_family=AF_INET6?/.test(line))).toEqual([]);
  });
});
