/** A path, or the end of one: the files of that name, then those whose path holds it. */
import type { SearchFilters } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { RankedDocument, Ranking } from './rank.ts';
import type { SearchIndex } from './search-index.ts';

export function findInPaths(text: string, snapshot: Snapshot, index: SearchIndex, filters: SearchFilters): Ranking {
  const wanted = text
    .replaceAll('\\', '/')
    .replace(/^\.?\//, '')
    .replace(/\/$/, '')
    .toLowerCase();
  const found = new Map<number, { score: number; reason: string }>();
  for (const { id, path } of snapshot.files()) {
    if (!filters.accepts(id)) continue;
    const match = matchPath(path.toLowerCase(), wanted);
    if (match) found.set(id, { ...match, score: match.score - Math.min(0.09, path.length / 5000) });
  }
  if (found.size === 0) return { ranked: [], total: 0 };
  const ranked: RankedDocument[] = [];
  const done = new Set<number>();
  // The first document of a file is the file itself.
  for (let document = 0; document < index.documentCount; document++) {
    const file = index.file[document]!;
    const match = file < 0 || done.has(file) ? undefined : found.get(file);
    if (file >= 0) done.add(file);
    if (match)
      ranked.push({
        document,
        score: match.score,
        signals: [{ name: 'path', reason: match.reason, value: match.score }],
      });
  }
  ranked.sort((a, b) => b.score - a.score || index.file[a.document]! - index.file[b.document]!);
  return { ranked, total: ranked.length };
}

function matchPath(path: string, wanted: string): { score: number; reason: string } | undefined {
  if (path === wanted) return { score: 1, reason: 'this is its path' };
  const stripped = path.replace(/\.[^./]+$/, '');
  if (path.endsWith(`/${wanted}`) || stripped === wanted || stripped.endsWith(`/${wanted}`))
    return { score: 0.9, reason: 'its path ends so' };
  if (path.startsWith(`${wanted}/`)) return { score: 0.7, reason: 'lies in this folder' };
  if (`/${path}`.includes(`/${wanted}/`)) return { score: 0.6, reason: 'lies in a folder of this name' };
  return path.includes(wanted) ? { score: 0.5, reason: 'its path holds it' } : undefined;
}
