/** All findings of a tree, in the order in which to pay them back: what `debt` and the survey's page stand on. */
import type { DebtItem } from '#debt/debt.ts';
import { type FixTimes, learnFixTimes } from '#debt/fix-time.ts';
import { type KnownItem, rankDebt } from '#debt/rank-debt.ts';
import { fileStandings, type Standings } from '#findings/file-standings.ts';
import { isCodeLanguage } from '#languages/catalogue.ts';
import type { CheckReport } from '#model/check.ts';
import type { HistoryFacts } from '#model/history.ts';
import type { Snapshot } from '#model/snapshot.ts';

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
