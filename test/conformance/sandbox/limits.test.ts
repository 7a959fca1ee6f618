/** What a command may use, and that going over it is told apart. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Place } from './runners.ts';
import { forEachRunner, makePlace, shell } from './runners.ts';

const mebibyte = 1024 ** 2;

/** Python where it is there: what a shell alone cannot do. */
const hasPython = 'command -v python3 >/dev/null || exit 77; ';

/** Of a command that is `sh -c <script>`, by how its script begins; of the whole machine. */
function processesOf(begin: string): number {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'latin1').startsWith(`sh\0-c\0${begin}`);
    } catch {
      return false;
    }
  }).length;
}

forEachRunner('limits', (runner, { isProtecting }) => {
  let place: Place;
  let sandbox: Sandbox;
  beforeAll(async () => {
    place = makePlace(runner);
    sandbox = await place.open({ limits: { diskBytes: 64 * mebibyte, wallMilliseconds: 30_000 } });
  });
  afterAll(() => place.clear());
  const limit = (name: string) => ({ kind: 'limit', limit: name });

  it('wall time', async () => {
    const result = await shell(sandbox, 'trap "" TERM INT HUP; while :; do sleep 0.1; done', { wallMilliseconds: 300 });
    expect(result.exit).toEqual(limit('wall'));
    expect((await shell(sandbox, 'sleep 0.05; exit 4', { wallMilliseconds: 20_000 })).exit).toEqual({
      kind: 'exited',
      code: 4,
    });
  });

  it('processor time of all processes together', async () => {
    const result = await shell(sandbox, '(while :; do :; done) & while :; do :; done', { processorMilliseconds: 400 });
    expect(result.exit).toEqual(limit('processor'));
  });

  it('memory, with a bomb', async () => {
    const bomb = `${hasPython}exec python3 -c "
x = []
while True: x.append(bytearray(10_000_000))"`;
    const result = await shell(sandbox, bomb, { memoryBytes: 256 * mebibyte });
    expect(result.exit).toEqual(limit('memory'));
    const modest = await shell(sandbox, `${hasPython}exec python3 -c "x = bytearray(60_000_000); print(len(x))"`, {
      memoryBytes: 256 * mebibyte,
    });
    expect(modest).toMatchObject({ exit: { kind: 'exited', code: 0 }, output: '60000000\n' });
  });

  it('memory of many processes together', async () => {
    const script = `${hasPython}for n in 1 2 3 4 5 6; do python3 -c "import time; x = bytearray(60_000_000); time.sleep(20)" & done; wait`;
    expect((await shell(sandbox, script, { memoryBytes: 200 * mebibyte })).exit).toEqual(limit('memory'));
  });

  // A plain process can outrun its watcher: that is what the others are for.
  it.runIf(isProtecting)('processes, with a fork bomb', async () => {
    // It ends at some 2,000 processes: should nothing hold, the machine that tests must go on.
    const mark = `: bomb-${process.pid}-${Date.now()}`;
    const doubling = `${mark}; bomb() { if [ "$1" -gt 0 ]; then bomb $(($1 - 1)) | bomb $(($1 - 1)) & fi; wait; }; bomb 10; sleep 20`;
    let most = 0;
    const counting = setInterval(() => (most = Math.max(most, processesOf(mark))), 2);
    const bomb = await shell(sandbox, doubling, { processes: 40 });
    clearInterval(counting);
    expect(bomb.exit).toEqual(limit('processes'));
    // Where one more may begin, the watcher ends the command when it sees that one.
    expect(most).toBeLessThanOrEqual(41);
    expect(processesOf(mark)).toBe(0);
    const few = await shell(sandbox, 'for n in 1 2 3 4 5; do sleep 0.1 & done; wait; echo done', { processes: 40 });
    expect(few).toMatchObject({ exit: { kind: 'exited', code: 0 }, output: 'done\n' });
  });

  it.runIf(isProtecting)('processes, of a program that only counts how many it gets', async () => {
    const counting = `${hasPython}exec python3 -c "
import os, time
for n in range(500):
    try: child = os.fork()
    except OSError: break
    if child == 0:
        time.sleep(20)
        os._exit(0)
    os.write(1, b'x')
time.sleep(20)"`;
    const result = await shell(sandbox, counting, { processes: 30 });
    expect(result.exit).toEqual(limit('processes'));
    expect(result.output.length).toBeGreaterThan(10);
    expect(result.output.length).toBeLessThanOrEqual(30);
  });

  it.runIf(isProtecting)('threads count, too', async () => {
    const threads = `${hasPython}exec python3 -c "
import threading, time
for n in range(200): threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
time.sleep(20)"`;
    expect((await shell(sandbox, threads, { processes: 50 })).exit).toEqual(limit('processes'));
  });

  it('output, of both streams together', async () => {
    const result = await shell(sandbox, 'yes | head -c 700000; yes | head -c 700000 >&2; sleep 20', {
      outputBytes: 1_000_000,
    });
    expect(result.exit).toEqual(limit('output'));
    expect(result.output.length + result.errors.length).toBe(1_000_000);
    const fits = await shell(sandbox, 'yes | head -c 1000000', { outputBytes: 1_000_000 });
    expect(fits.exit).toEqual({ kind: 'exited', code: 0 });
    expect(fits.output.length).toBe(1_000_000);
  });

  it('output nobody reads', async () => {
    const worker = await sandbox.start({ program: 'yes', arguments: [], limits: { outputBytes: 200_000 } });
    expect(await worker.exit).toEqual(limit('output'));
  });

  it('open files', async () => {
    const result = await shell(sandbox, 'ulimit -n; ulimit -n 100000', { openFiles: 64 });
    expect(result.output).toBe('64\n');
    expect(result.exit).not.toEqual({ kind: 'exited', code: 0 });
  });

  it('disk, with a bomb in each place that can be written', async () => {
    const shared = isProtecting ? ['/tmp/big', '/dev/shm/big', '/var/tmp/big'] : [];
    const places = ['big', '"$HOME/big"', '"$TMPDIR/big"', ...shared];
    for (const file of places) {
      const result = await shell(sandbox, `dd if=/dev/zero of=${file} bs=1M count=200 2>/dev/null`);
      expect(result.exit, file).not.toEqual({ kind: 'exited', code: 0 });
      await shell(sandbox, `rm -f ${file}`);
    }
    const fits = await shell(sandbox, 'dd if=/dev/zero of=fits bs=1M count=30 2>/dev/null && rm fits');
    expect(fits.exit).toEqual({ kind: 'exited', code: 0 });
  });
});
