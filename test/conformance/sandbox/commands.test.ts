/** What every runner does with commands: streams, files, exits, several at once. */
import { chmodSync, chownSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Place } from './runners.ts';
import { forEachRunner, makePlace, shell } from './runners.ts';

forEachRunner('commands', (runner) => {
  let place: Place;
  let sandbox: Sandbox;
  beforeAll(async () => {
    place = makePlace(runner);
    sandbox = await place.open();
  });
  afterAll(() => place.clear());

  it('run in the tree and see it', async () => {
    const result = await shell(sandbox, 'pwd; cat notes.txt; echo bad >&2');
    expect(result).toMatchObject({
      exit: { kind: 'exited', code: 0 },
      output: `${sandbox.root}\non the host\n`,
      errors: 'bad\n',
    });
    expect((await sandbox.run({ program: 'cat', arguments: ['inner.txt'], folder: 'folder' })).output).toBe('inner\n');
    expect(result.milliseconds).toBeGreaterThan(0);
  });

  it('change their own tree, never the host’s', async () => {
    await shell(sandbox, 'echo changed > notes.txt; rm -r folder; mkdir folder; echo new > folder/other.txt');
    expect((await shell(sandbox, 'cat notes.txt; ls folder')).output).toBe('changed\nother.txt\n');
    expect(readFileSync(path.join(place.tree, 'notes.txt'), 'utf8')).toBe('on the host\n');
    expect(existsSync(path.join(place.tree, 'folder/inner.txt'))).toBe(true);
    expect(existsSync(path.join(place.tree, 'folder/other.txt'))).toBe(false);
  });

  it('say how they ended', async () => {
    const exitOf = async (script: string): Promise<unknown> => (await shell(sandbox, script)).exit;
    expect(await exitOf('exit 0')).toEqual({ kind: 'exited', code: 0 });
    expect(await exitOf('exit 3')).toEqual({ kind: 'exited', code: 3 });
    expect(await exitOf('exit 137')).toEqual({ kind: 'exited', code: 137 });
    expect(await exitOf('exit 255')).toEqual({ kind: 'exited', code: 255 });
    for (const signal of ['KILL', 'SEGV', 'TERM', 'ABRT', 'INT'])
      expect(await exitOf(`kill -${signal} $$`)).toEqual({ kind: 'signalled', signal: `SIG${signal}` });
    expect((await sandbox.run({ program: 'no-such-program', arguments: [] })).exit).toEqual({
      kind: 'exited',
      code: 127,
    });
  });

  it('get their words and environment as they are, and nothing of ours', async () => {
    process.env['TROWEL_TEST_SECRET'] = 'hunter2';
    const words = ['a b', '$HOME', '"quoted"', "it's", '', 'ü—日本', '-n', '--', '*'];
    const echoed = await sandbox.run({ program: 'printf', arguments: ['%s\\n', ...words] });
    expect(echoed.output).toBe(words.map((word) => `${word}\n`).join(''));
    const environment = await sandbox.run({ program: 'env', arguments: [], environment: { GREETING: 'a=b\nc' } });
    delete process.env['TROWEL_TEST_SECRET'];
    expect(environment.output).toContain('GREETING=a=b\nc\n');
    expect(environment.output).not.toMatch(/hunter2|SECRET|npm_|NODE_|VITEST/);
    for (const name of ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'])
      expect(environment.output).toMatch(new RegExp(`^${name}=.`, 'm'));
  });

  it('stay alive and answer, line by line', async () => {
    const worker = await sandbox.start({
      program: 'sh',
      arguments: ['-c', 'while read line; do echo "got $line"; done'],
    });
    const answers = worker.output[Symbol.asyncIterator]();
    for (const word of ['one', 'two', 'three']) {
      worker.write(`${word}\n`);
      const { value } = await answers.next();
      expect(Buffer.from(value as Uint8Array).toString()).toBe(`got ${word}\n`);
    }
    worker.endInput();
    expect((await answers.next()).done).toBe(true);
    expect(await worker.exit).toEqual({ kind: 'exited', code: 0 });
  });

  it('pass bytes through unchanged', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256);
    const worker = await sandbox.start({ program: 'cat', arguments: [] });
    worker.write(bytes);
    worker.endInput();
    const chunks: Uint8Array[] = [];
    for await (const chunk of worker.output) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  it('run side by side on one tree', async () => {
    await shell(sandbox, 'mkdir -p many');
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, at) => shell(sandbox, `sleep 0.2; echo ${at} > many/${at}; cat many/${at}`)),
    );
    expect(results.map(({ output }) => output)).toEqual(Array.from({ length: 8 }, (_, at) => `${at}\n`));
    expect((await shell(sandbox, 'ls many | wc -l')).output.trim()).toBe('8');
  });

  it('end with all that they started when they are stopped', async () => {
    const worker = await sandbox.start({
      program: 'sh',
      arguments: [
        '-c',
        '(setsid sh -c "trap : TERM HUP; while :; do sleep 0.05; date > beat; done" &) ; echo up; sleep 60',
      ],
    });
    await worker.output[Symbol.asyncIterator]().next();
    await worker.stop();
    expect(await worker.exit).toEqual({ kind: 'stopped' });
    await sandbox.removeFile('beat');
    await shell(sandbox, 'sleep 0.3');
    expect(await sandbox.readFile('beat')).toBeUndefined();
    await worker.stop();
  });

  it('end when an abort signal fires, before or after their start', async () => {
    const later = new AbortController();
    setTimeout(() => later.abort(), 100);
    expect((await sandbox.run({ program: 'sleep', arguments: ['60'] }, later.signal)).exit).toEqual({
      kind: 'stopped',
    });
    const before = await sandbox.run({ program: 'sleep', arguments: ['60'] }, AbortSignal.abort());
    expect(before.exit).toEqual({ kind: 'stopped' });
  });

  it.runIf(process.getuid?.() === 0)('have a tree that belongs to somebody else as their own', async () => {
    const other = makePlace(runner);
    try {
      for (const name of ['', 'folder', 'folder/inner.txt']) chownSync(path.join(other.tree, name), 54321, 54321);
      chmodSync(other.tree, 0o700);
      const theirs = await other.open();
      await theirs.writeFile('folder/inner.txt', 'ours');
      const { output } = await shell(
        theirs,
        'cat folder/inner.txt; echo more >> folder/inner.txt; cat folder/inner.txt',
      );
      expect(output).toBe('oursoursmore\n');
      expect(readFileSync(path.join(other.tree, 'folder/inner.txt'), 'utf8')).toBe('inner\n');
    } finally {
      await other.clear();
    }
  });

  it('share files with us', async () => {
    await sandbox.writeFile('made/by/us.txt', 'from outside');
    expect((await shell(sandbox, 'cat made/by/us.txt; printf "from inside" > made/by/them.txt')).output).toBe(
      'from outside',
    );
    expect(Buffer.from((await sandbox.readFile('made/by/them.txt'))!).toString()).toBe('from inside');
    expect(await sandbox.readFile('made/by/nobody.txt')).toBeUndefined();
    await sandbox.removeFile('made');
    await sandbox.removeFile('made');
    expect((await shell(sandbox, 'ls made')).exit).not.toEqual({ kind: 'exited', code: 0 });
  });
});
