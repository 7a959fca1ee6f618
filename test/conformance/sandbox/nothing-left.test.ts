/** After a close, and after Trowel was killed, nothing is left: no process, no mount, no file. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { placesHere } from '#sandbox/control-groups/find-places.ts';
import type { Place } from './runners.ts';
import { forEachRunner, makePlace, shell } from './runners.ts';

/** Processes of this machine whose command line holds a word that only the test uses. */
function processesWith(word: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(word);
      } catch {
        return false;
      }
    });
}

/** Control groups that a process made. */
function groupsOf(pid: number): string[] {
  return placesHere().flatMap(({ folder }) => {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names.filter((name) => name.startsWith(`trowel-${pid}-`));
  });
}

async function eventually(what: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (what()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

forEachRunner('nothing is left', (runner, { settings }) => {
  let place: Place;
  beforeEach(() => (place = makePlace(runner)));
  afterEach(() => place.clear());
  const foldersLeft = (): string[] => {
    const folder = path.join(place.dataFolder, 'sandbox');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  it('after a close, even of what still runs', async () => {
    const sandbox = await place.open();
    const mark = `left-${process.pid}-${Date.now()}`;
    const worker = await sandbox.start({ program: 'sh', arguments: ['-c', `sleep 300; echo ${mark}`] });
    expect(processesWith(mark).length).toBeGreaterThan(0);
    await shell(sandbox, 'mkdir -p locked/in; echo x > locked/in/file; chmod 000 locked/in');
    await sandbox.close();
    await sandbox.close();
    expect(await worker.exit).toEqual({ kind: 'stopped' });
    expect(processesWith(mark)).toEqual([]);
    expect(foldersLeft()).toEqual([]);
    expect(groupsOf(process.pid)).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(place.outside);
  });

  it.each(runner.name === 'bubblewrap' ? [0, 3, 8, 15, 25, 40, 70, 150, 400] : [0, 40, 400])(
    'when Trowel is killed %i ms after it began to start commands',
    async (delay) => {
      const mark = `killed-${process.pid}-${Date.now()}`;
      const child = spawn(
        process.execPath,
        [
          path.join(import.meta.dirname, 'keep-starting.ts'),
          runner.name,
          place.tree,
          place.dataFolder,
          mark,
          JSON.stringify(settings),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      expect(await eventually(() => processesWith(mark).length === 0), processesWith(mark).join(' ')).toBe(true);
      // What a killed process left is gone at once or when the next sandbox is opened.
      await (await place.open()).close();
      expect(await eventually(() => foldersLeft().length === 0), foldersLeft().join(' ')).toBe(true);
      expect(await eventually(() => groupsOf(child.pid!).length === 0), groupsOf(child.pid!).join(' ')).toBe(true);
      expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(place.outside);
    },
  );
});
