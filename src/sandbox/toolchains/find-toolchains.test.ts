import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findToolchains } from './find-toolchains.ts';

let home: string;
let tree: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'trowel-toolchains-')));
  tree = path.join(home, 'project');
  mkdirSync(tree);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A program that tells its version, as an installation of that kind has it. */
function install(folder: string, name: string, version: string): string {
  const program = path.join(home, folder, 'bin', name);
  mkdirSync(path.dirname(program), { recursive: true });
  // Not a script: those are taken for a version manager's.
  writeFileSync(`${program}.c`, '');
  writeFileSync(program, `\necho v${version}\n`);
  chmodSync(program, 0o755);
  if (name === 'node') mkdirSync(path.join(home, folder, 'lib/node_modules'), { recursive: true });
  else {
    const library = path.join(home, folder, `lib/python${version.split('.').slice(0, 2).join('.')}`);
    mkdirSync(library, { recursive: true });
    writeFileSync(path.join(library, 'os.py'), '');
  }
  return program;
}

const find = (searchPath = '') => findToolchains({ tree, environment: { PATH: searchPath }, home });

describe('the toolchains of a project', () => {
  it('are none where there is none: never Trowel’s own', async () => {
    const found = await find(path.dirname(process.execPath));
    expect(found).toMatchObject({ node: undefined, python: undefined, readable: [], searchPath: [] });
  });

  it('are those that version files ask for, else the newest that a manager has', async () => {
    install('.nvm/versions/node/v18.1.0', 'node', '18.1.0');
    install('.nvm/versions/node/v22.3.0', 'node', '22.3.0');
    install('.pyenv/versions/3.9.1', 'python3', '3.9.1');
    install('.pyenv/versions/3.12.2', 'python3', '3.12.2');
    expect((await find()).node).toMatchObject({ version: '22.3.0' });
    expect((await find()).python).toMatchObject({ version: '3.12.2' });
    writeFileSync(path.join(tree, '.nvmrc'), 'v18\n');
    writeFileSync(path.join(tree, '.python-version'), '3.9\n');
    const { node, python, readable } = await find();
    expect(node).toMatchObject({ version: '18.1.0', because: '.nvmrc' });
    expect(python).toMatchObject({ version: '3.9.1', because: '.python-version' });
    expect(readable).toEqual([path.join(home, '.nvm/versions/node/v18.1.0'), path.join(home, '.pyenv/versions/3.9.1')]);
  });

  it('come from the project’s virtual environment first', async () => {
    const base = install('.pyenv/versions/3.11.4', 'python3', '3.11.4');
    mkdirSync(path.join(tree, '.venv/bin'), { recursive: true });
    writeFileSync(path.join(tree, '.venv/pyvenv.cfg'), '');
    symlinkSync(base, path.join(tree, '.venv/bin/python'));
    const { python } = await find();
    expect(python).toMatchObject({ program: path.join(tree, '.venv/bin/python'), because: '.venv of the project' });
    expect(python?.readable).toContain(path.join(home, '.pyenv/versions/3.11.4'));
  });

  it('open no folder because a repository says so', async () => {
    mkdirSync(path.join(home, '.ssh/bin'), { recursive: true });
    writeFileSync(path.join(home, '.ssh/bin/python3'), '\necho 3.11.0\n');
    chmodSync(path.join(home, '.ssh/bin/python3'), 0o755);
    mkdirSync(path.join(tree, '.venv/bin'), { recursive: true });
    writeFileSync(path.join(tree, '.venv/pyvenv.cfg'), `home = ${home}/.ssh/bin\n`);
    symlinkSync(path.join(home, '.ssh/bin/python3'), path.join(tree, '.venv/bin/python'));
    expect(await find()).toMatchObject({ python: undefined, readable: [] });
    // And no program of the tree is run to ask for its version.
    rmSync(path.join(tree, '.venv/bin/python'));
    writeFileSync(path.join(tree, '.venv/bin/python'), `\ntouch '${home}/ran'\n`);
    chmodSync(path.join(tree, '.venv/bin/python'), 0o755);
    expect((await find()).python).toBeUndefined();
    expect(() => realpathSync(path.join(home, 'ran'))).toThrow('ENOENT');
  });
});
