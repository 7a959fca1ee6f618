/**
 * Words that tell one cluster from the others: class-based TF-IDF (Grootendorst, "BERTopic", 2022), a word's share in the
 * cluster times the logarithm of how rare it is among all of them.
 */
import { identifierParts } from '#text/identifier-parts.ts';
import { stem } from '#text/stem.ts';
import { stopWords } from '#text/stop-words.ts';

/** Of each group its most telling words as people write them. `texts` are names and paths. */
export function tellingWords(groups: readonly (readonly string[])[], count: number): string[][] {
  const spellings = new Map<string, Map<string, number>>();
  const totals = new Map<string, number>();
  const counts = groups.map((texts) => {
    const own = new Map<string, number>();
    for (const text of texts) {
      for (const [word, spelling] of wordsIn(text)) {
        own.set(word, (own.get(word) ?? 0) + 1);
        totals.set(word, (totals.get(word) ?? 0) + 1);
        const ways = spellings.get(word) ?? new Map<string, number>();
        ways.set(spelling, (ways.get(spelling) ?? 0) + 1);
        spellings.set(word, ways);
      }
    }
    return own;
  });
  const holding = new Map<string, number>();
  for (const own of counts) for (const word of own.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  const all = [...totals.values()].reduce((sum, times) => sum + times, 0);
  const mean = all / Math.max(1, groups.length);
  return counts.map((own) => {
    const size = [...own.values()].reduce((sum, times) => sum + times, 0) || 1;
    return [...own]
      .map(([word, times]) => {
        // What most groups hold tells none of them apart.
        const rare = Math.log(1 + mean / totals.get(word)!) * Math.log((groups.length + 1) / holding.get(word)!);
        return { word, weight: (times / size) * rare };
      })
      .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
      .slice(0, count)
      .map(({ word }) => commonest(spellings.get(word)!));
  });
}

/** Each word of a text once, by its stem. */
function wordsIn(text: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const part of identifierParts(text)) {
    const word = stem(part);
    if (part.length > 1 && !stopWords.has(word) && !/^\d/.test(part)) words.set(word, part);
  }
  return words;
}

function commonest(ways: ReadonlyMap<string, number>): string {
  return [...ways].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1))[0]![0];
}
