/** Dead code of a tree: its snapshot, what its files declare, and how its languages find modules, joined. */
import { readDeclarations } from '#ecosystems/registry.ts';
import { findDeadCode } from '#dead-code/find-dead-code.ts';
import type { DeadCode, ImportTarget } from '#dead-code/dead-code.ts';
import { languageFamily } from '#link/language-family.ts';
import type { ModuleResolver } from '#link/modules/module-resolver.ts';
import { moduleResolvers } from '#link/modules/registry.ts';
import type { FileFacts } from '#model/facts.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { isManifest } from '#scan/manifests.ts';
import { TreeProject } from '#workspace/tree-project.ts';

export async function deadCodeOf(snapshot: Snapshot, root: string, signal?: AbortSignal): Promise<DeadCode[]> {
  const project = new TreeProject(root);
  const paths = snapshot.files().map(({ path }) => path);
  const manifests = paths.filter((path) => isManifest(path.slice(path.lastIndexOf('/') + 1)));
  project.update({ files: paths.map((path) => ({ path })), manifests });
  const readText = (path: string): string | undefined => project.read(path);
  const packages = await readDeclarations(paths, readText);
  const resolvers = new Map<string, ModuleResolver | undefined>();
  const resolverOf = (path: string): ModuleResolver | undefined => {
    const family = languageFamily(snapshot.fileByPath(path)?.language ?? '');
    if (!resolvers.has(family)) resolvers.set(family, moduleResolvers[family]?.(paths.toSorted(), project));
    return resolvers.get(family);
  };
  const resolve = (path: string, facts: FileFacts, row: number): ImportTarget | undefined =>
    resolverOf(path)?.resolve(path, facts, row);
  return findDeadCode({ snapshot, packages, resolve, readText, signal });
}
