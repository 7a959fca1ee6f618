/** Copies among texts, from nothing. */
import { CopyTree } from './copy-tree.ts';
import type { DuplicationReport, DuplicationSettings, DuplicationSource } from './duplication.ts';

/** `only`: copies that have a side in this file. */
export function findCopies(
  sources: readonly DuplicationSource[],
  settings: Partial<DuplicationSettings> = {},
  { only, signal }: { readonly only?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): DuplicationReport {
  const tree = new CopyTree(settings);
  tree.update(
    sources.map((source) => ({ path: source.path, key: source.language, read: () => source })),
    signal,
    only,
  );
  return tree.report();
}
