/** Copies of code in a tree: product code of programming languages, tests and generated code left out unless asked for. */
import type { DuplicationReport, DuplicationSettings, DuplicationSource } from '#duplication/duplication.ts';
import { findCopies } from '#duplication/find-copies.ts';
import { languageKind } from '#languages/catalogue.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';

export interface DuplicationScope {
  /** Compare tests as well. */
  readonly tests?: boolean;
  readonly settings?: Partial<DuplicationSettings>;
  /** A file: its copies alone. */
  readonly only?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export function duplicationOf(
  snapshot: Snapshot,
  { tests = false, settings, only, signal }: DuplicationScope,
): DuplicationReport {
  const isCompared = (file: FileRecord): boolean =>
    languageKind(file.language) === 'programming' &&
    !file.roles.some(
      (role) => role === 'generated' || role === 'vendored' || role === 'minified' || role === 'types',
    ) &&
    (tests || !file.roles.includes('test') || file.path === only);
  const sources: DuplicationSource[] = [];
  for (const file of snapshot.files()) {
    const text = isCompared(file) ? snapshot.text(file.id) : undefined;
    if (text !== undefined) sources.push({ path: file.path, language: file.language, text });
  }
  return findCopies(sources, settings, { only, signal });
}
