import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TreeFixture } from '../incremental/tree-fixture.ts';

let fixture: TreeFixture;
beforeEach(() => {
  fixture = new TreeFixture();
  for (let i = 0; i < 120; i++) {
    const body = Array.from(
      { length: 30 },
      (_, n) => `def f${n}(x):\n    return g${i}_${n}(x) + f${(n + 1) % 30}(x)\n\n\ndef g${i}_${n}(x):\n    return x\n`,
    );
    fixture.write(`pack/m${i}.py`, `from .m${(i + 1) % 120} import f1 as other\n\n\n${body.join('\n\n')}`);
  }
});
afterEach(() => fixture.dispose());

function dig(...more: readonly string[]): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      path.join(import.meta.dirname, 'dig-child.ts'),
      fixture.root,
      fixture.data,
      ...more,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

async function finished(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let out = '';
  let err = '';
  child.stdout!.on('data', (text) => (out += text));
  child.stderr!.on('data', (text) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

describe('processes that end or meet', () => {
  it('kill -9 at any moment of a dig loses nothing but that run', async () => {
    const fresh = await fixture.freshDump();
    for (const delay of [150, 350, 500, 700, 900, 1200]) {
      const child = dig('fresh');
      const end = finished(child);
      await sleep(delay);
      child.kill('SIGKILL');
      await end;
      expect(await fixture.dump()).toBe(fresh);
    }
  });

  it('kill -9 during an update leaves the revision before it', async () => {
    await fixture.dump();
    for (const delay of [200, 450, 800]) {
      for (let i = 0; i < 40; i++) fixture.write(`pack/m${i}.py`, `def changed_${delay}():\n    return ${i}\n`);
      const child = dig();
      const end = finished(child);
      await sleep(delay);
      child.kill('SIGKILL');
      await end;
      expect(await fixture.dump()).toBe(await fixture.freshDump());
    }
  });

  it('digs at once end with the same index', async () => {
    const ends = await Promise.all([finished(dig()), finished(dig()), finished(dig())]);
    expect(ends.map(({ code, err }) => ({ code, err }))).toEqual(ends.map(() => ({ code: 0, err: '' })));
    expect(new Set(ends.map(({ out }) => out)).size).toBe(1);
    expect(await fixture.dump()).toBe(await fixture.freshDump());
  });

  it('a reader is answered while another process digs, and says that what it has is partial', async () => {
    const child = dig();
    const end = finished(child);
    const seen: boolean[] = [];
    for (let i = 0; i < 40 && child.exitCode === null; i++) {
      try {
        const { snapshot, report } = await fixture.open({ patience: 0 });
        if (report === undefined) seen.push(snapshot.freshness.partial);
        expect(snapshot.files().every((file) => snapshot.symbolsOf(file.id).length === file.symbolCount)).toBe(true);
        snapshot.close();
        if (report !== undefined) break;
      } catch (error) {
        // Nothing is committed yet.
        expect((error as { code?: string }).code).toBe('index-busy');
      }
      await sleep(20);
    }
    await end;
    expect(seen.every((partial) => partial)).toBe(true);
    expect(await fixture.dump()).toBe(await fixture.freshDump());
  });
});
