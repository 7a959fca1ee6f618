import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indexFolderOf } from '../../src/stores/index-folders.ts';
import { projectFiles } from '../incremental/projects.ts';
import { ResidentTree } from '../../src/workspace/resident-tree.ts';
import { TreeFixture, testConfig } from '../incremental/tree-fixture.ts';

let fixture: TreeFixture;
let fresh: string;
let indexFile: string;
let factsFile: string;
beforeEach(async () => {
  fixture = new TreeFixture();
  fixture.become(new Map(projectFiles.map(({ path: file, versions }) => [file, versions[0]!])));
  fresh = await fixture.freshDump();
  await fixture.dump();
  indexFile = path.join(indexFolderOf(fixture.data, fixture.root), 'index.db');
  factsFile = path.join(fixture.data, 'facts.db');
});
afterEach(() => fixture.dispose());

/** Overwrites bytes from an offset on. */
function scribble(file: string, offset: number, length: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(length, 0x5a), 0, length, offset);
  closeSync(descriptor);
}

const damages: Readonly<Record<string, (file: string) => void>> = {
  'a header of something else': (file) => scribble(file, 0, 100),
  'a schema page scribbled over': (file) => scribble(file, 100, 4000),
  'a file cut in half': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'an empty file': (file) => truncateSync(file, 0),
  'no database at all': (file) =>
    writeFileSync(file, 'this is no database, but it is long enough to look like one from afar'.repeat(100)),
  'a file that is gone': (file) => rmSync(file),
};

describe('damaged stores are rebuilt by themselves', () => {
  for (const [name, damage] of Object.entries(damages)) {
    it(`index.db: ${name}`, async () => {
      damage(indexFile);
      expect(await fixture.dump()).toBe(fresh);
    });

    it(`facts.db: ${name}`, async () => {
      damage(factsFile);
      fixture.write('shop/extra.py', 'from shop.models import Item\n\n\ndef extra():\n    return Item().save()\n');
      expect(await fixture.dump()).toBe(await fixture.freshDump());
    });
  }

  it('every page of index.db but the first, one at a time', async () => {
    const size = statSync(indexFile).size;
    for (let offset = 8192; offset < size; offset += 8192) {
      scribble(indexFile, offset, 8192);
      // What nobody has looked at is met when it is read; the next command then starts from a new index.
      const dump = await fixture
        .dump()
        .catch((error: { code?: string }) =>
          error.code === 'index-damaged' ? fixture.dump() : Promise.reject(error as Error),
        );
      expect(dump).toBe(fresh);
    }
  });

  it('facts.db that was lost while the index was kept', async () => {
    // Stamps must be old enough to be trusted: then the walk alone says that nothing changed.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    (await fixture.open()).snapshot.close();
    rmSync(factsFile);
    for (const name of readdirSync(fixture.data))
      if (name.startsWith('facts.db')) rmSync(path.join(fixture.data, name));
    const { snapshot } = await fixture.open();
    expect(snapshot.files().map((file) => snapshot.facts(file.id).language)).toHaveLength(projectFiles.length);
    snapshot.close();
    expect(existsSync(factsFile)).toBe(true);
  });

  it('facts.db that another process made anew, for a tree of its own', async () => {
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    (await fixture.open()).snapshot.close();
    const resident = await openResident();
    await replaceFacts();
    const notes: string[] = [];
    const { snapshot } = await fixture.open({
      emit: (event) => {
        if (event.type === 'note') notes.push(event.message);
      },
    });
    // At the first try, and without a word: nothing that the user has is lost.
    expect(snapshot.files().map((file) => snapshot.facts(file.id).language)).toHaveLength(projectFiles.length);
    snapshot.close();
    expect(notes).toEqual([]);
    // What a process reads may be remembered: the store itself has the tree's files again, beside the other tree's one.
    expect(storedFacts()).toBe(projectFiles.length + 1);
    await replaceFacts();
    await resident.refresh();
    const kept = resident.snapshot();
    expect(kept.files().map((file) => kept.facts(file.id).language)).toHaveLength(projectFiles.length);
    kept.close();
    expect(storedFacts()).toBe(projectFiles.length + 1);
    await resident.close();
  });
});

/** What a damaged store, or one of another version, leads to in the process that finds it. */
async function replaceFacts(): Promise<void> {
  for (const name of readdirSync(fixture.data)) if (name.startsWith('facts.db')) rmSync(path.join(fixture.data, name));
  const other = new TreeFixture();
  other.write('alone.py', 'def alone():\n    return 1\n');
  (await other.open({ dataFolder: fixture.data })).snapshot.close();
  other.dispose();
}

function storedFacts(): number {
  const database = new DatabaseSync(factsFile, { readOnly: true });
  try {
    return Number(database.prepare('SELECT count(*) AS n FROM facts').get()!['n']);
  } finally {
    database.close();
  }
}

async function openResident(): Promise<ResidentTree> {
  const resident = new ResidentTree({
    settings: { root: fixture.root, config: testConfig, environment: {} },
    dataFolder: fixture.data,
  });
  await resident.refresh();
  return resident;
}
