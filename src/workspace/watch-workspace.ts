/** `dig --watch`: an index that follows its tree, and a socket that answers for it. */
import { type Emit, silent } from '#base/progress.ts';
import { localPath } from './local-path.ts';
import { locateTree } from './locate-tree.ts';
import type { OpenRequest } from './open-workspace.ts';
import { serveRefreshes } from './resident-socket.ts';
import { ResidentTree } from './resident-tree.ts';
import type { RefreshReport } from './tree-indexer.ts';
import { watchTree } from './watch-tree.ts';

/** Ends when the signal fires. */
export async function watchWorkspace(request: Omit<OpenRequest, 'rebuild' | 'patience'>): Promise<void> {
  const emit = request.emit ?? silent;
  const { root } = locateTree(request.workingFolder, await localPath(request, emit));
  const settings = { root, config: request.configFor(root), environment: request.environment };
  const tree = new ResidentTree({ settings, dataFolder: request.dataFolder, emit, signal: request.signal });
  const say = (report: RefreshReport | undefined): void => {
    if (report) emit({ type: 'note', message: told(report) });
  };
  try {
    // Watch first: what changes during the first dig is then not missed.
    const watching = await watchTree(
      tree,
      () => void tree.refresh().then(say, (error: unknown) => complain(error, emit)),
      emit,
    );
    const server = await serveRefreshes(tree.indexFolder, async () => {
      const report = await tree.refresh();
      say(report);
      return report;
    });
    say(await tree.refresh());
    await fired(request.signal);
    await watching.stop();
    server?.close();
  } finally {
    await tree.close();
  }
}

function told({ added, changed, removed, linked, milliseconds }: RefreshReport): string {
  const { parse, link, index } = milliseconds;
  return `${added} added, ${changed} changed, ${removed} removed; ${linked} files linked; ${Math.round(parse + link + index)} ms`;
}

/** A refresh that failed is tried again at the next change. */
function complain(error: unknown, emit: Emit): void {
  emit({ type: 'warning', message: error instanceof Error ? error.message : String(error) });
}

function fired(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
