/** Joins the search index's vectors and the clusters that are made of them. */
import { clusterCode } from '#clusters/cluster-code.ts';
import type { ClusterReport } from '#model/clusters.ts';
import type { SearchFilters } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { searchIndexOf } from '#search/find.ts';
import { meaningRows } from '#search/meaning-rows.ts';

export interface ClusterReportRequest {
  readonly snapshot: Snapshot;
  readonly filters: SearchFilters;
  readonly leastSize?: number | undefined;
  readonly members: number;
  readonly dots: number;
  readonly signal: AbortSignal;
}

/** Each looks for its neighbours among all: beyond this many it is no matter of seconds. */
const MOST_ROWS = 12_000;

export function clusterReport({ snapshot, filters, ...request }: ClusterReportRequest): ClusterReport {
  const rows = meaningRows(snapshot, searchIndexOf(snapshot), filters, MOST_ROWS);
  if (!rows) {
    const without = snapshot.search().modelId?.endsWith('=none') === true;
    const notes = [
      without
        ? 'The index holds no vectors: the setting search.model says none.'
        : 'There is no function or type with words in it to compare.',
    ];
    return { clusters: [], looked: 0, total: 0, loose: 0, dots: [], notes };
  }
  const code = Array.from(rows.symbols, (id) => {
    const symbol = snapshot.symbol(id);
    const { qualifiedName, path, startLine } = symbol;
    return { name: qualifiedName, path, line: startLine, key: () => symbol.key };
  });
  return clusterCode({ rows, code, total: rows.total, ...request });
}
