import type { Snapshot } from '#model/snapshot.ts';
import type { EdgeKind } from '#model/vocabulary.ts';

/** What part of the graph is written. */
export interface GraphSelection {
  /** `symbols`: every named symbol; `files`: edges folded onto files. */
  readonly level: 'symbols' | 'files';
  /** Only files at or below this path; '' for all. */
  readonly folder: string;
  readonly kinds: readonly EdgeKind[];
  /** Candidates are written only when asked for, and marked. */
  readonly candidates: boolean;
}

export interface ExportedFile {
  readonly name: string;
  /** In pieces: a graph may be larger than a string can be. */
  readonly content: Iterable<string | Uint8Array>;
}

export interface ExportContext {
  readonly toolVersion: string;
  readonly languageName: (id: string) => string;
}

/** A way to write the graph for other tools. One file each, or several that belong together. */
export interface GraphFormat {
  readonly id: string;
  /** What reads it, for help texts. */
  readonly summary: string;
  files(snapshot: Snapshot, selection: GraphSelection, context: ExportContext): readonly ExportedFile[];
}
