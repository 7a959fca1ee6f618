import type { CopyKind } from './duplication.ts';
import type { FileStatements } from './statements.ts';

/** Two stretches of statements that say the same: rows of either file's table, ends exclusive. `a` is the first by path. */
export interface Pair {
  readonly a: FileStatements;
  readonly b: FileStatements;
  readonly left: number;
  readonly leftEnd: number;
  readonly right: number;
  readonly rightEnd: number;
  readonly kind: CopyKind;
  readonly similarity: number;
}

export function kindOf(pair: Pair): CopyKind {
  if (pair.kind === 'gapped') return 'gapped';
  const { a, b, left, leftEnd, right } = pair;
  for (let row = left; row < leftEnd; row++) if (a.exact[row] !== b.exact[right + row - left]) return 'renamed';
  return 'exact';
}
