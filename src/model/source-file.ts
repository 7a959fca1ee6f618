/** A file of the tree as scan saw it. Paths are relative to the tree's root, with `/`, in NFC as the file system gave them. */

export const fileRoles = [
  'source',
  'test',
  'generated',
  'vendored',
  'minified',
  'types',
  'documentation',
  'configuration',
  'data',
] as const;
export type FileRole = (typeof fileRoles)[number];

export interface FileStamp {
  readonly size: number;
  /** Nanoseconds, as decimal strings: they do not fit a double. */
  readonly modified: string;
  readonly changed: string;
  readonly inode: string;
}

export interface SourceFile {
  readonly path: string;
  /** Identifier from the language catalogue; `text` for prose and the unknown. */
  readonly language: string;
  readonly roles: readonly FileRole[];
  readonly stamp: FileStamp;
  /** The raw path in bytes (latin1-encoded) where it is not valid UTF-8. */
  readonly rawPath?: string;
}

/** A file's decoded content. `hash` is over the raw bytes. */
export interface FileContent {
  readonly text: string;
  readonly hash: string;
  readonly bytes: number;
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'latin1';
}

export const skipReasons = [
  'ignored',
  'binary',
  'oversize',
  'unreadable',
  'symlink-outside',
  'symlink-loop',
  'special',
  'nested-repository',
  'minified',
  'changed-while-read',
  'git-lfs-pointer',
  /** The link's target stands in the tree under its own name. */
  'symlink-inside',
  'symlink-broken',
  'vanished',
  'submodule-missing',
] as const;
export type SkipReason = (typeof skipReasons)[number];

export interface SkippedFile {
  readonly path: string;
  readonly reason: SkipReason;
  readonly detail?: string;
}
