/** Copies of code in a tree: product code of programming languages, tests and generated code left out unless asked for. */
import { isBuilt } from '#judge/judge-file.ts';
import { type CopySource, CopyTree } from '#duplication/copy-tree.ts';
import type { DuplicationReport, DuplicationSettings } from '#duplication/duplication.ts';
import { languageKind } from '#languages/catalogue.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';

export interface DuplicationScope {
  /** Compare tests as well. */
  readonly tests?: boolean;
  readonly settings?: Partial<DuplicationSettings>;
  /** A file: its copies alone. */
  readonly only?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What is known from before, of the same settings and roles. */
  readonly copies?: CopyTree;
}

export function duplicationOf(
  snapshot: Snapshot,
  { tests = false, settings, only, signal, copies = new CopyTree(settings) }: DuplicationScope,
): DuplicationReport {
  const isCompared = (file: FileRecord): boolean =>
    languageKind(file.language) === 'programming' &&
    !file.roles.some(
      (role) => role === 'generated' || role === 'vendored' || role === 'minified' || role === 'types',
    ) &&
    (tests || !file.roles.includes('test') || file.path === only);
  const sources = snapshot
    .files()
    .filter(isCompared)
    .map(({ id, path, hash, language }): CopySource => ({
      path,
      key: `${hash} ${language}`,
      // What a compiler or bundler wrote is a copy of its source.
      read() {
        const text = snapshot.text(id);
        return text === undefined || isBuilt(text) ? undefined : { path, language, text };
      },
    }));
  copies.update(sources, signal, only);
  return copies.report();
}
