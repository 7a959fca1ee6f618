import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TrowelError } from './errors.ts';
import { ensureFolder, folderError, resolveFolders } from './folders.ts';

describe('resolveFolders', () => {
  it('follows the XDG specification on Linux and ignores relative values', () => {
    const environment = { XDG_DATA_HOME: '/d', XDG_CONFIG_HOME: 'relative' };
    expect(resolveFolders({ platform: 'linux', environment, home: '/home/a' })).toEqual({
      data: '/d/trowel',
      cache: '/home/a/.cache/trowel',
      configuration: '/home/a/.config/trowel',
    });
  });

  it('follows the platform on macOS and Windows', () => {
    expect(resolveFolders({ platform: 'darwin', environment: {}, home: '/Users/a' }).data).toBe(
      '/Users/a/Library/Application Support/trowel',
    );
    const windows = resolveFolders({ platform: 'win32', environment: { LOCALAPPDATA: 'C:\\L' }, home: 'C:\\Users\\a' });
    expect(windows.data).toBe('C:\\L\\trowel\\data');
    expect(windows.configuration).toBe('C:\\Users\\a\\AppData\\Roaming\\trowel');
  });

  it('lets a chosen data folder win, and keeps the cache in it', () => {
    const folders = resolveFolders({
      platform: 'linux',
      environment: { XDG_DATA_HOME: '/d' },
      home: '/h',
      dataFolder: '/mine',
    });
    expect(folders.data).toBe('/mine');
    expect(folders.cache).toBe('/mine/cache');
  });
});

describe('ensureFolder', () => {
  let scratch: string;
  beforeEach(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-folders-'));
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  it('makes a folder for the owner only', () => {
    const folder = path.join(scratch, 'a/b');
    ensureFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('says that a file stands in the way', () => {
    const file = path.join(scratch, 'file');
    writeFileSync(file, '');
    for (const folder of [file, path.join(file, 'inner')]) {
      expect(() => ensureFolder(folder)).toThrowError(
        expect.objectContaining({ code: 'data-folder', message: expect.stringContaining('a file stands') }),
      );
    }
  });

  it('tells a full disk and a read-only one apart', () => {
    const full = folderError('/x', Object.assign(new Error('no'), { code: 'ENOSPC' }));
    expect(full).toBeInstanceOf(TrowelError);
    expect(full.code).toBe('disk-full');
    expect(folderError('/x', Object.assign(new Error('no'), { code: 'EROFS' })).message).toContain('read-only');
  });
});
