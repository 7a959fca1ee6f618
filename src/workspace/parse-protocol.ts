/** What passes between the main thread and the parse workers. */
import type { SkipReason, SourceFile } from '#model/source-file.ts';

export interface ParseJob {
  /** Number of the job within its run. */
  readonly index: number;
  readonly source: SourceFile;
}

export type ParseOutcome =
  | {
      readonly kind: 'parsed';
      readonly index: number;
      readonly hash: string;
      readonly bytes: number;
      /** With the stamp of what was read, and language and roles as content tells them. */
      readonly file: SourceFile;
      readonly declarations: boolean;
      /** As `encodeFacts` made them. */
      readonly encoded: Uint8Array;
      /** For facts.db; undefined when they came from there. */
      readonly packed: Uint8Array | undefined;
      /** As `encodeSegment` made it. */
      readonly segment: Uint8Array;
      readonly warnings: readonly string[];
      /** An extractor failed: the facts are not all that the content says. */
      readonly failed: boolean;
    }
  | {
      readonly kind: 'skipped';
      readonly index: number;
      readonly reason: SkipReason;
      readonly detail: string | undefined;
    }
  /** The extractor failed; the file gets text-level facts. */
  | { readonly kind: 'failed'; readonly index: number; readonly message: string };

export interface WorkerSettings {
  readonly root: string;
  readonly dataFolder: string;
  /** Look facts up in facts.db before extracting: not worth it while the store is empty. */
  readonly lookUp: boolean;
  readonly maxFileBytes: number;
  /** What `modelNameFor` says. */
  readonly model: string;
  /** One cell: the index of the job at hand, −1 between jobs. The main thread's watchdog reads it. */
  readonly current: SharedArrayBuffer;
}

export interface BatchRequest {
  readonly jobs: readonly ParseJob[];
}

export interface BatchReply {
  readonly outcomes: readonly ParseOutcome[];
}
