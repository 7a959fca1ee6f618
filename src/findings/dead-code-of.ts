/** Dead code of a tree: its snapshot, what its files declare, and how its languages find modules, joined. */
import { DeclarationMemory } from '#ecosystems/declaration-memory.ts';
import { findDeadCode } from '#dead-code/find-dead-code.ts';
import type { DeadCode, ImportTarget, KeptDeadCode } from '#dead-code/dead-code.ts';
import { DeadCodeMemory } from '#dead-code/dead-code-memory.ts';
import { familyOf } from '#dead-code/file-view.ts';
import { languageFamily } from '#link/language-family.ts';
import type { ModuleResolver } from '#link/modules/module-resolver.ts';
import { moduleResolvers } from '#link/modules/registry.ts';
import type { FileFacts } from '#model/facts.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { changeBetween, hasOtherPaths, marksOf, trackedSnapshot, type TreeMarks } from './tracked-snapshot.ts';
import type { OutsideReads, TreeReads } from './tree-reads.ts';

/** Of one tree, from snapshot to snapshot. */
export class DeadCodeFinder {
  readonly #memory = new DeadCodeMemory();
  #marks: TreeMarks | undefined;
  #outside: OutsideReads = {};
  readonly #declarations = new DeclarationMemory();
  #snapshot: WeakRef<Snapshot> | undefined;
  #found: Promise<readonly DeadCode[]> | undefined;
  /** One at a time: each stands on what the one before left. */
  #busy: Promise<unknown> = Promise.resolve();

  /** Found once for a snapshot. */
  find(snapshot: Snapshot, tree: TreeReads, signal?: AbortSignal): Promise<readonly DeadCode[]> {
    if (this.#found && this.#snapshot?.deref() === snapshot) return this.#found;
    this.#snapshot = new WeakRef(snapshot);
    const found = this.#busy.then(() => this.#work(snapshot, tree, signal));
    this.#busy = found.catch(() => undefined);
    this.#found = found;
    found.catch(() => {
      // What was half done is no ground to stand on.
      this.#marks = undefined;
      if (this.#found === found) this.#found = undefined;
    });
    return found;
  }

  async #work(snapshot: Snapshot, tree: TreeReads, signal?: AbortSignal): Promise<readonly DeadCode[]> {
    const paths = snapshot.files().map(({ path }) => path);
    const readText = (path: string): string | undefined => tree.read(path);
    const marks = marksOf(snapshot);
    const kept = this.#kept(snapshot, marks, tree);
    this.#marks = undefined;
    const packages = await this.#declarations.read(paths, readText, kept.changed);
    const resolvers = new Map<string, ModuleResolver | undefined>();
    const resolverOf = (path: string): ModuleResolver | undefined => {
      const family = languageFamily(snapshot.fileByPath(path)?.language ?? '');
      if (!resolvers.has(family)) resolvers.set(family, moduleResolvers[family]?.(paths.toSorted(), tree));
      return resolvers.get(family);
    };
    const resolve = (path: string, facts: FileFacts, row: number): ImportTarget | undefined =>
      resolverOf(path)?.resolve(path, facts, row);
    const found = findDeadCode({ snapshot, packages, resolve, readText, signal, kept });
    this.#marks = marks;
    if (kept.changed) tree.assume(this.#outside);
    this.#outside = tree.outside;
    return found;
  }

  #kept(snapshot: Snapshot, marks: TreeMarks, tree: TreeReads): KeptDeadCode {
    const memory = this.#memory;
    const { changed, relinked, keys } = changeBetween(this.#marks ?? new Map(), marks, snapshot);
    const isCode = (path: string): boolean => familyOf(snapshot.fileByPath(path)?.language ?? '') !== undefined;
    const isOfCode =
      this.#marks !== undefined && !hasOtherPaths(keys) && [...changed].every(isCode) && tree.stillHolds(this.#outside);
    return {
      memory,
      changed: isOfCode ? changed : undefined,
      relinked,
      keys,
      tracked: (own) => trackedSnapshot(snapshot, memory.units, own),
    };
  }
}

/** From nothing. */
export function deadCodeOf(snapshot: Snapshot, tree: TreeReads, signal?: AbortSignal): Promise<readonly DeadCode[]> {
  return new DeadCodeFinder().find(snapshot, tree, signal);
}
