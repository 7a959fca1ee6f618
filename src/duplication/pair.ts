import type { CopyKind } from './duplication.ts';
import type { StatementTable } from './statements.ts';

/** Two stretches of statements that say the same: rows of the table, ends exclusive. */
export interface Pair {
  readonly left: number;
  readonly leftEnd: number;
  readonly right: number;
  readonly rightEnd: number;
  readonly kind: CopyKind;
  readonly similarity: number;
}

export function kindOf({ exact }: StatementTable, pair: Pair): CopyKind {
  if (pair.kind === 'gapped') return 'gapped';
  for (let row = pair.left; row < pair.leftEnd; row++)
    if (exact[row] !== exact[pair.right + row - pair.left]) return 'renamed';
  return 'exact';
}
