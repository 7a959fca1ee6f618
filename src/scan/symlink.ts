import { realpathSync } from 'node:fs';
import type { SkipReason } from '#model/source-file.ts';
import { absolutePath, type RawPath } from './list-folder.ts';

/** Links are never followed: what they point to inside the tree stands there under its own name, the rest is not ours. */
export function symlinkReason(root: string, at: RawPath): { readonly reason: SkipReason; readonly detail?: string } {
  let target: string;
  try {
    target = realpathSync(absolutePath(root, at));
  } catch (error) {
    return { reason: (error as NodeJS.ErrnoException).code === 'ELOOP' ? 'symlink-loop' : 'symlink-broken' };
  }
  const inside =
    target === root
      ? ''
      : target.startsWith(root === '/' ? root : `${root}/`)
        ? target.slice(root.length + 1)
        : undefined;
  if (inside === undefined) return { reason: 'symlink-outside', detail: target };
  if (inside === '' || at.path.startsWith(`${inside}/`))
    return { reason: 'symlink-loop', detail: inside === '' ? '.' : inside };
  return { reason: 'symlink-inside', detail: inside };
}
