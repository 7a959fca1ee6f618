/** A tree of bench/data/ kept open in this process. */
import { realpathSync } from 'node:fs';
import { configOf } from '../src/config/schema.ts';
import { ResidentTree } from '../src/workspace/resident-tree.ts';
import type { Tree } from './trees/prepare-tree.ts';
import { emptyIndexFolder } from './trowel.ts';

/** Dug from nothing. Close it. */
export async function openResident(tree: Tree, indexes: string): Promise<ResidentTree> {
  const resident = new ResidentTree({
    settings: {
      root: realpathSync(tree.folder),
      config: configOf({ scan: {}, search: {}, parse: {}, history: {}, check: {} }),
      environment: process.env,
    },
    dataFolder: emptyIndexFolder(indexes),
  });
  await resident.refresh();
  const snapshot = resident.snapshot();
  try {
    if (snapshot.symbolCount === 0 || snapshot.freshness.partial)
      throw new Error(`${tree.name}: the index is not whole`);
  } finally {
    snapshot.close();
  }
  return resident;
}
