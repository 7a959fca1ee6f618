import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot, runProgram, runTrowel } from './run-trowel.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-published-'));
  mkdirSync(path.join(scratch, 'bin'));
  mkdirSync(path.join(scratch, 'dist'));
  cpSync(path.join(projectRoot, 'bin/trowel.mjs'), path.join(scratch, 'bin/trowel.mjs'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const entry = (): string => path.join(scratch, 'bin/trowel.mjs');

/** A Node that claims to be old: the entry file is run with its own idea of process.versions. */
function asOldNode(words: readonly string[]): ReturnType<typeof runProgram> {
  const disguise = path.join(scratch, 'disguise.mjs');
  writeFileSync(
    disguise,
    "Object.defineProperty(process, 'versions', { value: { node: '18.0.0' } });\nObject.defineProperty(process, 'version', { value: 'v18.0.0' });\n",
  );
  return runProgram(process.execPath, ['--import', disguise, entry(), ...words]);
}

describe('bin/trowel.mjs', () => {
  it('runs the bundle on this Node', async () => {
    await runTrowel(['--version']);
    const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string };
    expect(await runProgram(process.execPath, [path.join(projectRoot, 'bin/trowel.mjs'), '--version'])).toEqual({
      code: 0,
      out: `${version}\n`,
      err: '',
    });
  });

  it('hands an old Node over to the pinned one, with words and exit code', async () => {
    writeFileSync(
      path.join(scratch, 'dist/main.mjs'),
      'console.log(process.execPath, process.argv.slice(2).join("|"));\nprocess.exitCode = 7;\n',
    );
    const folder = path.join(scratch, 'node_modules', `node-${process.platform}-${process.arch}`);
    mkdirSync(path.join(folder, 'bin'), { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "node" }');
    writeFileSync(path.join(folder, 'bin/node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 });
    const { code, out } = await asOldNode(['a b', '--json']);
    expect(code).toBe(7);
    expect(out.trim().endsWith(' a b|--json')).toBe(true);
  });

  it('says one sentence where there is no new Node', async () => {
    writeFileSync(path.join(scratch, 'dist/main.mjs'), '');
    const { code, out, err } = await asOldNode(['--version']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      'trowel: Node 24 or newer is needed, this is v18.0.0, and none for this system came with the package.\n',
    );
  });

  it('says that the bundle is missing', async () => {
    expect((await runProgram(process.execPath, [entry()])).err).toContain('dist/ is missing');
  });

  it('is written in what old Nodes can parse', () => {
    expect(execFileSync(process.execPath, ['--check', entry()], { encoding: 'utf8' })).toBe('');
    expect(readFileSync(entry(), 'utf8')).not.toMatch(/\?\?|\?\.|`|^await /m);
  });
});
