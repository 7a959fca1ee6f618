import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot, runTrowel } from './run-trowel.ts';

let scratch: string;
let tree: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-interrupt-'));
  tree = path.join(scratch, 'tree');
  mkdirSync(tree);
  // Enough that a dig takes seconds.
  const body = (file: number): string =>
    Array.from(
      { length: 60 },
      (_, at) => `def f${file}_${at}(x):\n    return f${file}_${(at + 1) % 60}(x + ${file})\n`,
    ).join('\n');
  for (let file = 0; file < 400; file++) writeFileSync(path.join(tree, `m${file}.py`), body(file));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Interrupts a dig once it says that it reads files. */
function interrupted(data: string): Promise<{ code: number | null; signal: string | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      path.join(projectRoot, 'bin/trowel'),
      ['dig', tree, '--json', '--verbose', '--data-folder', data],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let out = '';
    let err = '';
    let sent = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      // The first stage is done, the long ones begin.
      if (!sent && err.includes('walking the tree')) {
        sent = true;
        child.kill('SIGINT');
      }
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

describe('Ctrl-C', () => {
  it('stops a dig cleanly with 130, and the next one goes on', async () => {
    const data = path.join(scratch, 'data');
    const { code, signal, out, err } = await interrupted(data);
    expect({ code, signal }, err).toEqual({ code: 130, signal: null });
    expect(JSON.parse(out)).toEqual({ error: { code: 'cancelled', message: 'Stopped.' } });
    expect(err).not.toContain('bug');
    const again = await runTrowel(['dig', tree, '--json', '--data-folder', data]);
    expect(again.code, again.err).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ files: 400, partial: false });
  });
});
