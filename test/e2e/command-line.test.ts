import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot, runProgram, runTrowel } from './run-trowel.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-e2e-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('bin/trowel', () => {
  it('tells the version of package.json, from any folder and through a symbolic link', async () => {
    const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string };
    expect(await runTrowel(['--version'], { cwd: scratch })).toEqual({ code: 0, out: `${version}\n`, err: '' });
    const link = path.join(scratch, 'linked-trowel');
    symlinkSync(path.join(projectRoot, 'bin/trowel'), link);
    expect((await runProgram(link, ['--version'], { cwd: '/' })).out).toBe(`${version}\n`);
  });

  it('shows settings with their origin, reading the project file of the enclosing repository', async () => {
    const root = path.join(scratch, 'project');
    mkdirSync(path.join(root, 'deep/er'), { recursive: true });
    writeFileSync(path.join(root, 'trowel.config.json'), '{ "scan": { "exclude": ["gen/"], }, } // ours');
    const environment = { TROWEL_HISTORY_ENABLED: 'false', XDG_CONFIG_HOME: path.join(scratch, 'none') };
    const { code, out } = await runTrowel(['config', '--json', '--config', 'color=never'], {
      cwd: path.join(root, 'deep/er'),
      environment,
    });
    expect(code).toBe(0);
    const { settings } = JSON.parse(out) as {
      settings: { key: string; value: unknown; layer: string; from: string }[];
    };
    const shown = Object.fromEntries(settings.map(({ key, value, layer }) => [key, [value, layer]]));
    expect(shown).toMatchObject({
      'scan.exclude': [['gen/'], 'project'],
      'history.enabled': [false, 'environment'],
      color: ['never', 'flag'],
      'scan.includeIgnored': [false, 'default'],
    });
  });

  it('names the file of a broken setting and ends with 2', async () => {
    const root = path.join(scratch, 'broken');
    mkdirSync(root);
    writeFileSync(path.join(root, 'trowel.config.json'), '{ "scan": { "maxFileBytes": true } }');
    const { code, out, err } = await runTrowel(['config', '--json'], { cwd: root });
    expect(code).toBe(2);
    expect(err).toContain(path.join(root, 'trowel.config.json'));
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'config-invalid' } });
  });

  it('suggests an operation', async () => {
    const { code, out, err } = await runTrowel(['confgi']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Did you mean `trowel config`?');
  });

  it('ends quietly when the reader goes away', async () => {
    const command = `"${path.join(projectRoot, 'bin/trowel')}" --help | true; "${path.join(projectRoot, 'bin/trowel')}" config | head -n 1`;
    const { code, out, err } = await runProgram('sh', ['-c', command]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toHaveLength(2);
  });
});

describe('doctor', () => {
  it('reports on this machine, and ends with 1 where the data folder cannot be written', async () => {
    const fine = await runTrowel(['doctor', '--json', '--data-folder', path.join(scratch, 'data')]);
    expect(fine.code).toBe(0);
    const { checks } = JSON.parse(fine.out) as { checks: { name: string; status: string }[] };
    expect(checks.find(({ name }) => name === 'grammars')?.status).toBe('ok');
    const file = path.join(scratch, 'a-file');
    writeFileSync(file, '');
    const broken = await runTrowel(['doctor', '--data-folder', file]);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain('a file stands where a folder should be');
  });

  it('lists the languages', async () => {
    const { code, out } = await runTrowel(['doctor', '--languages', '--json']);
    expect(code).toBe(0);
    const { languages } = JSON.parse(out) as { languages: { id: string; level: string }[] };
    expect(languages.length).toBeGreaterThanOrEqual(40);
  });
});
