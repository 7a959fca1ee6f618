/**
 * What a project's own files declare: the port that each ecosystem implements. Everything is read, nothing is run: a value that
 * only running would tell is listed under `unread`, and whoever reads the declaration treats it as unknown.
 */
import type { ProjectFiles } from './project-files.ts';

/**
 * `runtime`: needed to use the package; `development`: to work on it; `peer`: the user brings it; `optional`: used where it is
 * there; `build`: to build it; `extra`: for a named extra or group.
 */
export type DependencyKind = 'runtime' | 'development' | 'peer' | 'optional' | 'build' | 'extra';

export interface DeclaredDependency {
  /** As the registry calls it; Python names are normalised (PEP 503). */
  readonly name: string;
  /** As written; empty for any. */
  readonly range: string;
  readonly kind: DependencyKind;
  /** The extra, group or requirements file that it belongs to. */
  readonly group?: string;
  /** Names under which code imports it; default: its own. */
  readonly modules?: readonly string[];
  /** Programs that it brings; default: one of its own name. */
  readonly programs?: readonly string[];
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

export interface DeclaredScript {
  readonly name: string;
  readonly command: string;
  readonly path: string;
  readonly line: number;
}

export interface DeclaredBinary {
  readonly command: string;
  /** A file of the tree; undefined where it is made by a build or lies elsewhere. */
  readonly file: string | undefined;
  /** Python: `package.module:attribute`. */
  readonly object?: string;
}

/** A file at which use begins. */
export interface DeclaredEntry {
  readonly path: string;
  /**
   * `public`: what it exports is for users of the package; `program`: it is run; `tool`: a tool loads it, with what it exports;
   * `test`: a test runner loads it.
   */
  readonly use: 'public' | 'program' | 'tool' | 'test';
  /** Why it is one, in words for a reader: `package.json main`, `vite configuration`. */
  readonly reason: string;
  /** The only exports that are used from outside; undefined: all may be. */
  readonly exports?: readonly string[];
}

/** A package or a program that a file other than source code names. */
export interface NamedUse {
  /** A package, or a module specifier whose package is meant. */
  readonly name: string;
  /** A program of that name (a script's word) instead of a package. */
  readonly isBinary?: boolean;
  readonly path: string;
  readonly line: number;
  /** Words for a reader: `babel preset`. */
  readonly as: string;
}

export interface PathAlias {
  /** With one `*` at most. */
  readonly pattern: string;
  /** Paths of the tree. */
  readonly targets: readonly string[];
}

export interface DeclaredTests {
  /** `vitest`, `jest`, `mocha`, `node:test`, `ava`, `playwright`, `cypress`, `pytest`, `unittest`, … */
  readonly framework: string;
  /** Where its settings stand; undefined: its defaults hold. */
  readonly configuration: string | undefined;
  /** Globs from the tree's root; the framework's defaults where nothing is set. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Files that run before the tests. */
  readonly setup: readonly string[];
}

export interface UnreadPart {
  readonly path: string;
  readonly line: number;
  /** What could not be known without running it. */
  readonly what: string;
}

export interface DeclaredPackage {
  readonly ecosystem: string;
  /** '' for the tree's root. */
  readonly folder: string;
  /** The files that declare it, the main one first. */
  readonly manifests: readonly string[];
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Not for publishing. */
  readonly isPrivate: boolean;
  /** `npm`, `pnpm`, `yarn`, `bun`, `deno`; `pip`, `poetry`, `uv`, `pdm`, `hatch`, `pipenv`, `conda`. */
  readonly packageManager: string | undefined;
  readonly lockFile: string | undefined;
  /** Folder of the workspace that it is a member of, itself for the workspace's root; undefined where there is none. */
  readonly workspace: string | undefined;
  readonly scripts: readonly DeclaredScript[];
  readonly binaries: readonly DeclaredBinary[];
  readonly entries: readonly DeclaredEntry[];
  readonly dependencies: readonly DeclaredDependency[];
  readonly uses: readonly NamedUse[];
  readonly aliases: readonly PathAlias[];
  /** Folders in which sources lie, from the tree's root. */
  readonly sourceFolders: readonly string[];
  readonly tests: readonly DeclaredTests[];
  /** Frameworks and tools that are in use: `next`, `vite`, `django`, `celery`. */
  readonly tools: readonly string[];
  readonly unread: readonly UnreadPart[];
}

export interface Ecosystem {
  readonly id: string;
  /** Packages of the tree, outer folders first. Never throws: what is broken is `unread`. */
  read(project: ProjectFiles): DeclaredPackage[];
}
