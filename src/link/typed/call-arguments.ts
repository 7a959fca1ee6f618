import { EXPRESSION_STRIDE, ExpressionOp, LOCAL_STRIDE, LocalColumn } from '#model/declared-types.ts';
import { evaluate, type Memo, settled } from './evaluate.ts';
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
  const { flowLists, expressions, strings } = file.facts;
  return Array.from({ length: count }, (_, i) => {
    const row = flowLists[list - 1 + i]!;
    if (row < 0) return { value: undefined, written: undefined };
    const at = row * EXPRESSION_STRIDE;
    const written = expressions[at] === ExpressionOp.type ? strings[expressions[at + 1]!] : localType(file, row);
    return { value: settled(resolution, evaluate(resolution, file, symbol, row, memo)), written };
  });
}

/** A local variable's declared type as written. */
function localType(file: TypedFile, row: number): string | undefined {
  const { expressions, locals, strings } = file.facts;
  const at = row * EXPRESSION_STRIDE;
  const local = expressions[at + 2]!;
  if (expressions[at] !== ExpressionOp.name || local < 0) return undefined;
  return strings[locals[local * LOCAL_STRIDE + LocalColumn.type]!];
}
