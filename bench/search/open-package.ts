/** An evaluated package with its index, kept between runs of the bench. */
import path from 'node:path';
import { configOf } from '../../src/config/schema.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import { dataFolder } from '../trowel.ts';
import { type EvaluatedPackage, preparePackage } from './packages.ts';

export async function openPackage(evaluated: EvaluatedPackage): Promise<{ snapshot: Snapshot; folder: string }> {
  const folder = preparePackage(evaluated);
  const config = configOf({ scan: {}, search: {}, parse: { workers: 2 }, history: {}, check: {} });
  const { snapshot } = await openWorkspace({
    path: folder,
    workingFolder: folder,
    dataFolder: path.join(dataFolder, 'indexes', 'search'),
    environment: {},
    configFor: () => config,
    patience: Infinity,
  });
  return { snapshot, folder };
}
