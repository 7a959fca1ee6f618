/** The data folder as a whole: which trees have an index, what each costs, and what can go. */
import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readIndexedFiles } from '#index/indexed-file.ts';
import { factsKey, openFactsStore } from '#stores/facts-store.ts';
import { folderBytes, forgetIndexFolder, indexFolderOf, listIndexFolders } from '#stores/index-folders.ts';
import { openIndexForReading, removeIndex } from '#stores/index-store.ts';
import { acquireWriterLock } from '#stores/writer-lock.ts';

export interface IndexEntry {
  readonly root: string;
  readonly folder: string;
  /** Of the index and the decisions about the tree. */
  readonly bytes: number;
  /** When it was last written, in milliseconds since the epoch; undefined where only decisions are left. */
  readonly written: number | undefined;
  /** False: the tree is gone. */
  readonly treeExists: boolean;
}

export interface IndexInventory {
  readonly indexes: readonly IndexEntry[];
  /** Facts that all indexes share. */
  readonly factsBytes: number;
  readonly clonesBytes: number;
}

export function listIndexes(dataFolder: string): IndexInventory {
  const indexes = listIndexFolders(dataFolder).map(({ folder, root }) => ({
    root,
    folder,
    bytes: folderBytes(folder),
    written: statSync(path.join(folder, 'index.db'), { throwIfNoEntry: false })?.mtimeMs,
    treeExists: existsSync(root),
  }));
  const facts = ['', '-wal', '-shm'].map(
    (suffix) => statSync(path.join(dataFolder, `facts.db${suffix}`), { throwIfNoEntry: false })?.size ?? 0,
  );
  return {
    indexes,
    factsBytes: facts.reduce((sum, size) => sum + size, 0),
    clonesBytes: treeBytes(path.join(dataFolder, 'clones')),
  };
}

function treeBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return sum + treeBytes(full);
    return sum + (statSync(full, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

export interface PruneReport {
  /** Trees that are gone: their indexes were removed. Decisions about them stay. */
  readonly removed: readonly string[];
  readonly factsRemoved: number;
  readonly bytesFreed: number;
  /** Trees whose index another process is writing: nothing of theirs was touched, and no facts were removed. */
  readonly busy: readonly string[];
}

/** Removes indexes of trees that are gone, and facts that no index needs. */
export async function pruneIndexes(dataFolder: string): Promise<PruneReport> {
  const before = totalBytes(dataFolder);
  const removed: string[] = [];
  const busy: string[] = [];
  const needed = new Set<string>();
  const held: { release(): void }[] = [];
  try {
    for (const { folder, root } of listIndexFolders(dataFolder)) {
      const lock = await acquireWriterLock(folder, { patience: 0 });
      if (!lock) {
        busy.push(root);
        continue;
      }
      held.push(lock);
      if (existsSync(root)) for (const key of factsOf(folder)) needed.add(key);
      else if (existsSync(path.join(folder, 'index.db'))) {
        removeIndex(folder);
        removed.push(root);
      }
    }
    const factsRemoved =
      busy.length === 0 && existsSync(path.join(dataFolder, 'facts.db')) ? pruneFacts(dataFolder, needed) : 0;
    return { removed, busy, factsRemoved, bytesFreed: Math.max(0, before - totalBytes(dataFolder)) };
  } finally {
    for (const lock of held) lock.release();
    for (const { folder, root } of listIndexFolders(dataFolder)) if (!existsSync(root)) removeIfEmpty(folder);
  }
}

function pruneFacts(dataFolder: string, needed: ReadonlySet<string>): number {
  const store = openFactsStore(dataFolder);
  try {
    return store.prune(needed);
  } finally {
    store.close();
  }
}

function factsOf(folder: string): readonly string[] {
  const connection = openIndexForReading(folder);
  if (!connection) return [];
  try {
    return readIndexedFiles(connection).map(factsKey);
  } finally {
    connection.close();
  }
}

function totalBytes(dataFolder: string): number {
  const { indexes, factsBytes } = listIndexes(dataFolder);
  return indexes.reduce((sum, { bytes }) => sum + bytes, factsBytes);
}

/** A folder that holds nothing but its own notes goes; one with decisions stays. */
function removeIfEmpty(folder: string): void {
  if (existsSync(path.join(folder, 'state.db'))) return;
  for (const name of ['tree.json', 'writer.lock', 'writer.json']) rmSync(path.join(folder, name), { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // Something else lies in it: it is not ours to remove.
  }
}

/** Deletes a tree's index and what was decided about it. */
export async function forgetIndex(dataFolder: string, root: string): Promise<'forgotten' | 'busy' | 'unknown'> {
  const folder = indexFolderOf(dataFolder, root);
  if (!existsSync(folder)) return 'unknown';
  const lock = await acquireWriterLock(folder, { patience: 0 });
  if (!lock) return 'busy';
  lock.release();
  forgetIndexFolder(folder);
  return 'forgotten';
}
