import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot, runProgram } from './run-trowel.ts';

let root: string;
/** A checkout in small: the real scripts on two source files. */
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'trowel-build-'));
  for (const name of ['bin', 'scripts', 'package.json'])
    cpSync(path.join(projectRoot, name), path.join(root, name), { recursive: true });
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  mkdirSync(path.join(root, 'src/languages'), { recursive: true });
  mkdirSync(path.join(root, 'models'));
  writeFileSync(
    path.join(root, 'src/languages/grammars.ts'),
    'export const grammarFiles = (): { source: string; target: string }[] => [];\n',
  );
  writeFileSync(path.join(root, 'src/extra.ts'), 'export {};\n');
  say('one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const main = (): string => path.join(root, 'src/main.ts');
const say = (word: string): void => writeFileSync(main(), `console.log(${JSON.stringify(word)});\n`);
const run = async (): Promise<string> => {
  const { out, err, code } = await runProgram(path.join(root, 'bin/trowel'), []);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  return out.trim();
};
const builtAt = (): string => readFileSync(path.join(root, 'dist/main.mjs'), 'utf8');
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('the build of a checkout', () => {
  it('follows edits, also those that keep an old time', async () => {
    expect(await run()).toBe('one');
    await tick();
    say('two');
    expect(await run()).toBe('two');
    await tick();
    const beside = `${main()}.beside`;
    writeFileSync(beside, "console.log('three');\n");
    utimesSync(beside, 1, 1);
    renameSync(beside, main());
    expect(await run()).toBe('three');
  });

  it('notices that a file was deleted', async () => {
    await run();
    const before = readFileSync(path.join(root, 'dist/.built'), 'utf8') + builtAt();
    expect(before).toContain('one');
    await tick();
    rmSync(path.join(root, 'src/extra.ts'));
    writeFileSync(path.join(root, 'dist/main.mjs'), "console.log('stale');\n");
    expect(await run()).toBe('one');
  });

  it('does not build where nothing changed', async () => {
    await run();
    writeFileSync(path.join(root, 'dist/main.mjs'), "console.log('kept');\n");
    expect(await run()).toBe('kept');
  });

  it('can be run for the first time by several processes at once', async () => {
    expect(await Promise.all([run(), run(), run()])).toEqual(['one', 'one', 'one']);
    expect(
      readdirSync(path.join(root, 'dist')).filter((name) => name.startsWith('building-') || name.startsWith('.built.')),
    ).toEqual([]);
    expect(existsSync(path.join(root, 'dist/.built'))).toBe(true);
  });

  it('fails loudly, keeps the old bundle, and comes back', async () => {
    await run();
    await tick();
    writeFileSync(main(), 'this is no program (\n');
    const { code, err } = await runProgram(path.join(root, 'bin/trowel'), []);
    expect(code).not.toBe(0);
    expect(err).toContain('main.ts');
    expect(builtAt()).toContain('one');
    await tick();
    say('again');
    expect(await run()).toBe('again');
  });
});
