import path from 'node:path';
import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { painter, printable } from '#base/paint.ts';
import type { IndexInventory, PruneReport } from '#workspace/manage-indexes.ts';
import { defineOperation } from './operation.ts';

const input = z.object({
  action: z
    .enum(['list', 'prune', 'forget'])
    .default('list')
    .describe(
      'list: every index with its size. prune: remove those of trees that are gone, and facts and vectors that nothing needs. forget: remove one.',
    ),
  path: z.string().optional().describe('forget: the tree whose index, and what was decided about it, to remove.'),
});

export interface IndexesOutput extends IndexInventory {
  readonly dataFolder: string;
  /** What `prune` did. */
  readonly pruned?: PruneReport;
  /** The root whose index `forget` removed. */
  readonly forgotten?: string;
}

export const operation = defineOperation<typeof input, IndexesOutput>({
  name: 'indexes',
  group: 'run',
  summary: 'List the indexes on this machine, with their sizes; prune or forget them.',
  effect: 'write',
  input,
  positional: ['action', 'path'],
  examples: [
    { command: 'trowel indexes', explains: 'Every index, its size and age.' },
    { command: 'trowel indexes prune', explains: 'Give back the space of trees that are gone.' },
    { command: 'trowel indexes forget .', explains: 'Remove the index of this repository.' },
  ],
  async run({ action, path: given }, { services }) {
    const { forgetIndex, listIndexes, pruneIndexes } = await import('#workspace/manage-indexes.ts');
    const dataFolder = services.folders.data;
    if (action === 'forget') {
      const root = await knownRoot(dataFolder, services.workingFolder, given);
      const outcome = await forgetIndex(dataFolder, root);
      if (outcome === 'busy')
        throw new TrowelError('index-busy', `Another process is indexing ${root}.`, {
          hint: 'Try again when it has ended.',
        });
      return { dataFolder, ...listIndexes(dataFolder), forgotten: root };
    }
    if (given !== undefined) throw new TrowelError('usage', `\`indexes ${action}\` takes no path.`);
    if (action === 'list') return { dataFolder, ...listIndexes(dataFolder) };
    const pruned = await pruneIndexes(dataFolder);
    return { dataFolder, ...listIndexes(dataFolder), pruned };
  },
  render({ dataFolder, indexes, factsBytes, vectorsBytes, clonesBytes, pruned, forgotten }, { color }) {
    const paint = painter(color);
    const lines: string[] = [];
    if (forgotten !== undefined) lines.push(`forgotten: ${printable(forgotten)}`);
    if (pruned) {
      for (const root of pruned.removed) lines.push(`removed: ${printable(root)}`);
      for (const root of pruned.busy) lines.push(paint.yellow(`being written, left alone: ${printable(root)}`));
      const vectors = pruned.vectorsRemoved > 0 ? `${pruned.vectorsRemoved} vectors removed, ` : '';
      lines.push(`${pruned.factsRemoved} facts removed, ${vectors}${megabytes(pruned.bytesFreed)} given back`);
    }
    if (forgotten === undefined && !pruned) {
      for (const { root, bytes, written, treeExists } of indexes) {
        const day = written === undefined ? 'decisions only' : new Date(written).toISOString().slice(0, 10);
        lines.push(
          `${megabytes(bytes).padStart(10)}  ${day}  ${printable(root)}${treeExists ? '' : paint.yellow('  (the tree is gone)')}`,
        );
      }
      if (indexes.length === 0) lines.push('no indexes yet');
    }
    const total = indexes.reduce((sum, { bytes }) => sum + bytes, factsBytes + vectorsBytes + clonesBytes);
    lines.push(
      paint.dim(
        `${megabytes(total)} in ${dataFolder}: ${indexes.length} indexes, shared facts ${megabytes(factsBytes)}, ${vectorsBytes > 0 ? `vectors ${megabytes(vectorsBytes)}, ` : ''}clones ${megabytes(clonesBytes)}`,
      ),
    );
    return `${lines.join('\n')}\n`;
  },
});

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The indexed root that a path means: the nearest one above it; the tree itself need not exist any more. */
async function knownRoot(dataFolder: string, workingFolder: string, given: string | undefined): Promise<string> {
  const { listIndexes } = await import('#workspace/manage-indexes.ts');
  const { locateTree } = await import('#workspace/locate-tree.ts');
  const known = new Set(listIndexes(dataFolder).indexes.map(({ root }) => root));
  const asked = path.resolve(workingFolder, given ?? '.');
  if (known.has(asked)) return asked;
  let found: string | undefined;
  try {
    found = locateTree(workingFolder, given).root;
  } catch {
    // The tree is gone: only its name can match.
  }
  if (found !== undefined && known.has(found)) return found;
  throw new TrowelError('not-found', `There is no index of ${asked}.`, { hint: '`trowel indexes` lists them.' });
}
