/** Scores of one symbol: exact where the last check's findings still hold, by its measures alone where they do not. */
import { lastFindings } from '#findings/check-tree.ts';
import type { SymbolScores } from '#model/score.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, typeKinds } from '#model/vocabulary.ts';
import { symbolScores } from '#scores/symbol-scores.ts';
import type { OpenedWorkspace } from '#workspace/open-workspace.ts';
import { checkRequest } from './check-request.ts';
import type { OperationContext } from './operation.ts';
import { isScoredIn } from './scored-tree.ts';

export async function scoredSymbol(
  opened: Pick<OpenedWorkspace, 'snapshot' | 'root' | 'indexFolder'>,
  context: OperationContext,
  symbol: SymbolRecord,
): Promise<SymbolScores | undefined> {
  if (!functionKinds.includes(symbol.kind) && !typeKinds.includes(symbol.kind)) return undefined;
  const findings = await lastFindings(checkRequest({ ...opened, scope: '' }, context));
  return symbolScores(opened.snapshot, symbol, isScoredIn(''), findings);
}
