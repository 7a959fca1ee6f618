import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/base/progress.ts';
import { askResident } from '../../src/workspace/resident-socket.ts';
import { watchWorkspace } from '../../src/workspace/watch-workspace.ts';
import { indexFolderOf } from '../../src/stores/index-folders.ts';
import { projectFiles } from './projects.ts';
import { testConfig, TreeFixture } from './tree-fixture.ts';

let fixture: TreeFixture;
let stop: AbortController;
let ended: Promise<void>;
let events: EngineEvent[];
beforeEach(async () => {
  fixture = new TreeFixture();
  fixture.become(new Map(projectFiles.map(({ path, versions }) => [path, versions[0]!])));
  stop = new AbortController();
  events = [];
  ended = watchWorkspace({
    path: fixture.root,
    workingFolder: fixture.root,
    dataFolder: fixture.data,
    environment: {},
    configFor: () => testConfig,
    emit: (event) => events.push(event),
    signal: stop.signal,
  });
  await until(async () => (await askResident(indexFolderOf(fixture.data, fixture.root))) !== undefined);
});
afterEach(async () => {
  stop.abort();
  await ended;
  fixture.dispose();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await holds()) return;
    await sleep(25);
  }
  throw new Error('it did not come to hold within 10 s');
}

describe('dig --watch', () => {
  it('follows edits, new files, renames and deletions, and answers for other commands', async () => {
    const steps: readonly (() => void)[] = [
      () => fixture.write('shop/models.py', projectFiles[0]!.versions[1]!),
      () =>
        fixture.write('shop/added.py', 'from shop.models import Base\n\n\ndef added():\n    return Base().save()\n'),
      () => fixture.remove('shop/helpers.py'),
      () => fixture.write('.gitignore', 'web/\n'),
    ];
    for (const step of steps) {
      step();
      const fresh = await fixture.freshDump();
      await until(async () => (await fixture.dump()) === fresh);
    }
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  it('leaves other commands on their own feet when it ends', async () => {
    stop.abort();
    await ended;
    expect(await askResident(indexFolderOf(fixture.data, fixture.root))).toBeUndefined();
    fixture.write('shop/late.py', 'def late():\n    pass\n');
    expect(await fixture.dump()).toBe(await fixture.freshDump());
  });
});
