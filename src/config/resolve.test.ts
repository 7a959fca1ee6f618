import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigSources } from './resolve.ts';
import { resolveConfig } from './resolve.ts';
import { settings } from './schema.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-config-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function resolve(
  given: { user?: string; project?: string; environment?: Record<string, string>; flags?: string[] } = {},
): ReturnType<typeof resolveConfig> {
  const userFile = path.join(scratch, 'config.json');
  const projectFile = path.join(scratch, 'trowel.config.json');
  writeFileSync(userFile, given.user ?? '{}');
  writeFileSync(projectFile, given.project ?? '{}');
  const sources: ConfigSources = {
    userFile,
    projectFile,
    environment: given.environment ?? {},
    flags: given.flags ?? [],
    workingFolder: '/somewhere',
    home: '/home/me',
  };
  return resolveConfig(sources);
}

const failing = (given: Parameters<typeof resolve>[0]): { code: string; message: string; hint: string } => {
  try {
    resolve(given);
  } catch (error) {
    return error as { code: string; message: string; hint: string };
  }
  throw new Error('expected an error');
};

describe('resolveConfig', () => {
  it('lets each layer win over the one before and remembers it', () => {
    const key = 'history.maxCommits';
    const user = '{ "history": { "maxCommits": 1 } }';
    const project = '{ "history": { "maxCommits": 2, }, } // mine';
    const environment = { TROWEL_HISTORY_MAX_COMMITS: '3' };
    const seen = [
      {},
      { user },
      { user, project },
      { user, project, environment },
      { user, project, environment, flags: [`${key}=4`] },
    ].map((given) => {
      const { values, origins } = resolve(given);
      return [values.history.maxCommits, origins.get(key)?.layer];
    });
    expect(seen).toEqual([
      [50_000, 'default'],
      [1, 'user'],
      [2, 'project'],
      [3, 'environment'],
      [4, 'flag'],
    ]);
  });

  it('reads booleans and lists from text', () => {
    const { values } = resolve({
      environment: { TROWEL_SCAN_INCLUDE_IGNORED: 'yes', TROWEL_SCAN_EXCLUDE: 'a, b' },
      flags: ['history.enabled=off'],
    });
    expect(values.scan.includeIgnored).toBe(true);
    expect(values.scan.exclude).toEqual(['a', 'b']);
    expect(values.history.enabled).toBe(false);
    expect(resolve({ flags: ['scan.exclude=["x,y"]'] }).values.scan.exclude).toEqual(['x,y']);
  });

  it('makes folders absolute', () => {
    expect(resolve({ environment: { TROWEL_DATA: 'd' } }).values.dataFolder).toBe('/somewhere/d');
    expect(resolve({ user: '{"dataFolder": "~/d"}' }).values.dataFolder).toBe('/home/me/d');
    expect(resolve({ user: '{"dataFolder": "d"}' }).values.dataFolder).toBe(path.join(scratch, 'd'));
  });

  it('is frozen', () => {
    const { values } = resolve();
    expect(Object.isFrozen(values)).toBe(true);
    expect(Object.isFrozen(values.scan)).toBe(true);
    expect(Object.isFrozen(values.scan.exclude)).toBe(true);
  });

  it('names the file and the key of what is wrong', () => {
    const unknown = failing({ project: '{ "scan": { "maxFileByte": 3 } }' });
    expect(unknown).toMatchObject({ code: 'config-invalid', hint: 'Did you mean scan.maxFileBytes?' });
    expect(unknown.message).toContain('trowel.config.json: scan.maxFileByte');
    expect(failing({ user: '{ "scan": { "maxFileBytes": "big" } }' }).message).toMatch(
      /config\.json: scan\.maxFileBytes is "big"/,
    );
    expect(failing({ user: '{ "scan": 3 }' }).message).toContain('scan must be an object');
    expect(failing({ user: '{' }).message).toContain('is not JSON');
    expect(failing({ environment: { TROWEL_HISTRY_ENABLED: '1' } }).hint).toBe('Did you mean TROWEL_HISTORY_ENABLED?');
    expect(failing({ flags: ['color'] }).message).toContain('expected key=value');
    expect(failing({ flags: ['color=pink'] }).message).toContain('color is "pink"');
    expect(failing({ user: '{ "__proto__": { "x": 1 } }' }).message).toContain('__proto__ is no setting');
  });

  it('does not let a repository choose what belongs to the user', () => {
    expect(failing({ project: '{ "dataFolder": "/elsewhere" }' }).message).toContain('cannot be set by a repository');
  });
});

describe('settings', () => {
  it('all have a description, a default that the schema takes, and their own variable', () => {
    for (const setting of settings) {
      expect(setting.description, setting.key).not.toBe('');
      expect(setting.schema.safeParse(setting.default).success, setting.key).toBe(true);
    }
    expect(new Set(settings.map(({ variable }) => variable)).size).toBe(settings.length);
  });
});
