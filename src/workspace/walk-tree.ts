import { type Emit } from '#base/progress.ts';
import type { Config } from '#config/schema.ts';
import { scanTree } from '#scan/scan-tree.ts';
import type { ScannedTree } from './tree-indexer.ts';

export interface ScanSettings {
  /** Real path of the tree. */
  readonly root: string;
  readonly config: Config;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface WalkedTree extends ScannedTree {
  /** What a person should know about the tree. */
  readonly notes: readonly string[];
}

export async function walkTree(
  { root, config, environment }: ScanSettings,
  emit: Emit,
  signal?: AbortSignal,
): Promise<WalkedTree> {
  const startedAt = Date.now();
  const { files, skipped, manifests, notes } = await scanTree(
    root,
    { maxBytes: config.scan.maxFileBytes, excludes: config.scan.exclude, environment },
    emit,
    signal,
  );
  return { files, skipped, manifests, notes, startedAt };
}
