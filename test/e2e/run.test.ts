import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseRunner } from '#sandbox/registry.ts';
import { runTrowel } from './run-trowel.ts';

let scratch: string;
let tree: string;
const trowel = (...words: string[]) =>
  runTrowel(['run', '--path', tree, ...words], {
    environment: { TROWEL_DATA: path.join(scratch, 'data'), HOME: scratch },
  });
beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-run-'));
  tree = path.join(scratch, 'tree');
  mkdirSync(tree);
  writeFileSync(
    path.join(tree, 'package.json'),
    JSON.stringify({ name: 'demo', scripts: { hello: 'echo hi' }, bin: { demo: 'demo.cjs' } }),
  );
  writeFileSync(
    path.join(tree, 'demo.cjs'),
    'console.log("demo", process.argv.slice(2).join()); require("fs").writeFileSync("made", "x");\n',
  );
  writeFileSync(path.join(tree, 'broken.cjs'), '\nrequire("no-such-package-here");\n');
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const runner = await chooseRunner('auto').catch(() => undefined);

describe.skipIf(!runner)('run', () => {
  it('lists what a project offers', async () => {
    const { code, out } = await trowel('--json');
    expect(code).toBe(0);
    const { targets } = JSON.parse(out) as { targets: { name: string }[] };
    expect(targets.map(({ name }) => name).toSorted()).toEqual(['demo', 'hello']);
  });

  it('streams what a program writes, and leaves the tree as it is', async () => {
    const { code, out, err } = await trowel('demo', 'a', 'b');
    expect(code, err).toBe(0);
    expect(out).toMatch(/^demo a,b\nok/);
    expect(existsSync(path.join(tree, 'made'))).toBe(false);
  });

  it('passes words with dashes behind --', async () => {
    const { out } = await trowel('--json', '--', 'sh', '-c', 'echo "$1"; exit 3', 'sh', '-x');
    expect(JSON.parse(out)).toMatchObject({ status: 'ran', output: '-x\n', exit: { kind: 'exited', code: 3 } });
  });

  it('says why it failed, and what is missing', async () => {
    const { code, out } = await trowel('broken.cjs', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      failure: { kind: 'import', file: 'broken.cjs', line: 2 },
      proposal: { package: 'no-such-package-here', isDeclared: false },
    });
  });

  it('refuses what is blocked, and keeps a log of all', async () => {
    const { code, out } = await trowel('--', 'npm', 'publish');
    expect(code).toBe(2);
    expect(out).toContain('block-list');
    const log = JSON.parse((await trowel('--log', '--json')).out) as {
      entries: { program: string; end: { kind: string } }[];
    };
    expect(log.entries[0]).toMatchObject({ program: 'npm', end: { kind: 'refused' } });
    expect(log.entries.map(({ program }) => program)).toEqual(expect.arrayContaining(['node', 'sh']));
  });

  it('lets no control characters through to the terminal', async () => {
    const { out } = await trowel('--', 'printf', String.raw`\033]0;owned\007\033[2J\033[31mred\033[0m\n`);
    expect(out).not.toMatch(/\u001b|\u0007/);
    expect(out).toContain('red');
  });
});
