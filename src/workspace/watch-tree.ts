/** The one file that knows @parcel/watcher: tells a resident tree what changed. */
import path from 'node:path';
import type { Emit } from '#base/progress.ts';
import type { ResidentTree } from './resident-tree.ts';

/** Where the system offers no watching, the tree is walked this often, in milliseconds. */
const POLL_INTERVAL = 2_000;

/** Version control's own bookkeeping; the ignore file and the index in there do not change what the work tree holds. */
const ignored = ['.git', '.hg', '.svn', 'node_modules'];

export interface Watching {
  stop(): Promise<void>;
}

/** Marks what changes as dirty, then calls `onChange`. Falls back to walking now and then where nothing can be watched. */
export async function watchTree(tree: ResidentTree, onChange: () => void, emit: Emit): Promise<Watching> {
  const all = (): void => {
    tree.markAllDirty();
    onChange();
  };
  try {
    const { subscribe } = (await import('@parcel/watcher')).default;
    const subscription = await subscribe(
      tree.root,
      (error, events) => {
        if (error) {
          emit({ type: 'note', message: `Some changes were not seen (${error.message}): the tree is walked.` });
          all();
          return;
        }
        const paths = events.map((event) => path.relative(tree.root, event.path).split(path.sep).join('/'));
        if (paths.length === 0) return;
        tree.markDirty(paths);
        onChange();
      },
      { ignore: ignored.flatMap((name) => [name, `**/${name}/**`]) },
    );
    return { stop: () => subscription.unsubscribe() };
  } catch (error) {
    emit({
      type: 'note',
      message: `This system cannot watch the tree (${error instanceof Error ? error.message : String(error)}): it is walked every ${POLL_INTERVAL / 1000} s.`,
    });
    const timer = setInterval(all, POLL_INTERVAL);
    return { stop: async () => clearInterval(timer) };
  }
}
