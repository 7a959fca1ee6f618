/** Where each file stands in its repository: how central, how often changed, how much used, how risky. */
import type { FileStanding } from '#debt/debt.ts';
import { ranks } from '#debt/rank-debt.ts';
import { featuresAt, learnRisk, type RiskModel, risksOf } from '#debt/risk-model.ts';
import { pageRank } from '#graph/page-rank.ts';
import type { HistoryFacts } from '#model/history.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { fileGraph } from '#survey/file-graph.ts';

export interface Standings {
  readonly files: ReadonlyMap<string, FileStanding>;
  readonly model: RiskModel | undefined;
}

/** Half a year, in seconds: how far back a change counts as one of now. */
const RECENT = 183 * 86_400;

export function fileStandings(snapshot: Snapshot, history: HistoryFacts | undefined): Standings {
  const files = snapshot.files();
  const central = pageRank(fileGraph(snapshot).uses);
  const { file: fileOf } = snapshot.symbolTable();
  const used = new Float64Array(files.length);
  const { offsets } = snapshot.incoming();
  for (let id = 0; id < snapshot.symbolCount; id++) used[fileOf[id]!]! += offsets[id + 1]! - offsets[id]!;
  const known = new Set(files.map(({ path }) => path));
  const model = history && learnRisk(history, history.headTime, (path) => known.has(path));
  const features = new Map<string, readonly number[]>();
  const recent = new Map<string, number>();
  if (history) {
    for (const [path, row] of featuresAt(history, history.headTime + 1)) features.set(history.paths[path]!, row);
    const older = featuresAt(history, history.headTime - RECENT);
    history.paths.forEach((path, number) => {
      const now = features.get(path);
      if (now) recent.set(path, Math.expm1(now[0]!) - Math.expm1(older.get(number)?.[0] ?? 0));
    });
  }
  const rated = files.filter(({ path }) => features.has(path));
  const risks = model
    ? risksOf(
        model,
        rated.map(({ path }) => features.get(path)!),
      )
    : [];
  const riskOf = new Map(rated.map(({ path }, at) => [path, risks[at] ?? 0]));
  const centralRanks = ranks([...central]);
  const useRanks = ranks([...used]);
  const changeRanks = ranks(files.map(({ path }) => Math.round(recent.get(path) ?? 0)));
  return {
    model,
    files: new Map(
      files.map(({ path, codeLines }, at) => [
        path,
        {
          path,
          centrality: centralRanks[at]!,
          changes: changeRanks[at]!,
          use: useRanks[at]!,
          risk: riskOf.get(path) ?? 0,
          codeLines,
        },
      ]),
    ),
  };
}
