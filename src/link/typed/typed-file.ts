import type { FileFacts } from '#model/facts.ts';
import type { FileRole } from '#model/source-file.ts';
import type { Dialect } from './dialect.ts';

/** A file of a language with declared types, inside the world. */
export interface TypedFile {
  readonly number: number;
  readonly path: string;
  readonly roles: readonly FileRole[];
  readonly facts: FileFacts;
  readonly dialect: Dialect;
  /** Key of the package, namespace or module that the file's top level lies in. */
  readonly packageKey: string;
  /** Container key by symbol row (of the symbol's own inside); set by `declaredBy`. */
  keys: readonly (string | undefined)[];
  /** Rows of symbols by parent row; made on first use. */
  children: ReadonlyMap<number, readonly number[]> | undefined;
}
