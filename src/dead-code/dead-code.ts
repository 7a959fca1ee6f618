/** What this room takes and yields. */
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import type { FileFacts } from '#model/facts.ts';
import type { FoundProblem } from '#model/finding.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { DeadCodeMemory } from './dead-code-memory.ts';

export const deadCodeRules = [
  'unused-file',
  'unused-export',
  'duplicate-export',
  'unused-function',
  'unused-method',
  'unused-class',
  'unused-parameter',
  'unused-import',
  'unused-variable',
  'unused-enum-member',
  'unused-type-member',
  'unused-dependency',
  'unlisted-dependency',
  'unlisted-binary',
  'unresolved-import',
] as const;
export type DeadCodeRule = (typeof deadCodeRules)[number];

/** `confidence` is set always, and `reason` says in a few words why it is not higher, or what it rests on. */
export interface DeadCode extends FoundProblem {
  readonly rule: DeadCodeRule;
  readonly confidence: number;
  readonly reason: string;
  /** What it is called, for lists: a name, a path, a package. */
  readonly name: string;
}

export type ImportTarget =
  | { readonly kind: 'module'; readonly path: string; readonly submodule?: string }
  | { readonly kind: 'external'; readonly name: string }
  | { readonly kind: 'missing' };

export interface DeadCodeRequest {
  readonly snapshot: Snapshot;
  readonly packages: readonly DeclaredPackage[];
  /** Where an import row of a file leads; undefined for languages without modules. */
  resolve(path: string, facts: FileFacts, row: number): ImportTarget | undefined;
  /** A file of the tree, indexed or not. */
  readText(path: string): string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly kept: KeptDeadCode;
}

/** What a process that stays remembers, and what has changed since it was asked last. */
export interface KeptDeadCode {
  readonly memory: DeadCodeMemory;
  /** Files of code whose content is not as it was, all else being so; undefined: anything may have changed. */
  readonly changed: ReadonlySet<string> | undefined;
  /** Those, and files whose edges are not as they were. */
  readonly relinked: ReadonlySet<string>;
  /** Reads of the snapshot that may give something else. */
  readonly keys: ReadonlySet<string>;
  /** The snapshot as a unit of a file sees it: what it reads elsewhere is noted. */
  tracked(own: () => FileRecord): Snapshot;
}
