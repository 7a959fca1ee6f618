import type { RefusedFile } from '#index/index-writer.ts';
import { type IndexedFile, walkedAs } from '#index/indexed-file.ts';
import type { FileStamp, SourceFile } from '#model/source-file.ts';

/**
 * A file that changed this shortly before the walk, in milliseconds, may change again under the same stamp: the coarsest
 * time stamps of the file systems that we meet count 2 s.
 */
const RACY = 2_000;

export interface TreeDifference {
  /** New, of another stamp, or racy: their content must be looked at. */
  readonly suspects: readonly SourceFile[];
  readonly removed: readonly string[];
  /** Refused before for their content, which has not changed. */
  readonly refused: readonly RefusedFile[];
}

export function compareTree(
  indexed: ReadonlyMap<string, IndexedFile>,
  refusedBefore: ReadonlyMap<string, RefusedFile>,
  files: readonly SourceFile[],
  retryFailed = false,
): TreeDifference {
  const suspects: SourceFile[] = [];
  const refused: RefusedFile[] = [];
  const kept = new Set<string>();
  for (const source of files) {
    const old = indexed.get(source.path);
    if (old) {
      kept.add(source.path);
      const again = old.racy || (retryFailed && old.failed);
      if (again || !sameStamp(old.stamp, source.stamp) || old.walked !== walkedAs(source)) suspects.push(source);
      continue;
    }
    const before = refusedBefore.get(source.path);
    if (before?.stamp && sameStamp(before.stamp, source.stamp)) refused.push(before);
    else suspects.push(source);
  }
  const removed = kept.size === indexed.size ? [] : [...indexed.keys()].filter((path) => !kept.has(path));
  return { suspects, removed, refused };
}

export function isRacy(stamp: FileStamp, walkStartedAt: number): boolean {
  const latest = BigInt(Math.floor(walkStartedAt) - RACY) * 1_000_000n;
  return BigInt(stamp.modified) >= latest || BigInt(stamp.changed) >= latest;
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode;
}
