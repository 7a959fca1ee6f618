import type { FindingPlace } from '#model/finding.ts';
import type { FileRecord, Snapshot, SymbolRecord } from '#model/snapshot.ts';
import type { Project } from '#rules/rule.ts';

export interface RefactoringInputs {
  readonly snapshot: Snapshot;
  readonly project: Project;
  /** Suggestions are made for these; what they touch elsewhere counts all the same. */
  readonly isAsked: (file: FileRecord) => boolean;
}

export function placeOfSymbol({ path, startLine, endLine }: SymbolRecord): FindingPlace {
  return { path, startLine, startColumn: 0, endLine, endColumn: 0 };
}

/** `a, b and c` */
export function listed(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).map((name) => `\`${name}\``);
  if (names.length > most) return `${shown.join(', ')} and ${names.length - most} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`;
}
