import { evaluate, type Memo, settled, writtenType } from './evaluate.ts';
import type { Argument } from './overloads.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';

/** What the call at hand is given; undefined where nothing is known of it. */
export function argumentsOf(
  resolution: Resolution,
  file: TypedFile,
  symbol: number,
  list: number,
  count: number,
  memo: Memo,
): readonly Argument[] | undefined {
  if (list === 0 || count <= 0) return undefined;
  const { flowLists } = file.facts;
  return Array.from({ length: count }, (_, i) => {
    const row = flowLists[list - 1 + i]!;
    if (row < 0) return { value: undefined, written: undefined };
    const written = writtenType(resolution, file, symbol, row, memo);
    return { value: settled(resolution, evaluate(resolution, file, symbol, row, memo)), written };
  });
}
