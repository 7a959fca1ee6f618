import type { FileFacts } from '#model/facts.ts';
import type { LinkedFile } from '#model/graph.ts';
import type { FileRole } from '#model/source-file.ts';

/** One file as link sees it. */
export interface LinkableFile {
  readonly path: string;
  readonly roles: readonly FileRole[];
  readonly facts: FileFacts;
}

/** The project around the files: manifests and compiler settings, read once per link and compared by content. */
export interface ProjectFiles {
  /** Text of a file of the tree, indexed or not (`tsconfig.json`, `go.mod`, `node_modules/x/package.json`); undefined if absent. */
  read(path: string): string | undefined;
  /** Whether the tree has a file (not a folder) at that path. */
  exists(path: string): boolean;
  /** Paths of all manifests that scan met (package.json, tsconfig*.json, go.mod, composer.json, pyproject.toml, Cargo.toml, …). */
  manifests(): readonly string[];
  /** Dotted name of the Python package that the tree's root folder is itself, by the `__init__.py` files in it and above it. */
  readonly rootPackage?: string | undefined;
}

export interface LinkUpdate {
  /** Every file whose edges were computed anew, by path. */
  readonly linked: ReadonlyMap<string, LinkedFile>;
  /** Files in the order of their numbers in this update's edges: the number of a path never changes while the linker lives. */
  readonly paths: readonly string[];
}

/**
 * Holds the facts of a whole repository and yields each file's edges. The result for a set of files does not depend on the
 * order or the history of updates: a linker that was updated edit by edit yields what a new one yields.
 */
export interface Linker {
  /** Replaces or adds files, removes others, and links again what may have changed. */
  update(changed: readonly LinkableFile[], removed: readonly string[], signal?: AbortSignal): LinkUpdate;
  /** Manifests changed: all that depends on them is linked again at the next update. */
  invalidateProject(): void;
}
