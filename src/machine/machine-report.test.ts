import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSystemKind } from './file-system-kind.ts';
import { machineReport } from './machine-report.ts';
import { firstProgram, programVersion } from './program-version.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-machine-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const ask = async (
  dataFolder: string,
  tree = scratch,
): Promise<Map<string, { status: string; hint?: string; found: string }>> => {
  const grammars = new Map([
    ['python', '/some/python.wasm'],
    ['cobol', undefined],
  ]);
  const checks = await machineReport({ dataFolder, tree, grammars, platform: process.platform });
  return new Map(checks.map((check) => [check.name, check]));
};

describe('machineReport', () => {
  it('finds what runs this test', async () => {
    const checks = await ask(path.join(scratch, 'data'));
    expect(checks.get('node')).toMatchObject({ status: 'ok', found: expect.stringContaining(process.version) });
    expect(checks.get('git')?.status).toBe('ok');
    expect(checks.get('sqlite')?.status).toBe('ok');
    expect(checks.get('data folder')?.status).not.toBe('missing');
  });

  it('says which grammar is missing', async () => {
    expect((await ask(scratch)).get('grammars')).toMatchObject({
      status: 'warn',
      found: '1 of 2',
      hint: 'Missing: cobol.',
    });
  });

  it('says why the data folder cannot be used', async () => {
    const file = path.join(scratch, 'file');
    writeFileSync(file, '');
    expect((await ask(file)).get('data folder')).toMatchObject({
      status: 'missing',
      hint: expect.stringContaining('a file stands'),
    });
  });

  it('says where code may run, or why not', async () => {
    const checks = [...(await ask(scratch))].filter(([name]) => name.startsWith('sandbox ')).map(([, check]) => check);
    expect(checks.length).toBeGreaterThan(0);
    for (const check of checks) {
      expect(check.found).not.toBe('');
      if (check.status !== 'ok') expect(check.hint).toMatch(/\w/);
    }
  });

  it('says that there is no such tree', async () => {
    expect((await ask(scratch, path.join(scratch, 'gone'))).get('tree')?.status).toBe('missing');
  });
});

describe('programVersion', () => {
  it('is undefined for what is not installed', async () => {
    expect(await programVersion('no-such-program-anywhere')).toBeUndefined();
    expect(await firstProgram(['no-such-program-anywhere', process.execPath])).toEqual({
      name: process.execPath,
      version: process.version,
    });
  });
});

describe('fileSystemKind', () => {
  it('knows the file system of a folder and its free space', () => {
    const kind = fileSystemKind(scratch, process.platform);
    expect(kind?.freeBytes).toBeGreaterThan(0);
    expect(fileSystemKind(path.join(scratch, 'gone'), process.platform)).toBeUndefined();
  });
});
