/** Dead code of a tree: its snapshot, what its files declare, and how its languages find modules, joined. */
import { readDeclarations } from '#ecosystems/registry.ts';
import { findDeadCode } from '#dead-code/find-dead-code.ts';
import type { DeadCode, ImportTarget } from '#dead-code/dead-code.ts';
import { languageFamily } from '#link/language-family.ts';
import type { ModuleResolver } from '#link/modules/module-resolver.ts';
import { moduleResolvers } from '#link/modules/registry.ts';
import type { FileFacts } from '#model/facts.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { TreeReads } from './tree-reads.ts';

const known = new WeakMap<Snapshot, Promise<readonly DeadCode[]>>();

/** Found once for a snapshot. */
export function deadCodeOf(snapshot: Snapshot, tree: TreeReads, signal?: AbortSignal): Promise<readonly DeadCode[]> {
  let found = known.get(snapshot);
  if (!found) {
    known.set(snapshot, (found = find(snapshot, tree, signal)));
    found.catch(() => known.delete(snapshot));
  }
  return found;
}

async function find(snapshot: Snapshot, tree: TreeReads, signal?: AbortSignal): Promise<readonly DeadCode[]> {
  const paths = snapshot.files().map(({ path }) => path);
  const readText = (path: string): string | undefined => tree.read(path);
  const packages = await readDeclarations(paths, readText);
  const resolvers = new Map<string, ModuleResolver | undefined>();
  const resolverOf = (path: string): ModuleResolver | undefined => {
    const family = languageFamily(snapshot.fileByPath(path)?.language ?? '');
    if (!resolvers.has(family)) resolvers.set(family, moduleResolvers[family]?.(paths.toSorted(), tree));
    return resolvers.get(family);
  };
  const resolve = (path: string, facts: FileFacts, row: number): ImportTarget | undefined =>
    resolverOf(path)?.resolve(path, facts, row);
  return findDeadCode({ snapshot, packages, resolve, readText, signal });
}
