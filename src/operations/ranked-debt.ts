/** All findings of a tree, in the order in which to pay them back: what `debt` and the survey's page stand on. */
import type { DebtItem } from '#debt/debt.ts';
import { type FixTimes, learnFixTimes } from '#debt/fix-time.ts';
import { type KnownItem, rankDebt } from '#debt/rank-debt.ts';
import { checkTree } from '#findings/check-tree.ts';
import { fileStandings, type Standings } from '#findings/file-standings.ts';
import { isCodeLanguage } from '#languages/catalogue.ts';
import type { CheckReport } from '#model/check.ts';
import type { HistoryFacts } from '#model/history.ts';
import type { Snapshot } from '#model/snapshot.ts';
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

export function judged({
  snapshot,
  root,
  indexFolder,
  history,
  context: { services, emit, signal },
}: {
  readonly snapshot: Snapshot;
  readonly root: string;
  readonly indexFolder: string;
  readonly history: HistoryFacts | undefined;
  readonly context: OperationContext;
}): Promise<CheckReport> {
  return checkTree({
    snapshot,
    root,
    scope: '',
    config: services.configFor(root).values,
    asked: { category: [], rule: [], severity: 1 },
    onlyNew: false,
    indexFolder,
    trustRules: false,
    acceptAll: false,
    history: async () => history,
    emit,
    signal,
  });
}

export interface RankedDebt {
  readonly ranked: readonly DebtItem[];
  /** Open or in progress. */
  readonly owed: readonly DebtItem[];
  readonly minutes: number;
  readonly codeLines: number;
  readonly times: FixTimes;
  readonly model: Standings['model'];
}

export function rankedDebt({
  snapshot,
  report,
  history,
  known,
  now,
}: {
  readonly snapshot: Snapshot;
  readonly report: CheckReport;
  readonly history: HistoryFacts | undefined;
  readonly known: ReadonlyMap<string, KnownItem>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}): RankedDebt {
  const codeLines = snapshot
    .files()
    .reduce((sum, file) => sum + (isCodeLanguage(file.language) ? file.codeLines : 0), 0);
  const { files: standings, model } = fileStandings(snapshot, history);
  const times = history ? learnFixTimes(history) : { examples: 0, intercept: 0, slope: 0, median: 0 };
  const ranked = rankDebt({ findings: report.findings, standings, known, times, now });
  const owed = ranked.filter((each) => each.status === 'open' || each.status === 'in-progress');
  const minutes = owed.reduce((sum, each) => sum + each.minutes, 0);
  return { ranked, owed, minutes, codeLines, times, model };
}
