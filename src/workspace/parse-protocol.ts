/** What passes between the main thread and the parse workers. */
import type { TableModel } from '#embedders/table/table-model.ts';
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
      /** As `encodeSegment` made it; undefined where the worker keeps the file's text and makes it when all is parsed. */
      readonly segment: Uint8Array | undefined;
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

/** What search knows of a file, made after its facts. */
export interface LateSegment {
  readonly index: number;
  /** As `encodeSegment` made it; undefined where it cannot be made. */
  readonly segment: Uint8Array | undefined;
}

export interface WorkerSettings {
  readonly root: string;
  readonly dataFolder: string;
  /** Look facts up in facts.db before extracting: not worth it while the store is empty. */
  readonly lookUp: boolean;
  readonly maxFileBytes: number;
  /** Makes the vectors of search; its arrays lie in memory that all threads share. */
  readonly model: TableModel | undefined;
  /** Source that one worker may keep until all is parsed, in UTF-16 units: its words are read while the main thread links. */
  readonly keep: number;
  /** One cell: the index of the job at hand, −1 between jobs. The main thread's watchdog reads it. */
  readonly current: SharedArrayBuffer;
  /** A semaphore: how many more workers may make late segments now. */
  readonly permits: SharedArrayBuffer;
}

/** Files to parse; or, when none are left, the word to make the segments that were put off. */
export type WorkerRequest =
  { readonly kind: 'parse'; readonly jobs: readonly ParseJob[] } | { readonly kind: 'make-segments' };

export type WorkerReply =
  | { readonly kind: 'parsed'; readonly outcomes: readonly ParseOutcome[] }
  | { readonly kind: 'segments'; readonly segments: readonly LateSegment[]; readonly last: boolean };
