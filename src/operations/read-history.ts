import type { HistoryFacts } from '#model/history.ts';
import { cachedHistory } from '#workspace/cached-history.ts';
import type { OperationContext } from './operation.ts';

/** Undefined where there is none, or where the settings leave it out. */
export async function historyOf(
  root: string,
  indexFolder: string,
  { services, emit, signal }: OperationContext,
): Promise<HistoryFacts | undefined> {
  const { enabled, maxCommits } = services.configFor(root).values.history;
  if (!enabled) return undefined;
  const history = await cachedHistory(indexFolder, { root, maximumCommits: maxCommits, emit, signal });
  return typeof history === 'string' ? undefined : history;
}
