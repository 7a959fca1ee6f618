import { type BigIntStats, lstatSync } from 'node:fs';
import type { FileStamp } from '#model/source-file.ts';
import { absolutePath, type RawPath } from './list-folder.ts';

/** Undefined: the file is gone. A string: the system's code for why it cannot be asked. */
export function fileStamp(root: string, at: RawPath): FileStamp | string | undefined {
  try {
    const stat = lstatSync(absolutePath(root, at), { bigint: true, throwIfNoEntry: false });
    return stat && stampOf(stat);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

export function stampOf(stat: BigIntStats): FileStamp {
  return {
    size: Number(stat.size),
    modified: String(stat.mtimeNs),
    changed: String(stat.ctimeNs),
    inode: String(stat.ino),
  };
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode;
}
