/** What people do without an index: files in the order of how many of the words they hold, then how often. */
import type { Snapshot } from '../../src/model/snapshot.ts';
import { stopWords } from '../../src/text/stop-words.ts';
import { wordsOf } from '../../src/text/words.ts';
import type { Place } from './judge.ts';

export function wordGrep(snapshot: Snapshot, query: string): Place[] {
  const words = [...new Set((query.match(/\w+/g) ?? []).filter((word) => !stopWords.has(wordsOf(word)[0] ?? '')))];
  return snapshot
    .files()
    .map(({ id, path }) => {
      const text = snapshot.text(id)?.toLowerCase() ?? '';
      const counts = words.map((word) => text.split(word.toLowerCase()).length - 1);
      return { path, held: counts.filter((count) => count > 0).length, sum: counts.reduce((a, b) => a + b, 0) };
    })
    .filter(({ held }) => held > 0)
    .sort((a, b) => b.held - a.held || b.sum - a.sum)
    .slice(0, 10)
    .map(({ path }) => ({ path }));
}
