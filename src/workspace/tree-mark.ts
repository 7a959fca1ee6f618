import { contentHash } from '#base/hash.ts';
import { walkedAs } from '#index/indexed-file.ts';
import type { ScannedTree } from './tree-indexer.ts';

/**
 * Of all that a walk saw: paths, stamps, languages, roles and what was left out. Two walks with one mark saw the same tree; an
 * index that keeps the mark of the walk it was made from need not be compared file by file.
 */
export function treeMark({ files, skipped }: Pick<ScannedTree, 'files' | 'skipped'>): string {
  const lines: string[] = [];
  for (const source of files) {
    const { size, modified, changed, inode } = source.stamp;
    lines.push(`${source.path}\0${walkedAs(source)}\0${size}\0${modified}\0${changed}\0${inode}`);
  }
  for (const { path, reason } of skipped) lines.push(`${path}\0${reason}`);
  return contentHash(lines.join('\n'));
}
